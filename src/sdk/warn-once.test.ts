import { afterEach, expect, it, vi } from 'vitest';
import { warnOnce } from './warn-once.js';

afterEach(() => void vi.restoreAllMocks());

it('warns of each thing once', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  for (const text of ['a is old', 'b is old', 'a is old', 'b is old']) warnOnce(text);
  expect(warn.mock.calls).toEqual([['a is old'], ['b is old']]);
});
