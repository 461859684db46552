import { describe, expect, it } from 'vitest';
import { createToolBindings, toolAt, toolPath, type ToolBinding, type ToolBindings } from './tool-bindings.js';

describe('tools, as the code sees them', () => {
  const calls: unknown[] = [];
  const names = ['weather', 'github.createIssue', 'search', 'github.closeIssue'];
  const tools = createToolBindings(names, (path, args) => {
    calls.push([path, args]);
    return Promise.resolve(path);
  });
  // As code sees it: of any shape.
  const code = tools as unknown as Record<
    string,
    ToolBinding & Record<string, ToolBinding & Record<string, ToolBinding>>
  >;
  const github = code['github']!;

  it('calls by name, also when taken off', async () => {
    const take = code['weather']!;
    expect(await take({ city: 'Oslo' })).toBe('weather');
    expect(calls.at(-1)).toEqual(['weather', { city: 'Oslo' }]);
    expect(take.name).toBe('weather');
  });

  it('calls by namespace and name', async () => {
    const take = github['createIssue']!;
    expect(await take({ title: 'x' })).toBe('github.createIssue');
    expect(calls.at(-1)).toEqual(['github.createIssue', { title: 'x' }]);
    expect(take.name).toBe('github.createIssue');
    expect(code['github']).toBe(github);
  });

  it('E11 runs a snippet by its name, and leaves a second argument out of other calls', async () => {
    await code['snippet']!('reader', { city: 'Oslo' });
    expect(calls.at(-1)).toEqual(['snippet', { name: 'reader', input: { city: 'Oslo' } }]);
    await code['weather']!('Oslo', 0);
    expect(calls.at(-1)).toEqual(['weather', 'Oslo']);
  });

  it('lists what there is', () => {
    expect(Object.keys(tools)).toEqual(['weather', 'github', 'search']);
    expect(Object.keys(github)).toEqual(['createIssue', 'closeIssue']);
    expect(Object.entries(github).map(([, tool]) => typeof tool)).toEqual(['function', 'function']);
    expect('wether' in tools).toBe(false);
    expect('createIssue' in github).toBe(true);
    expect('creatIssue' in github).toBe(false);
    expect(JSON.stringify(tools)).toBe('{"github":{}}');
    expect(JSON.stringify(github)).toBe('{}');
    expect({ ...github }).toEqual({ createIssue: expect.any(Function), closeIssue: expect.any(Function) });
  });

  it('E4: asks the host about a name that nobody registered, however deep', async () => {
    expect(await code['wether']!()).toBe('wether');
    expect(await github['creatIssue']!()).toBe('github.creatIssue');
    expect(await code['gihtub']!['createIssue']!()).toBe('gihtub.createIssue');
    expect(await code['a']!['b']!['c']!()).toBe('a.b.c');
  });

  it('an unknown name is a function like any other', async () => {
    const unknown = code['wether']!;
    expect(unknown).toBeInstanceOf(Function);
    expect(await Reflect.apply(unknown, undefined, [1])).toBe('wether');
    expect(await unknown.bind(undefined)()).toBe('wether');
    expect(unknown.constructor).toBe(Function);
    expect(String(unknown)).toContain('=>');
    expect(await Promise.resolve(unknown)).toBe(unknown);
    expect(JSON.stringify({ unknown })).toBe('{}');
  });

  it('cannot be changed by the code', () => {
    for (const target of [tools, github, code['weather']!, code['wether']!]) {
      expect(Reflect.set(target, 'weather', () => 'forged')).toBe(false);
      expect(Reflect.defineProperty(target, 'other', { value: 1 })).toBe(false);
      expect(Reflect.setPrototypeOf(target, {})).toBe(false);
      expect(Reflect.deleteProperty(target, 'createIssue')).toBe(target !== github);
    }
    for (const target of [tools, github, code['wether']!]) {
      const prototype = Object.getPrototypeOf(target) as object;
      expect(Reflect.set(prototype, 'added', 1)).toBe(false);
      expect(Reflect.setPrototypeOf(prototype, {})).toBe(false);
    }
  });

  it.each(['then', 'constructor', 'toJSON', '__proto__', 'prototype', 'hasOwnProperty', 'inspect', 'valueOf'])(
    'has no member %s',
    (name) => {
      expect(Reflect.get(tools, name)).toBeUndefined();
      expect(Reflect.get(github, name)).toBeUndefined();
    },
  );

  it('has no members for symbols, and is no thenable', async () => {
    for (const symbol of [Symbol.iterator, Symbol.toPrimitive, Symbol.toStringTag, Symbol('own')]) {
      expect(Reflect.get(tools, symbol)).toBeUndefined();
      expect(Reflect.get(github, symbol)).toBeUndefined();
    }
    expect(await Promise.resolve(tools)).toBe(tools);
    expect(await Promise.resolve(github)).toBe(github);
  });

  it('F1: asks for no longer name than the host takes', async () => {
    await code['t'.repeat(600)]!();
    await code['t'.repeat(300)]!['u'.repeat(300)]!();
    expect(calls.slice(-2)).toEqual([
      [`${'t'.repeat(499)}…`, undefined],
      [`${'t'.repeat(300)}.${'u'.repeat(198)}…`, undefined],
    ]);
  });

  it('finds a binding again by its path', () => {
    expect(toolPath(tools)).toBe('');
    for (const path of ['weather', 'github', 'github.createIssue', 'wether', 'github.creatIssue']) {
      const binding = toolAt(tools, path)!;
      expect(toolPath(binding)).toBe(path);
    }
    expect(toolPath(() => undefined)).toBeUndefined();
    expect(toolAt(tools, 'weather')).toBe(code['weather']);
  });

  it.each(['__proto__', 'weather.constructor', 'wether.call', 'weather.name', 'then'])(
    'finds no binding at %j',
    (path) => {
      expect(toolAt(tools, path)).toBeUndefined();
    },
  );

  it('without any tools every name is unknown', async () => {
    const none: ToolBindings = createToolBindings([], (path) => Promise.resolve(path));
    expect(Object.keys(none)).toEqual([]);
    expect(toolPath(toolAt(none, 'github.createIssue')!)).toBe('github.createIssue');
  });
});
