import { describe, expect, it } from 'vitest';
import type { ToolDescriptor } from '../../../src/protocol/wire.js';
import { createToolBindings } from './tool-bindings.js';

const weather: ToolDescriptor = { name: 'weather', description: '', kind: 'sync', requiredContext: [] };

describe('tools, as the code sees them', () => {
  const calls: unknown[] = [];
  const tools = createToolBindings([weather], (name, args) => {
    calls.push([name, args]);
    return Promise.resolve(name);
  });

  it('calls by name, also when taken off', async () => {
    const take = tools['weather']!;
    expect(await take({ city: 'Oslo' })).toBe('weather');
    expect(calls.at(-1)).toEqual(['weather', { city: 'Oslo' }]);
    expect(take.name).toBe('weather');
  });

  it('E4: asks the host about a name that nobody registered', async () => {
    expect(await tools['wether']!()).toBe('wether');
  });

  it('cannot be changed by the code, and is no thenable', async () => {
    expect(Reflect.set(tools, 'weather', () => 'forged')).toBe(false);
    expect(Reflect.defineProperty(tools, 'other', { value: 1 })).toBe(false);
    expect(Object.keys(tools)).toEqual(['weather']);
    expect(await Promise.resolve(tools)).toBe(tools);
    expect('wether' in tools).toBe(false);
  });
});
