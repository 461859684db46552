import { describe, expect, it } from 'vitest';
import { readPlotReport } from './plot-messages.js';

describe('what the frame of a plot tells', () => {
  it('G1: is a reason or a saved picture, or nothing', () => {
    expect(readPlotReport({ type: 'broken', reason: 'x'.repeat(3_000) })).toEqual({
      type: 'broken',
      reason: 'x'.repeat(2_000),
    });
    expect(readPlotReport({ type: 'saved', format: 'svg', text: '<svg/>', more: 1 })).toEqual({
      type: 'saved',
      format: 'svg',
      text: '<svg/>',
    });
    for (const lie of [
      undefined,
      1,
      {},
      { type: 'saved', format: 'html', text: '' },
      { type: 'saved', format: 'png', text: 1 },
    ])
      expect(readPlotReport(lie)).toBeUndefined();
  });
});
