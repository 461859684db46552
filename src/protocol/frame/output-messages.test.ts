import { describe, expect, it } from 'vitest';
import { maxOutputHeight, readOutputReport } from './output-messages.js';

describe('what the frame of an output says', () => {
  it('is a height within the limit, or an answer', () => {
    expect(readOutputReport({ type: 'height', height: 12.5, more: 1 })).toEqual({ type: 'height', height: 12.5 });
    expect(readOutputReport({ type: 'height', height: Infinity })).toEqual({ type: 'height', height: maxOutputHeight });
    expect(readOutputReport({ type: 'pong', count: 3 })).toEqual({ type: 'pong', count: 3 });
  });

  it.each([
    undefined,
    null,
    5,
    [],
    { type: 'height' },
    { type: 'height', height: '5' },
    { type: 'height', height: Number.NaN },
    { type: 'height', height: -1 },
    { type: 'show', html: '' },
  ])('is nothing else: %j', (data) => {
    expect(readOutputReport(data)).toBeUndefined();
  });
});
