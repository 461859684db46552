import { describe, expect, it } from 'vitest';
import { PlayedModules } from './testing/played-modules.js';

const page = 'https://page.example';
const live = 'export let n = 1; export const add = () => { n += 1 };';

/** What importing a module throws. */
async function failureOf(sources: ConstructorParameters<typeof PlayedModules>[0], path = 'main.js'): Promise<Error> {
  return await new PlayedModules(sources).import(path).then(
    () => expect.unreachable('The import went well.'),
    (error: unknown) => error as Error,
  );
}

describe('exports are resolved before anything runs', () => {
  const ran = 'globalThis.ranModule = true;';
  const cases: [string, Record<string, string>, string][] = [
    [
      'a name',
      { 'main.js': `${ran}\nimport { n, nope } from './live.js'` },
      `provide an export named 'nope' (${page}/main.js:2:13)`,
    ],
    ['a default', { 'main.js': `${ran}import x from './live.js'` }, "provide an export named 'default'"],
    ['a re-export', { 'main.js': `${ran}export { nope } from './live.js'` }, `'nope' (${page}/main.js:1:38)`],
    [
      'a re-export of an import',
      { 'main.js': `${ran}import { nope } from './live.js'; export { nope as ok }` },
      "named 'nope'",
    ],
    [
      'a default by a star',
      {
        'main.js': `${ran}import x from './star.js'`,
        'star.js': "export * from './def.js'",
        'def.js': 'export default 1',
      },
      "named 'default'",
    ],
    [
      'an import of a dependency',
      { 'main.js': `${ran}import './dep.js'`, 'dep.js': "import { nope } from './live.js'" },
      `(${page}/dep.js:1:10)`,
    ],
    [
      'a circle of re-exports',
      { 'main.js': `${ran}export { a } from './b.js'`, 'b.js': "export { a } from './main.js'" },
      "named 'a'",
    ],
    [
      'two bindings of two stars',
      {
        'main.js': `${ran}import { x } from './both.js'`,
        'both.js': "export * from './x1.js'; export * from './x2.js'",
        'x1.js': 'export let x = 1',
        'x2.js': 'export let x = 2',
      },
      "'./both.js' contains conflicting star exports for name 'x'",
    ],
  ];
  it.each(cases)('%s', async (_what, sources, message) => {
    const error = await failureOf({ 'live.js': live, ...sources });
    expect(error).toBeInstanceOf(SyntaxError);
    expect(error.message).toContain(message);
    expect(globalThis).not.toHaveProperty('ranModule');
  });

  it('keeps one binding that two stars reach, and leaves ambiguous names out of a namespace', async () => {
    const modules = new PlayedModules({
      'live.js': live,
      'one.js': "export * from './live.js'; export * as all from './live.js'; export let x = 1",
      'two.js':
        "export { n, add } from './live.js'; export * from './live.js'; export * as all from './live.js'; export let x = 2",
      'main.js':
        "export * from './one.js'; export * from './two.js'; import { n, add } from './main.js'; export let before = n; add(); export let after = n",
    });
    const main = await modules.import('main.js');
    expect(Object.keys(main)).toEqual(['add', 'after', 'all', 'before', 'n']);
    expect([main['before'], main['after'], main['n']]).toEqual([1, 2, 2]);
  });

  it('finds names through stars in a circle', async () => {
    const modules = new PlayedModules({
      'a.js': "export * from './b.js'; export const fromA = 1",
      'b.js': "export * from './a.js'; export const fromB = 2",
      'main.js': "import { fromA, fromB } from './b.js'; export { fromA, fromB }",
    });
    expect({ ...(await modules.import('main.js')) }).toEqual({ fromA: 1, fromB: 2 });
    expect(Object.keys(await modules.import('a.js'))).toEqual(['fromA', 'fromB']);
  });

  it('links again what failed to link, with the same outcome', async () => {
    const modules = new PlayedModules({
      'live.js': `await 0; ${live}`,
      'main.js': "import { n, nope } from './live.js'",
      'other.js': "import { n } from './live.js'; export const seen = n",
    });
    for (let time = 0; time < 2; time++) await expect(modules.import('main.js')).rejects.toThrow("named 'nope'");
    expect(modules.compiled).toHaveLength(2);
    expect(await modules.import('other.js')).toHaveProperty('seen', 1);
  });
});

