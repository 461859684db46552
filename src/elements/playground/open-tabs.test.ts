import type { ReactiveControllerHost } from 'lit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OpenTabs } from './open-tabs.js';
import { PlaygroundTab } from './playground-tab.js';

function open(...names: string[]) {
  const host = { requestUpdate: vi.fn() };
  const tabs = new OpenTabs(host as unknown as ReactiveControllerHost);
  for (const name of names) tabs.insert(new PlaygroundTab(name.toLowerCase(), { name }, () => Promise.reject()));
  return { host, tabs, names: () => tabs.all.map(({ name }) => name), tab: (id: string) => tabs.resolve(id) };
}

describe('OpenTabs', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('shows the tab that was opened last, and its neighbour when it is taken out', () => {
    const { host, tabs, names, tab } = open('A', 'B', 'C');
    expect(tabs.active).toBe(tab('c'));
    tabs.activate(tab('b'));
    const taken = tab('b');
    expect(tabs.take(taken)).toBe(1);
    expect(tabs.active).toBe(tab('c'));
    tabs.insert(taken, 1);
    expect([names(), tabs.active?.name]).toEqual([['A', 'B', 'C'], 'B']);
    tabs.move(taken, 2);
    expect(names()).toEqual(['A', 'C', 'B']);
    expect(host.requestUpdate).toHaveBeenCalledTimes(7);
  });

  it('names the open tabs where one is not found', () => {
    const { tabs } = open('A');
    expect(() => tabs.resolve('z')).toThrow(new RangeError('There is no open tab z. Open tabs: a (A).'));
    expect(() => open().tabs.resolve(undefined)).toThrow('the active one');
  });
});
