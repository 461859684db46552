import { expect, it } from 'vitest';
import { CancelFlags } from './cancel-flags.js';

it('C9: tells of a cell that it is to end, through the same memory, and of no other', () => {
  const flags = new CancelFlags();
  const seen = new CancelFlags(flags.buffer);
  flags.set(3);
  expect([seen.has(3), seen.has(4), seen.has(3 + 1_024)]).toEqual([true, false, false]);
  flags.set(3 + 1_024);
  expect([seen.has(3), seen.has(3 + 1_024)]).toEqual([false, true]);
});

it('is there only where memory can be shared', () => {
  expect(CancelFlags.create()).toBeUndefined();
});
