import { afterEach, describe, expect, it, vi } from 'vitest';
import { codeAndTab } from './code-and-tab.js';

describe('the arguments of setCode', () => {
  const tab = { id: 'tab-1' };
  const isOpen = (id: string): boolean => id === 'tab-1' || id === 'tab-2';

  afterEach(() => void vi.restoreAllMocks());

  it.each([
    ['code'],
    ['code', tab],
    ['code', 'tab-1'],
    ['code', 'tab-9'],
    ['tab-1'],
    ['tab-1', 'tab-2'],
    ['', undefined],
  ] as const)('%j, %j are code and tab', (code, at?: typeof tab | string) => {
    const warn = vi.spyOn(console, 'warn');
    expect(codeAndTab<typeof tab>(code, at, isOpen)).toEqual([code, at]);
    expect(warn).not.toHaveBeenCalled();
  });

  it('the old order works, with one notice', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    expect(codeAndTab<typeof tab>(undefined, 'code', isOpen)).toEqual(['code', undefined]);
    expect(codeAndTab(tab, 'code', isOpen)).toEqual(['code', tab]);
    expect(codeAndTab(tab, 'tab-2', isOpen)).toEqual(['tab-2', tab]);
    expect(codeAndTab<typeof tab>('tab-1', 'code', isOpen)).toEqual(['code', 'tab-1']);
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]?.[0]).toContain('setCode(code, tab?)');
  });

  it('refuses what has no code', () => {
    expect(() => codeAndTab<typeof tab>(undefined, undefined, isOpen)).toThrow(TypeError);
    expect(() => codeAndTab(tab, undefined, isOpen)).toThrow(TypeError);
  });
});
