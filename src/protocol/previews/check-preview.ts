import {
  maxFrameFileCharacters,
  maxFrames,
  maxHandleCharacters,
  maxNameCharacters,
  maxPreviewDepth,
  maxPreviewNodes,
  maxPreviewProperties,
  maxPreviewTextCharacters,
} from '../bounds.js';
import { arrayOf, type Check, count, fieldsOf, flag, list, object, oneOf, text } from '../checks.js';
import { MessageShapeError } from '../errors.js';
import type { ObjectKind, Preview, PropertyPreview, StackFrame } from './preview.js';

const primitiveTypes: ReadonlySet<unknown> = new Set([
  'undefined',
  'null',
  'boolean',
  'number',
  'bigint',
  'string',
  'symbol',
]);
const kind = oneOf(
  new Set<ObjectKind>([
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
  ]),
);
const key = oneOf(new Set<PropertyPreview['key']>(['string', 'symbol', 'index', 'entry', 'internal']));
const state = oneOf(new Set(['pending', 'fulfilled', 'rejected']));
const name = text(maxNameCharacters);
const shownText = text(maxPreviewTextCharacters);
const handle = text(maxHandleCharacters);

export const checkFrame: Check<StackFrame> = object<StackFrame>({
  functionName: name,
  file: text(maxFrameFileCharacters),
  line: count,
  column: count,
});
export const checkFrames: Check<readonly StackFrame[]> = list(checkFrame, maxFrames);

/**
 * Checks that a value from the sandbox is a preview, bounded in depth, width and text. It counts what it visits, for
 * the same node may be referred to twice at every level, which makes few nodes look like very many.
 *
 * @throws MessageShapeError
 */
export function checkPreview(value: unknown, path = 'preview'): Preview {
  new PreviewCheck().preview(value, path, 0);
  return value as Preview;
}

class PreviewCheck {
  #nodes = 0;

  preview(value: unknown, path: string, depth: number): void {
    const preview = fieldsOf(value, path);
    // It is passed on as it is, and may be copied key by key.
    if (Object.hasOwn(preview, '__proto__')) throw new MessageShapeError(path, 'no key "__proto__"', 'one');
    this.#nodes += 1;
    if (depth > maxPreviewDepth) throw new MessageShapeError(path, `at most ${maxPreviewDepth} levels`, 'more');
    if (this.#nodes > maxPreviewNodes) throw new MessageShapeError(path, `at most ${maxPreviewNodes} nodes`, 'more');
    shownText(preview['text'], 'text');
    if (primitiveTypes.has(preview['type'])) {
      optional(preview['length'], (length) => count(length, 'length'));
      return;
    }
    if (preview['type'] !== 'object') throw new MessageShapeError(path, 'a type', typeof preview['type']);
    this.#object(preview, path, depth);
  }

  #object(preview: Readonly<Record<string, unknown>>, path: string, depth: number): void {
    kind(preview['kind'], 'kind');
    name(preview['className'], 'className');
    optional(preview['size'], (size) => count(size, 'size'));
    optional(preview['more'], (more) => count(more, 'more'));
    optional(preview['state'], (known) => state(known, 'state'));
    optional(preview['source'], (source) => shownText(source, 'source'));
    optional(preview['handle'], (given) => handle(given, 'handle'));
    optional(preview['stack'], (stack) => checkFrames(stack, 'stack'));
    optional(preview['properties'], (properties) => {
      for (const property of arrayOf(properties, maxPreviewProperties, 'properties'))
        this.#property(property, path, depth + 1);
    });
  }

  #property(value: unknown, path: string, depth: number): void {
    const property = fieldsOf(value, 'a property');
    name(property['name'], 'name');
    key(property['key'], 'key');
    flag(property['enumerable'], 'enumerable');
    this.preview(property['value'], path, depth);
    optional(property['entryKey'], (entryKey) => this.preview(entryKey, path, depth));
  }
}

function optional(value: unknown, check: (value: unknown) => void): void {
  if (value !== undefined) check(value);
}