describe('namespaces', () => {
  const namespace = (source: string): Promise<Record<string, unknown>> =>
    new PlayedModules({ 'main.js': source }).import('main.js');

  it('have the properties of ECMA-262, 10.4.6', async () => {
    const ns = await namespace(
      'export { n as z, n as "2", n as "10", n as "__proto__" }; export let n = 1; export const add = () => { n += 1 }',
    );
    expect(Reflect.ownKeys(ns)).toEqual(['10', '2', '__proto__', 'add', 'n', 'z', Symbol.toStringTag]);
    const data = { value: 1, writable: true, enumerable: true, configurable: false };
    expect(Object.getOwnPropertyDescriptor(ns, 'n')).toEqual(data);
    expect(Object.getOwnPropertyDescriptor(ns, '__proto__')).toEqual(data);
    expect(Object.getOwnPropertyDescriptor(ns, Symbol.toStringTag)).toEqual({
      value: 'Module',
      writable: false,
      enumerable: false,
      configurable: false,
    });
    (ns['add'] as () => void)();
    expect([
      ns['n'],
      Object.getOwnPropertyDescriptor(ns, 'n')!.value,
      ns['z'],
      'n' in ns,
      'no' in ns,
      ns['no'],
    ]).toEqual([2, 2, 2, true, false, undefined]);
    expect([
      Object.isExtensible(ns),
      Object.getPrototypeOf(ns),
      Object.isSealed(ns),
      String(Object.prototype.toString.call(ns)),
    ]).toEqual([false, null, true, '[object Module]']);
  });

  it('refuse every change', async () => {
    const ns = await namespace('export let n = 1');
    expect(() => {
      ns['n'] = 2;
    }).toThrow(TypeError);
    expect(() => {
      ns['other'] = 2;
    }).toThrow(TypeError);
    expect(() => {
      delete ns['n'];
    }).toThrow(TypeError);
    expect(() => Object.setPrototypeOf(ns, {})).toThrow(TypeError);
    expect(() => Object.freeze(ns)).toThrow(TypeError);
    expect([
      Reflect.set(ns, 'n', 1),
      Reflect.deleteProperty(ns, 'no'),
      Reflect.deleteProperty(ns, Symbol.toStringTag),
      Reflect.setPrototypeOf(ns, null),
      Reflect.preventExtensions(ns),
      Reflect.defineProperty(ns, 'no', { value: 1 }),
      Reflect.defineProperty(ns, Symbol.toStringTag, { value: 'Module' }),
      Reflect.defineProperty(ns, Symbol.toStringTag, { value: 'other' }),
      ...[{}, { value: 1 }, { value: 1, writable: true, enumerable: true, configurable: false }].map((descriptor) =>
        Reflect.defineProperty(ns, 'n', descriptor),
      ),
      ...[{ value: 2 }, { writable: false }, { enumerable: false }, { configurable: true }, { get: () => 1 }].map(
        (descriptor) => Reflect.defineProperty(ns, 'n', descriptor),
      ),
      Reflect.set(Object.create(ns) as object, 'n', 1),
    ]).toEqual([
      false,
      true,
      false,
      true,
      true,
      false,
      true,
      false,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('throw for what is not initialised yet, and tell that it is there', async () => {
    const ns =
      await namespace(`import * as self from './main.js'; const outcome = (read) => { try { return read() } catch (error) { return error.name } };
      export const seen = ['late' in self, outcome(() => self.late), outcome(() => Object.keys(self)), outcome(() => Object.getOwnPropertyDescriptor(self, 'late')), Reflect.ownKeys(self).length, outcome(() => Reflect.has(self, 'late')), outcome(() => self.hoisted())];
      export let late = 1; export function hoisted() { return 'hoisted' } export { self }`);
    expect(ns['seen']).toEqual([true, 'ReferenceError', 'ReferenceError', 'ReferenceError', 5, true, 'hoisted']);
    expect(ns['self']).toBe(ns);
  });

  it('run no trap that code puts on Object.prototype', async () => {
    const ns = await namespace('export let n = 1');
    const ran: string[] = [];
    const traps = ['get', 'has', 'set', 'value', 'getPrototypeOf', 'isExtensible', 'deleteProperty', 'writable'];
    const descriptors = traps.map((trap) => {
      const value = (): unknown => ran.push(trap);
      return [trap, Object.assign(Object.create(null) as PropertyDescriptor, { configurable: true, value })] as const;
    });
    let seen: unknown;
    for (const [trap, descriptor] of descriptors) Object.defineProperty(Object.prototype, trap, descriptor);
    try {
      seen = [Object.getOwnPropertyDescriptor(ns, 'n'), 'n' in ns, Object.isExtensible(ns)];
      Reflect.deleteProperty(ns, 'n');
      Object.getPrototypeOf(ns);
    } finally {
      for (const trap of traps) Reflect.deleteProperty(Object.prototype, trap);
    }
    expect(seen).toMatchObject([{ value: 1 }, true, false]);
    expect(ran).toEqual([]);
  });

  it('are one for all ways that lead to a module, and imports are constants', async () => {
    const modules = new PlayedModules({
      'live.js': live,
      'main.js': `import * as a from './live.js'; export * as b from './live.js'; export { a };
        export const c = await import('./live.js'); import { n } from './live.js';
        const nameOf = (assign) => { try { assign() } catch ({ name, message }) { return name + ': ' + message } };
        export const constants = [nameOf(() => { n = 2 }), nameOf(() => { n++ }), nameOf(() => { a = 2 })]`,
    });
    const main = await modules.import('main.js');
    expect(main['a']).toBe(main['b']);
    expect(main['a']).toBe(main['c']);
    expect(main['a']).toBe(await modules.import('live.js'));
    expect(main['constants']).toEqual(Array(3).fill('TypeError: Assignment to constant variable.'));
  });
});

describe('evaluation', () => {
  it('waits for a top-level await of what a module imports, and of nothing else', async () => {
    const log: string[] = [];
    Object.assign(globalThis, { moduleLog: log });
    const modules = new PlayedModules({
      'slow.js': "moduleLog.push('slow in'); await 0; await 0; await 0; moduleLog.push('slow out')",
      'quick.js': "moduleLog.push('quick in'); await 0; moduleLog.push('quick out')",
      'sync.js': "moduleLog.push('sync')",
      'needs.js': "import './quick.js'; moduleLog.push('needs quick')",
      'main.js': "import './slow.js'; import './needs.js'; import './sync.js'; moduleLog.push('main')",
    });
    await modules.import('main.js');
    expect(log).toEqual(['slow in', 'quick in', 'sync', 'quick out', 'needs quick', 'slow out', 'main']);
  });

  it('fails for ever, with one error for all who import the module', async () => {
    for (const wait of ['', 'await 0;']) {
      Object.assign(globalThis, { moduleRuns: 0 });
      const modules = new PlayedModules({
        'bad.js': `moduleRuns += 1; ${wait} throw { thrown: 'by bad.js' }`,
        'left.js': "import './bad.js'; moduleRuns += 10",
        'right.js': "import './bad.js'; moduleRuns += 10",
        'main.js': "import './left.js'; import './right.js'; moduleRuns += 10",
      });
      const thrown = await Promise.all(
        ['main.js', 'right.js', 'bad.js', 'main.js'].map((path) =>
          modules.import(path).catch((error: unknown) => error),
        ),
      );
      expect(thrown[0]).toEqual({ thrown: 'by bad.js' });
      expect(new Set(thrown).size).toBe(1);
      expect(globalThis).toHaveProperty('moduleRuns', 1);
    }
  });

  it('loads again what could not be fetched, and keeps what does not compile', async () => {
    const sources: Record<string, string> = { 'broken.js': 'export const a = 1;\nexport const = 2' };
    const modules = new PlayedModules(sources);
    const failed = (): Promise<unknown> => modules.import('broken.js').catch((error: unknown) => error);
    const error = (await failed()) as Error;
    expect(error).toBeInstanceOf(SyntaxError);
    expect(error.message).toContain(`(${page}/broken.js:2:14)`);
    expect(await failed()).toBe(error);
    await expect(modules.import('later.js')).rejects.toThrow('There is no');
    sources['later.js'] = 'export default 1';
    expect(await modules.import('later.js')).toHaveProperty('default', 1);
  });
});

describe('import()', () => {
  it('reads its arguments as the engine does, and rejects', async () => {
    const modules = new PlayedModules({ 'data.json': { source: '[1]', json: true }, 'live.js': live });
    expect(await modules.import('data.json', { with: { type: 'json' } })).toHaveProperty('default', [1]);
    expect(await modules.import('live.js', { with: {} })).toHaveProperty('n', 1);
    for (const [options, message] of [
      [1, 'have the form'],
      [null, 'have the form'],
      [{ with: 1 }, 'have the form'],
      [{ with: { type: 1 } }, 'have the form'],
      [{ with: { other: 'x' } }, 'have the form'],
      [{ with: { type: 'css' } }, '"css" is not a valid module type'],
      [{ with: { type: 'json' } }, 'is imported as JSON'],
    ] as const)
      await expect(modules.import('live.js', options)).rejects.toThrow(
        expect.objectContaining({ name: 'TypeError', message: expect.stringContaining(message) as string }),
      );
  });
});

const asJson = { with: { type: 'json' } };

describe('JSON', () => {
  it('is the default export, with own keys alone', async () => {
    const modules = new PlayedModules({
      'data.json': { source: '{"__proto__": {"x": 1}, "a": 2}', json: true },
      'main.js':
        "import plain from './data.json' with { type: 'json' }; import * as ns from './data.json' with { type: 'json' }; export { plain, ns }; export { default as typed } from './data.json' with { type: 'json' }",
      'named.js': "import { a } from './data.json' with { type: 'json' }",
      'untyped.js': "export * as data from './data.json'",
      'bad.json': { source: '{"a": }', json: true },
      'wrong.js': "import a from './main.js' with { type: 'json' }",
      'attribute.js': "\nimport a from './data.json' with { other: 'json' }",
    });
    const { plain, typed, ns } = (await modules.import('main.js')) as Record<string, Record<string, unknown>>;
    expect([Object.keys(plain!), Object.getPrototypeOf(plain!), typed === plain, Object.keys(ns!)]).toEqual([
      ['__proto__', 'a'],
      Object.prototype,
      true,
      ['default'],
    ]);
    await expect(modules.import('named.js')).rejects.toThrow("does not provide an export named 'a'");
    await expect(modules.import('bad.json', asJson)).rejects.toThrow(`(${page}/bad.json)`);
    await expect(modules.import('bad.json', asJson)).rejects.toThrow(SyntaxError);
    for (const path of ['data.json', 'untyped.js'])
      await expect(modules.import(path)).rejects.toThrow(
        new TypeError(
          `The module ${page}/data.json is JSON. Import it with { type: 'json' }: import data from "./data.json" with { type: 'json' }.`,
        ),
      );
    await expect(modules.import('wrong.js')).rejects.toThrow('is imported as JSON, but it is JavaScript');
    await expect(modules.import('attribute.js')).rejects.toThrow(
      `"other" is not supported. Only "type" is. (${page}/attribute.js:2:36)`,
    );
  });
});

describe('what is no ECMAScript module', () => {
  const hint = 'Use a build for browsers.';

  it.each([
    [
      'a default of a CommonJS file',
      'import x from "./main.cjs"',
      'globalThis.module?.x',
      `named 'default' (${page}/main.js:1:8). ${hint}`,
    ],
    ['a name of one', 'import { x } from "./main.cjs"', '', hint],
  ])('says what to do about %s', async (_what, main, file, message) => {
    const error = await failureOf({ 'main.js': main, 'main.cjs': { source: file, hint } });
    expect(error.message).toContain(message);
  });

  it.each(['fs', 'node:fs', 'fs/promises', 'node:sqlite'])('says that %s is built into Node', async (specifier) => {
    const error = await failureOf({ 'main.js': `import "${specifier}"` });
    expect(error.message).toContain(`"${specifier}" imported from ${page}/main.js: it is built into Node`);
  });
});

it('resolves addresses from the module', async () => {
  const modules = new PlayedModules({
    'deep/main.js':
      "export default [import.meta.url, import.meta.resolve('./a.js'), import.meta.resolve('lib/b.js'), Object.getPrototypeOf(import.meta)]; export const same = import.meta === import.meta; export const none = (() => { try { import.meta.resolve('none') } catch (error) { return error instanceof TypeError } })()",
  });
  expect({ ...(await modules.import('deep/main.js')) }).toEqual({
    default: [`${page}/deep/main.js`, `${page}/deep/a.js`, 'https://cdn.example/lib/b.js', null],
    same: true,
    none: true,
  });
});
