import { cut, maxFrames, maxPreviewDepth, maxPreviewTextCharacters } from '../bounds.js';
import { type Brand, brandOf, classNameOf } from '../intrinsics/brand.js';
import type { ObjectPreview, Preview, PrimitivePreview, PropertyPreview } from './preview.js';
import { errorStack } from '../intrinsics/error-fields.js';
import { markMade, previewOf } from './value-preview.js';
import { describe, type DescribeOptions, kindOf, primitiveText, sizeOf, sourceOf } from './describe.js';
import { listMembers, type Member, type MemberQuery } from './members.js';
import { defaultPreviewBounds, type PreviewBounds, type PreviewOptions } from './options.js';

const maxSource = 5_000;
/** Previews in one that stands in another, which has 200 members with a key each at most. */
const maxNestedNodes = 45;
/** Characters of a name that is shown; less than may be sent. */
const maxName = 200;

/**
 * A value as data to show, bounded in depth, width and characters. Never runs code of the value's author: getters are
 * shown as such, and what needs the realm's owner (the state of a promise, the target of a proxy, sources, frames,
 * handles) comes from hooks.
 */
export function makePreview(value: unknown, options: PreviewOptions = {}): Preview {
  return markMade(new Previewer(options).preview(value, 0));
}

/** Whether a preview may stand inside another: neither is to become deeper or larger than previews may be. */
function fits(preview: Preview, depth: number): boolean {
  let nodes = 0;
  const isWithin = (one: Preview, at: number): boolean => {
    nodes += 1;
    if (nodes > maxNestedNodes || at > maxPreviewDepth) return false;
    const properties = (one.type === 'object' ? one.properties : undefined) ?? [];
    return properties.every(
      ({ value, entryKey }) => isWithin(value, at + 1) && (entryKey === undefined || isWithin(entryKey, at + 1)),
    );
  };
  return isWithin(preview, depth);
}

function withoutProperties(preview: Preview): Preview {
  if (preview.type !== 'object') return preview;
  const { properties: _properties, ...summary } = preview;
  return summary;
}

/** Stands for an accessor, whose value only running it could tell. */
export function getterPreview(descriptor: PropertyDescriptor, handle?: string): ObjectPreview {
  const text = descriptor.get === undefined ? '(write-only)' : '(…)';
  return { type: 'object', kind: 'getter', className: '', text, ...(handle === undefined ? {} : { handle }) };
}

export class Previewer {
  readonly options: PreviewOptions & DescribeOptions;
  readonly #bounds: PreviewBounds;
  /** The objects that the one at hand stands in. */
  readonly #path: object[] = [];
  #characters: number;

  constructor(options: PreviewOptions) {
    this.options = { ...options, isProxy: options.isProxy ?? (() => false) };
    this.#bounds = { ...defaultPreviewBounds, ...options.preview };
    this.#characters = this.#bounds.maxCharacters;
  }

  preview(value: unknown, depth: number): Preview {
    if (value === null) return { type: 'null', text: 'null' };
    if (typeof value === 'object' || typeof value === 'function') return this.#object(value, depth);
    return typeof value === 'string'
      ? this.#string(value)
      : { type: typeof value as PrimitivePreview['type'], text: this.#take(primitiveText(value)) };
  }

  #string(value: string): PrimitivePreview {
    const room = Math.max(0, Math.min(this.#bounds.maxString, this.#characters));
    const text = this.#take(value.slice(0, room));
    return text.length === value.length ? { type: 'string', text } : { type: 'string', text, length: value.length };
  }

  #object(object: object, depth: number): Preview {
    const shown = previewOf(object);
    if (shown !== undefined) return depth === 0 || fits(shown, depth) ? shown : withoutProperties(shown);
    const { options } = this;
    const className = classNameOf(object, options.isProxy);
    if (this.#path.includes(object)) return { type: 'object', kind: 'circular', className, text: '[Circular]' };
    const brand = brandOf(object, options.isProxy);
    const members =
      depth < this.#bounds.maxDepth
        ? this.members(object, brand, { limit: this.#bounds.maxProperties, hidden: false }, depth)
        : undefined;
    return { ...this.summary(object, brand), ...members };
  }

  /** All of an object's preview but its properties. */
  summary(object: object, brand: Brand): ObjectPreview {
    const { options } = this;
    const kind = kindOf(object, brand, options);
    const state = brand === 'promise' ? options.promiseState?.(object)?.state : undefined;
    const size = sizeOf(object, brand);
    const handle = options.handleFor?.(object);
    return {
      type: 'object',
      kind,
      className: kind === 'function' || kind === 'class' ? nameOf(object) : classNameOf(object, options.isProxy),
      text: this.#take(cut(describe(object, brand, options), maxPreviewTextCharacters)),
      ...(size !== undefined && { size }),
      ...(state !== undefined && { state }),
      ...(brand === 'function' && this.#source(object)),
      ...(brand === 'error' && this.#stack(object)),
      ...(handle !== undefined && { handle }),
    };
  }

  /** The members that the query asks for, as far as there is room. */
  members(
    object: object,
    brand: Brand,
    query: MemberQuery,
    depth: number,
  ): { properties: PropertyPreview[]; more?: number } {
    const { members, total } = listMembers(object, brand, query, this.options);
    const properties: PropertyPreview[] = [];
    this.#path.push(object);
    for (const member of members) {
      if (this.#characters <= 0) break;
      properties.push(this.#property(member, depth + 1));
    }
    this.#path.pop();
    const more = total - properties.length;
    return more > 0 ? { properties, more } : { properties };
  }

  #property({ name, key, enumerable, descriptor, entryKey }: Member, depth: number): PropertyPreview {
    const value = 'value' in descriptor ? this.preview(descriptor.value, depth) : this.#getter(descriptor);
    const keyIsObject =
      entryKey !== undefined &&
      entryKey.value !== null &&
      (typeof entryKey.value === 'object' || typeof entryKey.value === 'function');
    return {
      name: this.#take(cut(name, maxName)),
      key,
      enumerable,
      value,
      ...(keyIsObject && { entryKey: this.preview(entryKey.value, depth) }),
    };
  }

  /** Of the object whose members are being listed. */
  #getter(descriptor: PropertyDescriptor): ObjectPreview {
    const receiver = this.#path.at(-1);
    const canRun = receiver !== undefined && descriptor.get !== undefined;
    return getterPreview(
      descriptor,
      canRun ? this.options.handleForGetter?.(receiver, descriptor.get as () => unknown) : undefined,
    );
  }

  #source(fn: object): { source?: string } {
    const source = sourceOf(fn, this.options);
    return source === '' || this.#characters < source.length ? {} : { source: this.#take(cut(source, maxSource)) };
  }

  #stack(error: object): Pick<ObjectPreview, 'stack'> {
    const { framesOf, isProxy } = this.options;
    const stack = framesOf && errorStack(error, isProxy);
    if (framesOf === undefined || stack === undefined) return {};
    const frames = framesOf(stack).slice(0, maxFrames);
    for (const frame of frames) this.#characters -= frame.file.length + frame.functionName.length;
    return { stack: frames };
  }

  #take(text: string): string {
    this.#characters -= text.length;
    return text;
  }
}

function nameOf(fn: object): string {
  const name = Object.getOwnPropertyDescriptor(fn, 'name')?.value as unknown;
  return typeof name === 'string' ? cut(name, maxName) : '';
}
