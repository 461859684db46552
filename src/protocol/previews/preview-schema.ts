import { MessageShapeError } from '../errors.js';
import type { ObjectKind, Preview, StackFrame } from './preview.js';

const maxDepth = 8;
const maxNodes = 20_000;
const maxText = 20_000;
const maxName = 500;
const maxHandle = 200;
const maxProperties = 1_000;
const maxStack = 200;

const primitiveTypes: ReadonlySet<unknown> = new Set([
  'undefined',
  'null',
  'boolean',
  'number',
  'bigint',
  'string',
  'symbol',
]);
const kinds: ReadonlySet<unknown> = new Set<ObjectKind>([
  'object',
  'array',
  'function',
  'class',
  'error',
  'date',
  'regexp',
  'map',
  'set',
  'weak',
  'promise',
  'proxy',
  'getter',
  'typedarray',
  'arraybuffer',
  'boxed',
  'generator',
  'circular',
]);
const keys: ReadonlySet<unknown> = new Set(['string', 'symbol', 'index', 'entry', 'internal']);
const states: ReadonlySet<unknown> = new Set(['pending', 'fulfilled', 'rejected']);

type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks that a value from the sandbox is a preview, bounded in depth, width and text. It counts what it visits, for
 * the same node may be referred to twice at every level, which makes few nodes look like very many.
 *
 * @throws MessageShapeError
 */
export function checkPreview(value: unknown): Preview {
  new PreviewCheck().preview(value, 0);
  return value as Preview;
}

/** @throws MessageShapeError */
export function checkFrame(value: unknown): StackFrame {
  const frame = fields(value, 'a stack frame');
  text(frame['functionName'], maxName, 'functionName');
  text(frame['file'], 2_000, 'file');
  count(frame['line'], 'line');
  count(frame['column'], 'column');
  return value as StackFrame;
}

class PreviewCheck {
  #nodes = 0;

  preview(value: unknown, depth: number): void {
    const preview = fields(value, 'a preview');
    this.#nodes += 1;
    if (depth > maxDepth) throw new MessageShapeError('preview', `at most ${maxDepth} levels`, 'more');
    if (this.#nodes > maxNodes) throw new MessageShapeError('preview', `at most ${maxNodes} nodes`, 'more');
    text(preview['text'], maxText, 'text');
    if (primitiveTypes.has(preview['type'])) {
      optional(preview['length'], (length) => count(length, 'length'));
      return;
    }
    if (preview['type'] !== 'object') throw new MessageShapeError('preview.type', 'a type', typeof preview['type']);
    this.#object(preview, depth);
  }

  #object(preview: Fields, depth: number): void {
    oneOf(preview['kind'], kinds, 'kind');
    text(preview['className'], maxName, 'className');
    optional(preview['size'], (size) => count(size, 'size'));
    optional(preview['more'], (more) => count(more, 'more'));
    optional(preview['state'], (state) => oneOf(state, states, 'state'));
    optional(preview['source'], (source) => text(source, maxText, 'source'));
    optional(preview['handle'], (handle) => text(handle, maxHandle, 'handle'));
    optional(preview['stack'], (stack) => list(stack, maxStack, 'stack').forEach(checkFrame));
    optional(preview['properties'], (properties) => {
      for (const property of list(properties, maxProperties, 'properties'))
        this.#property(fields(property, 'a property'), depth + 1);
    });
  }

  #property(property: Fields, depth: number): void {
    text(property['name'], maxName, 'name');
    oneOf(property['key'], keys, 'key');
    if (typeof property['enumerable'] !== 'boolean') throw wrong('enumerable', 'a boolean', property['enumerable']);
    this.preview(property['value'], depth);
    optional(property['entryKey'], (entryKey) => this.preview(entryKey, depth));
  }
}

function fields(value: unknown, expected: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.hasOwn(value, '__proto__'))
    throw wrong('preview', expected, value);
  return value as Fields;
}

function list(value: unknown, maxLength: number, path: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length > maxLength) throw wrong(path, `an array of at most ${maxLength}`, value);
  return value;
}

function text(value: unknown, maxLength: number, path: string): void {
  if (typeof value !== 'string' || value.length > maxLength)
    throw wrong(path, `a string of at most ${maxLength} characters`, value);
}

function count(value: unknown, path: string): void {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw wrong(path, 'a count', value);
}

function oneOf(value: unknown, allowed: ReadonlySet<unknown>, path: string): void {
  if (!allowed.has(value)) throw wrong(path, `one of ${[...allowed].join(', ')}`, value);
}

function optional(value: unknown, check: (value: unknown) => void): void {
  if (value !== undefined) check(value);
}

const wrong = (path: string, expected: string, value: unknown): MessageShapeError =>
  new MessageShapeError(
    path,
    expected,
    typeof value === 'string'
      ? `a string of ${value.length}`
      : Array.isArray(value)
        ? `an array of ${value.length}`
        : typeof value,
  );
