import { describe, expect, it } from 'vitest';
import type { NamespaceEntry } from '../../protocol/messages/wire.js';
import type { ObjectPreview, Preview } from '../../protocol/previews/preview.js';
import { DeclaredTypes, orderedNames, shownSize, shownType } from './name-row.js';

const object = (part: Partial<ObjectPreview>): Preview => ({
  type: 'object',
  kind: 'object',
  className: 'Object',
  text: '',
  ...part,
});
const entry = (name: string, preview: Preview = { type: 'number', text: '1' }, type = 'number'): NamespaceEntry => ({
  name,
  kind: 'let',
  preview,
  type,
  mode: 'async',
  time: 0,
  size: 1,
  pending: false,
});

describe('a row of the variables', () => {
  it('tells a size in the unit of the value', () => {
    expect(shownSize({ type: 'string', text: 'abc', length: 9_000 })).toEqual({ unit: 'characters', count: 9_000 });
    expect(shownSize(object({ kind: 'array', size: 3 }))).toEqual({ unit: 'items', count: 3 });
    expect(shownSize(object({ kind: 'typedarray', className: 'Float64Array', size: 3 }))).toEqual({
      unit: 'bytes',
      count: 24,
    });
    expect(shownSize(object({ kind: 'arraybuffer', size: 8 }))).toEqual({ unit: 'bytes', count: 8 });
    expect(shownSize({ type: 'number', text: '1' })).toBeUndefined();
  });

  it('has the declared type of the newest cell, else the class, else the structure', () => {
    const types = new DeclaredTypes();
    const first = types.of(['let a: Order = make()', 'let b: string']);
    expect([first.get('a'), first.get('b')]).toEqual(['Order', 'string']);
    expect(types.of(['let a: Order = make()', 'let a = 2']).get('a')).toBeUndefined();
    expect(shownType(entry('a'), 'Order')).toBe('Order');
    expect(shownType(entry('a', object({ className: 'Client' }), '{ "id": string }'), undefined)).toBe('Client');
    expect(shownType(entry('a', object({}), '{ "id": string }'), undefined)).toBe('{ "id": string }');
    expect(shownType(entry('a', object({ kind: 'function' }), 'any'), undefined)).toBe('function');
  });

  it('comes first when pinned, and only if its name matches', () => {
    const entries = ['alpha', 'beta', 'alphabet'].map((name) => entry(name));
    expect(orderedNames(entries, ' ALPH', new Set(['alphabet'])).map(({ name }) => name)).toEqual([
      'alphabet',
      'alpha',
    ]);
  });
});
