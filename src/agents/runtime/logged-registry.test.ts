import { describe, expect, it, vi } from 'vitest';
import { ComponentRegistry } from '../../sdk/index.js';
import { LoggedRegistry } from './logged-registry.js';

describe('the tools of an execution', () => {
  const registry = new ComponentRegistry()
    .registerTool('get-weather', () => 'theirs')
    .registerTools('github', { list: () => 'theirs' })
    .registerTool('search', () => 'theirs')
    .registerAgent('helper', 'agent');
  const log = vi.fn((name: string) => ({ execute: () => `logged ${name}` }));
  const seen = new LoggedRegistry(
    registry.snapshot(),
    { search: { execute: () => 'own' }, snippet: { execute: () => 'own' } },
    log,
  );

  it('are made when they are asked for', () => {
    expect(seen.list('tool')).toEqual(['get_weather', 'github.list', 'search', 'snippet']);
    expect(log).not.toHaveBeenCalled();
    expect(seen.get('tool', 'get-weather').describe('x').kind).toBe('sync');
    expect(log.mock.calls.map(([name]) => name)).toEqual(['get_weather']);
  });

  it('go before those of the runtime', () => {
    seen.get('tool', 'search');
    expect(log).toHaveBeenLastCalledWith('search', registry.get('tool', 'search'));
    log.mockClear();
    seen.get('tool', 'snippet');
    expect(log).not.toHaveBeenCalled();
  });

  it('are found as a registry finds them', () => {
    expect(seen.has('tool', 'github.list')).toBe(true);
    expect(seen.keyOf('tool', 'get-weather')).toBe('get_weather');
    expect(seen.has('tool', 'toString')).toBe(false);
    expect(() => seen.get('tool', 'get_wether')).toThrow('get_weather');
    expect(seen.get('agent', 'helper')).toBe('agent');
    expect(seen.toolDescriptors().map(({ name }) => name)).toEqual(seen.list('tool'));
  });
});
