import { describe, expect, it } from 'vitest';
import { getCurrentContext, runWithContext } from '../../../context/current-context.js';
import { RuntimeContext } from '../../../context/runtime-context.js';
import { defineTool } from '../define-tool.js';
import { ComponentExistsError, ComponentNotFoundError, InvalidComponentError } from '../../errors/component-errors.js';
import { ComponentRegistry, type RegistryChange } from './component-registry.js';

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

  describe('namespaces', () => {
    it('keep tools under paths, of a record or of a list', () => {
      const registry = new ComponentRegistry()
        .registerTools('github', { createIssue: tool, 'close-issue': { execute: tool } })
        .registerTools('my docs', [{ name: 'search.all', execute: tool }, tool])
        .registerTools({ weather: tool })
        .registerTool('time', tool);
      expect(registry.list('tool')).toEqual([
        'github.createIssue',
        'github.close_issue',
        'my_docs.search_all',
        'my_docs.tool',
        'weather',
        'time',
      ]);
      expect(
        registry
          .snapshot()
          .toolDescriptors()
          .map(({ name }) => name),
      ).toEqual(registry.list('tool'));
      for (const name of ['github.close-issue', 'github.close_issue', 'my docs.search.all']) {
        expect(registry.has('tool', name)).toBe(true);
      }
      expect(registry.has('tool', 'github')).toBe(false);
      expect(registry.has('tool', 'createIssue')).toBe(false);
      expect(registry.has('tool', 'github.')).toBe(false);
      expect(registry.has('agent', 'github.createIssue')).toBe(false);
    });

    it('are added to, and their tools removed and replaced', () => {
      const registry = new ComponentRegistry().registerTools('github', { a: tool });
      registry.registerTools('github', { b: tool });
      expect(() => registry.registerTools('github', { b: tool })).toThrow(
        'There is a tool "github.b" already. Pass { overwrite: true } to replace it, or unregister it first.',
      );
      const other = (): number => 2;
      registry.registerTools('github', { b: other }, { overwrite: true });
      expect(registry.get('tool', 'github.b').invoke(1, {} as never)).toBe(2);
      expect(registry.unregister('tool', 'github.a')).toBe(true);
      expect(registry.unregister('tool', 'github.a')).toBe(false);
      expect(registry.list('tool')).toEqual(['github.b']);
      registry.unregister('tool', 'github.b');
      registry.registerTool('github', tool);
    });

    it('a tool is found where its dot is a part of its name', () => {
      const registry = new ComponentRegistry().registerTool('2fa.code', tool);
      expect(registry.unregister('tool', '2fa.code')).toBe(true);
    });

    it.each<[string, (registry: ComponentRegistry) => unknown, string]>([
      ['a tool', (registry) => registry.registerTool('github', tool), 'there is a namespace of this name'],
      ['another name', (registry) => registry.registerTools('git-hub', { a: tool }), 'which is taken by "git hub"'],
      ['a namespace', (registry) => registry.registerTools('weather', { a: tool }), 'there is a tool of this name'],
      ['one identifier', (registry) => registry.registerTools({ 'a-b': tool, a_b: tool }), 'the list has a_b twice'],
      ['one name', (registry) => registry.registerTools('n', [tool, tool], { overwrite: true }), 'n.tool twice'],
      [
        'its identifier',
        (registry) => registry.registerTools('github', { create_issue: tool }),
        'taken by "create-issue"',
      ],
      ['a reserved word', (registry) => registry.registerTools('then', { a: tool }), 'reserved'],
      ['a reserved member', (registry) => registry.registerTools('github', { constructor: tool }), 'reserved'],
      ['no name', (registry) => registry.registerTools('', { a: tool }), 'its name is empty'],
      ['a list without names', (registry) => registry.registerTools([{ execute: tool } as never]), 'needs a "name"'],
      ['no tools', (registry) => registry.registerTools('github', undefined as never), 'but received undefined'],
      ['no tool', (registry) => registry.registerTools({ a: null as never }), 'expected a component, but got null'],
      ['no handler', (registry) => registry.registerTools({ a: { description: 'x' } as never }), 'execute'],
      ['a long name', (registry) => registry.registerTool('t'.repeat(501), tool), 'longer than 500 characters'],
    ])('E2 refuse a collision with %s, and then register nothing', (_name, register, problem) => {
      const registry = new ComponentRegistry().registerTools('git hub', { a: tool }).registerTool('weather', tool);
      registry.registerTools('github', { 'create-issue': tool });
      const before = registry.snapshot();
      const changes: RegistryChange[] = [];
      registry.subscribe((change) => changes.push(change));
      expect(() => register(registry)).toThrow(InvalidComponentError);
      expect(() => register(registry)).toThrow(problem);
      expect(() => registry.registerTools({ fresh: tool, '%': tool })).toThrow(InvalidComponentError);
      expect(registry.snapshot()).toBe(before);
      expect(changes).toEqual([]);
    });

    it('tell of each tool, all of one change', () => {
      const registry = new ComponentRegistry();
      const changes: RegistryChange[] = [];
      registry.subscribe((change) => changes.push(change));
      registry.registerTools('github', { a: tool, b: tool }).registerTools({});
      expect(changes).toEqual([
        { type: 'registered', kind: 'tool', name: 'github.a', version: 1 },
        { type: 'registered', kind: 'tool', name: 'github.b', version: 1 },
      ]);
    });

    it.each([
      ['github.creatIssue', 'tools.github.createIssue'],
      ['gihtub.createIssue', 'tools.github.createIssue'],
      ['createIssue', 'tools.github.createIssue'],
      ['wether', '"weather"'],
    ])('E4 for %s the nearest is %s', (name, nearest) => {
      const registry = new ComponentRegistry()
        .registerTools('github', { createIssue: tool })
        .registerTool('weather', tool);
      expect(() => registry.get('tool', name)).toThrow(
        `There is no tool "${name}". Did you mean ${nearest}? There are:`,
      );
    });
  });
});
