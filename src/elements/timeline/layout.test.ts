import { describe, expect, it } from 'vitest';
import type { Span } from '../../sdk/traces/span.js';
import { layOut, type PlacedSpan } from './layout.js';
import { execution, part } from './testing/spans.js';

const rowOf = (one: PlacedSpan | undefined): number => one?.row ?? -1;

describe('layOut', () => {
  it('G2: has a lane for each session, with each span below its parent', () => {
    const first = execution('a', 0, 100, { session: 'tab-1' });
    const call = part(first, 'tool', 20, 60);
    const inner = part(call, 'tool', 30, 40);
    const other = execution('b', 10, 50, { session: 'tab-2' });
    const { lanes, byId, begin, duration } = layOut([[first, other, call, inner]]);
    expect(lanes.map(({ session, executions, rows }) => [session, executions, rows])).toEqual([
      ['tab-1', 1, 4],
      ['tab-2', 1, 2],
    ]);
    expect([first, call, inner, other].map(({ spanId }) => rowOf(byId.get(spanId)))).toEqual([1, 2, 3, 5]);
    expect([begin, duration]).toEqual([first.start, 100]);
    expect(byId.get(inner.spanId)).toMatchObject({ start: 30, end: 40, execution: byId.get(first.spanId) });
  });

  it('G2: puts what overlaps below each other, and what does not in the same row', () => {
    const spans: Span[] = [];
    for (let index = 0; index < 60; index += 1) {
      const one = execution(`e${index}`, index * 7, index * 7 + 25);
      spans.push(
        one,
        part(one, 'tool', index * 7 + 2, index * 7 + 20),
        part(one, 'tool', index * 7 + 5, index * 7 + 8),
      );
    }
    const { rows, lanes } = layOut([spans]);
    for (const row of rows)
      for (const [index, one] of row.entries())
        if (index > 0) expect(one.start).toBeGreaterThanOrEqual(row[index - 1]!.end);
    expect(lanes).toHaveLength(1);
    // Four overlap at a time, of three rows each.
    expect(rows.length).toBeLessThan(16);
  });

  it('lets what runs go on, and tells Codemodes apart that have a session of the same name', () => {
    const running = { ...execution('a', 0, 10), isRunning: true as const };
    const { byId, isRunning, lanes } = layOut([[running], [execution('b', 5, 6)]]);
    expect([byId.get(running.spanId)?.end, isRunning, lanes.length]).toEqual([Infinity, true, 2]);
  });

  it('takes spans whose parent is no longer kept, and none at all', () => {
    const call = part(execution('gone', 0, 10), 'tool', 2, 4);
    expect(layOut([[call]]).lanes).toMatchObject([{ session: '', executions: 1 }]);
    expect(layOut([])).toMatchObject({ lanes: [], rows: [], begin: 0, duration: 0, isRunning: false });
  });
});
