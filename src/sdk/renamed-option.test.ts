import { afterEach, describe, expect, it, vi } from 'vitest';
import { Codemode } from './codemode.js';
import { renamedOption } from './renamed-option.js';

describe('a renamed option', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('works under its old name, with one notice', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const options: { now?: number; before?: number } = { before: 1 };
    expect(renamedOption(options, 'now', 'before')).toBe(1);
    expect(renamedOption(options, 'now', 'before')).toBe(1);
    expect(warn.mock.calls).toEqual([
      ['The option "before" is now called "now". The old name stops working in the next release.'],
    ]);
  });

  it('gives no notice for the new name, and undefined for neither', () => {
    const warn = vi.spyOn(console, 'warn');
    const options: { now?: number; earlier?: number } = { now: 1 };
    expect(renamedOption(options, 'now', 'earlier')).toBe(1);
    expect(renamedOption({ ...options, now: undefined }, 'now', 'earlier')).toBeUndefined();
    expect(warn).not.toHaveBeenCalled();
  });

  it('refuses both names', () => {
    expect(() => renamedOption({ now: 1, before: 1 }, 'now', 'before')).toThrow(
      '"before" is the old name of the option "now". Pass only "now".',
    );
  });

  it('holds for the options of a Codemode', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const old = { connect: ['https://a.example'], allowedVariables: ['step'] };
    for (const _ of [1, 2]) new Codemode(old);
    expect(warn.mock.calls.map(([text]) => String(text).split('.')[0])).toEqual([
      'The option "connect" is now called "allowedOrigins"',
      'The option "allowedVariables" is now called "codeWritableVariables"',
    ]);
    expect(() => new Codemode({ ...old, allowedOrigins: [] })).toThrow(TypeError);
    expect(() => new Codemode({ ...old, codeWritableVariables: [] })).toThrow(TypeError);
  });
});
