import { describe, expect, it } from 'vitest';
import { maxHistoryCells } from '../../protocol/bounds.js';
import type { ExecutionResult } from '../types.js';
import { SessionHistory } from './session-history.js';
import { recallHistory } from './worker/recall-history.js';

const gave = (value: unknown): ExecutionResult =>
  ({
    ok: true,
    value,
    preview:
      value === undefined
        ? { type: 'undefined', text: '' }
        : typeof value === 'object'
          ? { type: 'object', kind: 'object', className: '', text: '{…}', properties: [{ name: 'a' }], handle: 'h' }
          : { type: 'number', text: String(value) },
  }) as unknown as ExecutionResult;
const failed = { ok: false, error: {} } as unknown as ExecutionResult;

describe('C6: what a session has executed', () => {
  it('is code with previews, in the order of its beginning', () => {
    const history = new SessionHistory();
    history.begin(1, 'a');
    history.begin(2, 'b');
    history.begin(3, 'c');
    history.end(2, gave(2));
    history.end(1, gave({}));
    history.end(3, failed);
    expect(history.view.in).toEqual(['a', 'b', 'c']);
    expect(history.view.out.map((preview) => preview?.text)).toEqual(['{…}', '2', undefined]);
    expect(history.view.out[0]).toMatchObject({ properties: [], handle: 'h' });
  });

  it('is told to a new worker with its latest values last; objects are named as lost', async () => {
    const history = new SessionHistory();
    const asked: unknown[] = [];
    const client = { request: async (_: string, message: unknown) => void asked.push(message) };
    expect(await recallHistory(client as never, history)).toBeUndefined();
    expect(asked).toEqual([]);
    for (const [cell, value] of [
      [1, 5],
      [2, {}],
      [3, undefined],
      [4, 'x'],
    ] as const) {
      history.begin(cell, `code ${cell}`);
      history.end(cell, gave(value));
    }
    history.begin(5, 'still runs');
    expect(await recallHistory(client as never, history)).toContain('these cells gave: 2.');
    expect(asked).toEqual([
      {
        cells: [
          { cell: 3, code: 'code 3' },
          { cell: 1, code: 'code 1', value: 5 },
          { cell: 2, code: 'code 2', value: undefined },
          { cell: 4, code: 'code 4', value: 'x' },
        ],
      },
    ]);
  });

  it('is bounded', () => {
    const history = new SessionHistory();
    for (let cell = 1; cell <= maxHistoryCells + 10; cell++) history.begin(cell, 'x');
    expect(history.view.in).toHaveLength(maxHistoryCells);
    history.begin(9_999, 'y'.repeat(3 * 1024 * 1024));
    expect(history.view.in).toHaveLength(0);
  });
});
