import { describe, expect, it } from 'vitest';
import { MessageShapeError } from './message-shape-error.js';
import { readOutput } from './read-output.js';
import { joinOutput, writeOutputEntry } from '../messages/output-text.js';
import type { WireOutput } from '../messages/wire.js';

const entry: WireOutput = {
  sequence: 7,
  runId: 'r',
  method: 'table',
  level: 'warn',
  parts: [{ text: 'a', style: 'color: red' }, { preview: { type: 'number', text: '1' } }],
  text: 'a 1',
  depth: 2,
  time: 1.5,
  frames: [{ functionName: 'f', file: 'cell-1.ts', line: 1, column: 2 }],
  table: { columns: ['x'], rows: [[{ type: 'string', text: 'y' }]] },
};
const notice: WireOutput = {
  sequence: 8,
  method: 'notice',
  level: 'warn',
  parts: [],
  text: 'dropped',
  depth: 0,
  time: 2,
  dropped: 12,
};

function read(change: Record<string, unknown>): readonly WireOutput[] {
  return readOutput(JSON.stringify([{ ...entry, ...change }]));
}

describe('output as text', () => {
  it('is read as it was written', () => {
    expect(readOutput(joinOutput([entry, notice].map(writeOutputEntry)))).toEqual([entry, notice]);
  });

  it('is made of known fields alone, so that nothing can pass for a method or a prototype', () => {
    const text = JSON.stringify([entry]).replace('{', '{"__proto__":{"evil":1},"toString":"evil",');
    const [made] = readOutput(text);
    expect(made).toEqual(entry);
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    expect(Object.keys(made!)).not.toContain('toString');
  });

  it.each([
    [{ sequence: -1 }],
    [{ sequence: 1.5 }],
    [{ runId: 5 }],
    [{ runId: 'x'.repeat(201) }],
    [{ method: 'eval' }],
    [{ level: 'loud' }],
    [{ parts: 'none' }],
    [{ parts: [{ text: 1 }] }],
    [{ parts: [{ preview: { type: 'object' } }] }],
    [{ parts: Array.from({ length: 201 }, () => ({ text: '' })) }],
    [{ text: 'x'.repeat(20_001) }],
    [{ depth: null }],
    [{ depth: 51 }],
    [{ time: null }],
    [{ frames: [{}] }],
    [{ table: { columns: [1], rows: [] } }],
    [{ table: { columns: [], rows: [[{}]] } }],
    [{ dropped: 'many' }],
  ])('E5: %j breaks the protocol', (change) => {
    expect(() => read(change)).toThrow(MessageShapeError);
  });

  it('E5: refuses what is no list, no JSON, or too much', () => {
    for (const text of [
      5,
      'no JSON',
      '{}',
      '[1]',
      JSON.stringify(Array.from({ length: 2_001 }, () => entry)),
      `["${'x'.repeat(5_000_000)}"]`,
    ]) {
      expect(() => readOutput(text)).toThrow(MessageShapeError);
    }
  });
});
