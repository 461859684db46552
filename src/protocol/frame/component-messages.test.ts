import { describe, expect, it } from 'vitest';
import { readComponentReport } from './component-messages.js';

describe('what the frame of a component tells', () => {
  it('G1: is an event with fields of the list, or nothing', () => {
    const init = {
      bubbles: true,
      key: 'a',
      detail: { deep: 1 },
      clientX: NaN,
      target: 1,
      data: 'x'.repeat(1_001),
      __proto__: { code: 'x' },
    };
    const event = { target: 1, type: 'click', init, properties: { value: 'text', onclick: 'x' }, input: 2, path: [] };
    expect(readComponentReport({ type: 'event', event })).toEqual({
      type: 'event',
      event: { target: 1, type: 'click', init: { bubbles: true, key: 'a' }, properties: { value: 'text' }, input: 2 },
    });
    for (const lie of [
      undefined,
      'event',
      { type: 'event' },
      { type: 'event', event: { target: '1', type: 'click' } },
      { type: 'event', event: { target: 1, type: 'cl ick' } },
      { type: 'event', event: { target: 1, type: 'x'.repeat(50) } },
      { type: 'height', height: 1 },
    ])
      expect(readComponentReport(lie)).toBeUndefined();
    const broken = readComponentReport({ type: 'broken', reason: 'x'.repeat(2_000) });
    expect(broken).toEqual({ type: 'broken', reason: 'x'.repeat(1_000) });
  });
});
