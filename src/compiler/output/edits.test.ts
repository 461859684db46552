import { describe, expect, it } from 'vitest';
import { Edits, Rank } from './edits.js';

const range = (start: number, end: number): { start: number; end: number } => ({ start, end });

describe('edits of a text', () => {
  it('nests wraps as their ranges do, whatever the order of asking', () => {
    const asked: [number, number, string, string][] = [
      [0, 3, '(', ')'],
      [0, 7, '[', ']'],
      [4, 7, '{', '}'],
      [0, 9, '<', '>'],
    ];
    for (const order of [asked, [...asked].reverse()]) {
      const edits = new Edits('abc def x');
      for (const [start, end, before, after] of order) edits.wrap(range(start, end), before, after, Rank.bind);
      expect(edits.apply().text).toBe('<[(abc) {def}] x>');
    }
  });

  it('puts the lower rank outside where two passes wrap the same range', () => {
    const edits = new Edits('x');
    edits.wrap(range(0, 1), 'i(', ')', Rank.instrument);
    edits.wrap(range(0, 1), 'b[', ']', Rank.bind);
    expect(edits.apply().text).toBe('b[i(x)]');
  });

  it('inserts between what ends and what starts', () => {
    const edits = new Edits('{ab}');
    edits.wrap(range(1, 2), '<', '>', Rank.bind);
    edits.wrap(range(2, 3), '(', ')', Rank.bind);
    edits.insert(2, ';', Rank.bind);
    edits.insert(1, 'first;', Rank.bind);
    edits.insert(3, ';last', Rank.bind);
    expect(edits.apply().text).toBe('{first;<a>;(b);last}');
  });

  it('keeps wraps around what is replaced, and drops what was inserted into it', () => {
    const edits = new Edits('f(x)+1');
    edits.wrap(range(0, 4), '[', ']', Rank.bind);
    edits.replace(range(0, 4), 'value');
    edits.insert(2, 'lost', Rank.bind);
    edits.wrap(range(2, 3), '<', '>', Rank.bind);
    expect(edits.apply().text).toBe('[value]+1');
  });

  it('erases without moving a line', () => {
    const edits = new Edits('a: {\n  b\n}\nc');
    edits.erase(range(1, 10));
    expect(edits.apply().text).toBe('a\n\n\nc');
  });

  it('nests equal wraps of one rank in the order of asking', () => {
    const edits = new Edits('x');
    edits.wrap(range(0, 1), '<', '>', Rank.instrument);
    edits.wrap(range(0, 1), '(', ')', Rank.instrument);
    expect(edits.apply().text).toBe('<(x)>');
  });

  it('moves a range with the edits in it, and leaves behind what stands around it', () => {
    const edits = new Edits('[{ab}|c]');
    edits.wrap(range(1, 5), '(', ')', Rank.bind);
    edits.wrap(range(0, 5), '<', '>', Rank.bind);
    edits.insert(1, '-', Rank.bind);
    edits.replace(range(2, 3), 'A');
    edits.insert(3, '+', Rank.bind);
    edits.move(range(1, 5), 7, '=', ';', Rank.bind);
    edits.move(range(3, 4), 6, 'to ', ' ', Rank.bind);
    const result = edits.apply();
    expect(result.text).toBe('<[->|to b c=({A+});]');
    expect(result.sourceOffset(result.text.indexOf('b'))).toBe(3);
    expect(result.sourceOffset(result.text.indexOf('}'))).toBe(4);
    expect(result.sourceOffset(result.text.indexOf('c'))).toBe(6);
  });

  it('moves a range out of one that moves', () => {
    const edits = new Edits('(a b) c');
    edits.move(range(1, 4), 7, '[', ']', Rank.bind);
    edits.move(range(1, 2), 3, '<', '>', Rank.bind);
    expect(edits.apply().text).toBe('() c[ <a>b]');
  });

  it('leads every position back to the source', () => {
    const edits = new Edits('let x = await y;\nx + 1');
    edits.wrap(range(8, 15), 'resume(f, ', ')', Rank.instrument);
    edits.replace(range(17, 18), 'slot.v');
    const result = edits.apply();
    expect(result.text).toBe('let x = resume(f, await y);\nslot.v + 1');
    const original = (line: number, column: number): unknown => result.originalPosition({ line, column });
    expect(original(1, 1)).toEqual({ line: 1, column: 1 });
    expect(original(1, 12)).toEqual({ line: 1, column: 9 });
    expect(original(1, 19)).toEqual({ line: 1, column: 9 });
    expect(original(1, 25)).toEqual({ line: 1, column: 15 });
    expect(original(2, 4)).toEqual({ line: 2, column: 1 });
    expect(original(2, 8)).toEqual({ line: 2, column: 3 });
    expect(original(9, 1)).toBeUndefined();
  });
});
