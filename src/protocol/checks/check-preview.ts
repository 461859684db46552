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
import { arrayOf, type Check, checkAt, count, fieldsOf, flag, list, object, oneOf, text } from './checks.js';
import { MessageShapeError } from './message-shape-error.js';
import type { ObjectKind, Preview, PropertyPreview, StackFrame } from '../previews/preview.js';

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

const checkFrame: Check<StackFrame> = object<StackFrame>({
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
export const checkPreview: Check<Preview> = (value) => {
  new PreviewCheck().preview(value, 0);
  return value as Preview;
};

class PreviewCheck {
  #nodes = 0;

  preview(value: unknown, depth: number): void {
    const preview = fieldsOf(value);
    // It is passed on as it is, and may be copied key by key.
    if (Object.hasOwn(preview, '__proto__')) throw new MessageShapeError('', 'no key "__proto__"', 'one');
    this.#nodes += 1;
    if (depth > maxPreviewDepth) throw new MessageShapeError('', `at most ${maxPreviewDepth} levels`, 'more');
    if (this.#nodes > maxPreviewNodes) throw new MessageShapeError('', `at most ${maxPreviewNodes} nodes`, 'more');
    checkAt('text', shownText, preview['text']);
    if (primitiveTypes.has(preview['type'])) {
      optional(preview, 'length', count);
      return;
    }
    if (preview['type'] !== 'object') throw new MessageShapeError('type', 'a type', typeof preview['type']);
    this.#object(preview, depth);
  }

  #object(preview: Readonly<Record<string, unknown>>, depth: number): void {
    checkAt('kind', kind, preview['kind']);
    checkAt('className', name, preview['className']);
    optional(preview, 'size', count);
    optional(preview, 'more', count);
    optional(preview, 'state', state);
    optional(preview, 'source', shownText);
    optional(preview, 'handle', handle);
    optional(preview, 'stack', checkFrames);
    optional(preview, 'properties', (properties) => {
      for (const property of arrayOf(properties, maxPreviewProperties)) this.#property(property, depth + 1);
    });
  }

  #property(value: unknown, depth: number): void {
    const property = fieldsOf(value);
    checkAt('name', name, property['name']);
    checkAt('key', key, property['key']);
    checkAt('enumerable', flag, property['enumerable']);
    this.preview(property['value'], depth);
    optional(property, 'entryKey', (entryKey) => this.preview(entryKey, depth));
  }
}

function optional(fields: Record<string, unknown>, field: string, check: (value: unknown) => void): void {
  if (fields[field] === undefined) return;
  // What the page put on `Object.prototype` is not of this preview, and must not be read from it later.
  if (Object.hasOwn(fields, field)) checkAt(field, check, fields[field]);
  else fields[field] = undefined;
}
