import { SourceMap } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Edits, Rank } from '../compiler/output/edits.js';
import { sourceMapOf } from './edits-source-map.js';

/** Where a place of the edited text comes from, lines and columns from 0. */
function originOf(map: ReturnType<typeof sourceMapOf>, line: number, column: number): readonly [number, number] {
  const payload = { ...map, sourceRoot: '' };
  const entry = new SourceMap(payload).findEntry(line, column);
  if (!('originalLine' in entry)) throw new Error(`Expected ${line}:${column} to be mapped.`);
  return [entry.originalLine, entry.originalColumn];
}

describe('sourceMapOf', () => {
  it('maps each place that was copied, and text that was inserted to the place where it was', () => {
    const edits = new Edits('a + b;\nc(d);');
    edits.wrap({ start: 4, end: 5 }, 'f(', ')', Rank.instrument);
    edits.replace({ start: 7, end: 8 }, 'long');
    const edited = edits.apply();
    expect(edited.text).toBe('a + f(b);\nlong(d);');
    const map = sourceMapOf(edited, 'x.js', [0, 2, 4, 5, 7, 8, 9, 10]);
    expect(map.sources).toEqual(['x.js']);
    expect(map.sourcesContent).toEqual([edited.source]);
    expect(originOf(map, 0, 2)).toEqual([0, 2]); // +
    expect(originOf(map, 0, 4)).toEqual([0, 4]); // f(
    expect(originOf(map, 0, 6)).toEqual([0, 4]); // b
    expect(originOf(map, 0, 8)).toEqual([0, 5]); // ;
    expect(originOf(map, 1, 0)).toEqual([1, 0]); // long
    expect(originOf(map, 1, 5)).toEqual([1, 2]); // d
  });

  it('agrees with the edited text wherever text was copied', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.constantFrom('a', 'b', '\n', '\r\n', '\u2028', ' '), { maxLength: 40 })
          .map((parts) => parts.join('')),
        fc.array(fc.tuple(fc.nat(40), fc.constantFrom('<', '<\n', '>>')), { maxLength: 6 }),
        (source, insertions) => {
          const edits = new Edits(source);
          for (const [at, text] of insertions) edits.insert(Math.min(at, source.length), text, Rank.instrument);
          const edited = edits.apply();
          const map = sourceMapOf(
            edited,
            'x.js',
            Array.from(source, (_, index) => index),
          );
          for (let at = 0; at < source.length; at += 1) {
            const generated = edited.generatedOffset(at)!;
            expect(originOf(map, ...lineAndColumn(edited.text, generated))).toEqual(lineAndColumn(source, at));
          }
        },
      ),
    );
  });
});

function lineAndColumn(text: string, offset: number): [number, number] {
  const lines = text.slice(0, offset).split('\n');
  return [lines.length - 1, lines.at(-1)!.length];
}
