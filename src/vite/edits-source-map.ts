import { addSegment, GenMapping, toEncodedMap } from '@jridgewell/gen-mapping';
import type { EditedText } from '../compiler/output/edits.js';

/** A source map in the shape that bundlers accept. */
export interface EditsSourceMap {
  readonly version: 3;
  readonly file: string;
  readonly sources: string[];
  readonly sourcesContent: string[];
  readonly names: string[];
  readonly mappings: string;
}

/**
 * The source map (ECMA-426) of an edited text: one mapping for each of the places, and for each copied line.
 * Inserted text maps to the place of the insertion.
 * @param places offsets in the source: where tokens start, so that maps before and after this one can be joined
 */
export function sourceMapOf(edited: EditedText, fileName: string, places: Iterable<number>): EditsSourceMap {
  const map = new GenMapping({ file: fileName });
  const sourceLines = lineStarts(edited.source);
  const generatedLines = lineStarts(edited.text);
  const offsets = [...sourceLines, ...places].sort((a, b) => a - b);
  let generatedLine = 0;
  const add = (generated: number, source: number): void => {
    while (generated >= (generatedLines[generatedLine + 1] ?? Infinity)) generatedLine += 1;
    const sourceLine = lastAtMost(sourceLines, source);
    addSegment(
      map,
      generatedLine,
      generated - generatedLines[generatedLine]!,
      fileName,
      sourceLine,
      source - sourceLines[sourceLine]!,
    );
  };
  for (const [index, { generatedStart, sourceStart, copied }] of edited.segments.entries()) {
    add(generatedStart, sourceStart);
    if (!copied) continue;
    const end = sourceStart + (edited.segments[index + 1]?.generatedStart ?? edited.text.length) - generatedStart;
    for (let next = lastAtMost(offsets, sourceStart) + 1; next < offsets.length && offsets[next]! < end; next += 1) {
      if (offsets[next] !== offsets[next - 1]) add(generatedStart + offsets[next]! - sourceStart, offsets[next]!);
    }
  }
  const { mappings } = toEncodedMap(map);
  return { version: 3, file: fileName, sources: [fileName], sourcesContent: [edited.source], names: [], mappings };
}

/** Lines end at `\n` alone, as in tools that join source maps. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Index of the last of ascending numbers that is at most a limit. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
