import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageShapeError } from './message-shape-error.js';
import { checkPreview } from './check-preview.js';
import { expandPreview } from '../previews/expand-preview.js';
import { makePreview } from '../previews/make-preview.js';

const object = { type: 'object', kind: 'object', className: '', text: '' };
const property = (value: unknown): object => ({ name: 'a', key: 'string', enumerable: true, value });

describe('checkPreview', () => {
  it('accepts every preview that is made here', () => {
    const options = {
      handleFor: () => '1',
      framesOf: () => [{ functionName: '', file: 'cell-1.ts', line: 1, column: 1 }],
      preview: { maxDepth: 3 },
    };
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withMap: true,
          withSet: true,
          withDate: true,
          withSparseArray: true,
          withTypedArray: true,
        }),
        (value) => {
          const preview = makePreview(value, options);
          expect(checkPreview(preview)).toBe(preview);
          if (typeof value === 'object' && value !== null) checkPreview(expandPreview(value, options));
        },
      ),
    );
    checkPreview(makePreview(new Error('x'), options));
    checkPreview(makePreview({ ['k'.repeat(10_000)]: 'v'.repeat(100_000) }, options));
    checkPreview(
      expandPreview(
        Array.from({ length: 1_000_000 }, () => 0),
        options,
      ),
    );
  });

  it('counts what it visits: few nodes that refer to each other twice are very many', () => {
    let shared: object = object;
    for (let at = 0; at < 7; at++)
      shared = { ...object, properties: Array.from({ length: 50 }, () => property(shared)) };
    expect(() => checkPreview(shared)).toThrow('at most 20000 nodes');
  });

  it('ends with a preview that holds itself', () => {
    const circular: Record<string, unknown> = { ...object };
    circular['properties'] = [property(circular)];
    expect(() => checkPreview(circular)).toThrow('at most 8 levels');
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a string', 'preview'],
    ['an array', [object]],
    ['an unknown type', { type: 'function', text: '' }],
    ['an unknown kind', { ...object, kind: 'script' }],
    ['a text that is none', { ...object, text: 1 }],
    ['a long text', { ...object, text: 'x'.repeat(50_000) }],
    ['a size that is none', { ...object, size: -1 }],
    ['an unknown state', { ...object, kind: 'promise', state: 'lost' }],
    ['a long handle', { ...object, handle: 'x'.repeat(1_000) }],
    ['a stack of strings', { ...object, kind: 'error', stack: ['at x'] }],
    ['properties that are none', { ...object, properties: {} }],
    ['too many properties', { ...object, properties: Array.from({ length: 2_000 }, () => property(object)) }],
    ['a property without a value', { ...object, properties: [property(undefined)] }],
    ['a key of its own', JSON.parse('{"type":"null","text":"","__proto__":{}}')],
  ])('refuses %s', (_, value) => {
    expect(() => checkPreview(value)).toThrow(MessageShapeError);
  });
});
