import { describe, expect, it } from 'vitest';
import { getCurrentContext, runWithContext } from '../../context/current-context.js';
import { RuntimeContext } from '../../context/runtime-context.js';
import { defineTool } from './define-tool.js';
import { ComponentExistsError, ComponentNotFoundError, InvalidComponentError } from '../errors/errors.js';
import { ComponentRegistry, type RegistryChange } from './registry.js';

const tool = (): string => 'result';

describe('ComponentRegistry', () => {
  it('A5 keeps tools, agents, teams, flows and config apart', () => {
    const registry = new ComponentRegistry()
      .registerTool('x', tool)
      .registerAgent('x', { role: 'agent' })
      .registerTeam('x', ['a', 'b'])
      .registerFlow('x', { steps: 2 })
      .registerConfig('x', 0);
    expect(registry.get('tool', 'x').kind).toBe('sync');
    expect(registry.get('agent', 'x')).toEqual({ role: 'agent' });
    expect(registry.get('team', 'x')).toEqual(['a', 'b']);
    expect(registry.get('flow', 'x')).toEqual({ steps: 2 });
    expect(registry.get('config', 'x')).toBe(0);
    expect(registry.unregister('agent', 'x')).toBe(true);
    expect(registry.unregister('agent', 'x')).toBe(false);
    expect(registry.has('agent', 'x')).toBe(false);
    expect(registry.has('tool', 'x')).toBe(true);
  });

  it.each(['', '  ', undefined])('A5 refuses the empty name %j', (name) => {
    expect(() => new ComponentRegistry().registerAgent(name as string, {})).toThrow(InvalidComponentError);
    expect(() => new ComponentRegistry().registerTool(name as string, tool)).toThrow(InvalidComponentError);
  });

  it.each([undefined, null])('A5 refuses %j as a component', (component) => {
    expect(() => new ComponentRegistry().registerFlow('flow', component)).toThrow(InvalidComponentError);
    expect(() => new ComponentRegistry().registerTool('tool', component as never)).toThrow(InvalidComponentError);
  });

  it('A5 refuses a duplicate unless it may overwrite', () => {
    const registry = new ComponentRegistry().registerAgent('a', 1);
    expect(() => registry.registerAgent('a', 2)).toThrow(ComponentExistsError);
    expect(registry.get('agent', 'a')).toBe(1);
    registry.registerAgent('a', 2, { overwrite: true });
    expect(registry.get('agent', 'a')).toBe(2);
  });

  it('A5 a missing component lists what there is and the nearest', () => {
    const registry = new ComponentRegistry().registerTool('get_weather', tool).registerTool('search', tool);
    expect(() => registry.get('tool', 'get_waether')).toThrow(
      'There is no tool "get_waether". Did you mean "get_weather"? There are: get_weather, search.',
    );
    expect(() => registry.get('team', 'a')).toThrow(ComponentNotFoundError);
  });

  it('E2 turns tool names into identifiers', () => {
    const registry = new ComponentRegistry()
      .registerTool('get-weather', tool)
      .registerTool('2fa.code', tool)
      .registerTool('größe', tool);
    expect(registry.list('tool')).toEqual(['get_weather', '_2fa_code', 'größe']);
    expect(registry.get('tool', 'get-weather')).toBe(registry.get('tool', 'get_weather'));
  });

  it.each(['delete', 'await', 'then', '__proto__', 'constructor', 'hasOwnProperty', 'arguments', '---', '%'])(
    'E2 refuses the tool name %j',
    (name) => {
      expect(() => new ComponentRegistry().registerTool(name, tool)).toThrow(InvalidComponentError);
    },
  );

  it('E2 refuses a tool whose identifier another name has taken, also with overwrite', () => {
    const registry = new ComponentRegistry().registerTool('get-weather', tool);
    expect(() => registry.registerTool('get_weather', tool, { overwrite: true })).toThrow('taken by "get-weather"');
    expect(() => registry.registerTool('get-weather', tool)).toThrow(ComponentExistsError);
    registry.registerTool('get-weather', tool, { overwrite: true });
  });

  it('A7 a snapshot stays as it was', () => {
    const registry = new ComponentRegistry().registerTool('a', tool);
    const before = registry.snapshot();
    expect(registry.snapshot()).toBe(before);
    const descriptors = before.toolDescriptors();
    registry.registerTool('b', tool).unregister('tool', 'a');
    registry.registerAgent('agent', {});
    expect(before.list('tool')).toEqual(['a']);
    expect(before.list('agent')).toEqual([]);
    expect(before.toolDescriptors()).toBe(descriptors);
    expect(registry.snapshot().list('tool')).toEqual(['b']);
    expect(registry.snapshot().version).toBeGreaterThan(before.version);
    registry.clear();
    expect(before.get('tool', 'a').description).toBe('');
    expect(registry.list('tool')).toEqual([]);
  });

  it('A7 a snapshot and its descriptors are frozen', () => {
    const registry = new ComponentRegistry().registerTool('a', defineTool({ description: 'A', run: tool }));
    const snapshot = registry.snapshot();
    expect(() => Object.assign(snapshot, { version: 9 })).toThrow(TypeError);
    expect(() => Object.assign(snapshot.get('tool', 'a'), { description: 'B' })).toThrow(TypeError);
    expect(() => Object.assign(snapshot.toolDescriptors()[0] ?? {}, { description: 'B' })).toThrow(TypeError);
  });

  it('tells of each change with the version after it, until unsubscribed', () => {
    const registry = new ComponentRegistry();
    const changes: RegistryChange[] = [];
    const unsubscribe = registry.subscribe((change) => changes.push(change));
    registry.registerTool('get-a', tool);
    registry.unregister('tool', 'get-a');
    registry.clear('agent');
    unsubscribe();
    registry.registerTool('b', tool);
    expect(changes).toEqual([
      { type: 'registered', kind: 'tool', name: 'get_a', version: 1 },
      { type: 'unregistered', kind: 'tool', name: 'get_a', version: 2 },
      { type: 'cleared', kind: 'agent', version: 3 },
    ]);
  });

  it('A3 clear empties components and touches no context', () => {
    const registry = new ComponentRegistry().registerTool('a', tool);
    const context = RuntimeContext.from({ client_id: 'a' });
    runWithContext(context, () => {
      registry.clear();
      expect(registry.list('tool')).toEqual([]);
      expect(getCurrentContext()).toBe(context);
    });
  });

  it('A4 reports the current context, which is that of getCurrentContext', () => {
    const registry = new ComponentRegistry();
    expect(registry.currentContext).toBeUndefined();
    const context = RuntimeContext.from({ client_id: 'a' });
    runWithContext(context, () => expect(registry.currentContext).toBe(getCurrentContext()));
    expect(runWithContext(context, () => registry.currentContext)).toBe(context);
  });
});
