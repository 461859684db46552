import type { HostileRealm } from './hostile-realm.js';

/** Code that has the kernel do all that it can do. */
const ordinary = [
  `console.log('a %s', 1, { a: [1, { b: 2 }], d: new Date(0), m: new Map([[1, 2]]), s: new Set([1]), e: new Error('shown'), f() {}, u: new Uint8Array(2), r: /x/g, n: null, y: Symbol('y') }); 1`,
  `console.warn('warned'); console.error(new TypeError('x', { cause: 5 })); console.table([{ a: 1 }, { b: 2 }]); console.count(); console.time(); console.timeEnd(); console.group('g'); console.groupEnd(); display({ shown: 1 })`,
  `throw new TypeError('thrown')`,
  `throw { a: 1 }`,
  `await Promise.reject(new RangeError('rejected'))`,
  `await tools.echo({ a: [1, 2, { b: 'text' }], when: new Date(0), m: new Map([[1, 2]]), bytes: new Uint8Array(8) })`,
  `await tools.absent.member({})`,
  `class Animal { #p = 1; constructor(name) { this.name = name } get p() { return this.#p } static made = 0 }
   let rex = new Animal('Rex'), list = [1, , 3], byName = new Map([['rex', rex]]), fn = (a) => a + list.length; rex`,
  `let { a, ...others } = { a: 1, b: 2 }; for (const x of [1, 2]) a += x; a`,
  `async function* g() { yield 1; yield 2 } let sum = 0; for await (const x of g()) sum += x; sum`,
  `await new Promise((resolve) => setTimeout(resolve, 1)); 1`,
  `const later = new Promise((resolve) => setTimeout(() => resolve(5), 1));`,
  `eval('var evaluated = 1; evaluated + 1') + new Function('x', 'return x + 1')(1)`,
  `(await import('https://page.example/one.js')).one`,
  `const syntax = ;`,
  `enum Color { Red, Green } namespace N { export let v = 1 } Color.Red + N.v`,
  `context.runId.length > 0 && getCurrentContext().runId.length > 0`,
  `fn.toString() + config.city`,
  `const logged = (value, { kind, name, addInitializer }) => { addInitializer?.(function () { seen.push(kind) }); };
   const seen = [];
   @logged class Decorated { @logged field = 1; @logged accessor both = 2; @logged static one() {} @logged get it() { return 3 } @logged ['com' + 'puted']() {} }
   new Decorated(); seen.join()`,
  `with ({ inner: 5 }) { var fromWith = inner } undeclared = fromWith; undeclared`,
  `(function () { var { local = 1, ...more } = { b: 2 }; return eval('local + more.b') })()`,
  `function* counted() { try { yield 1; yield 2; yield 3 } finally { seen.push('closed') } } for (const x of counted()) if (x === 2) break; [...counted()].length`,
  `{ using held = { [Symbol.dispose ?? Symbol.for('dispose')]() { seen.push('disposed') } } } seen.at(-1)`,
  `import * as all from 'https://page.example/two.js'; import { one as first } from 'https://page.example/one.js'; first + Object.keys(all).length`,
  `new AsyncContext.Variable({ name: 'v', defaultValue: 4 }).get()`,
  `const held = new AsyncContext.Variable({ __proto__: null, name: 'held' }), step = () => [held.get(), getCurrentContext() === undefined];
   held.run(1, () => new AsyncContext.Snapshot()).run(step) + AsyncContext.Snapshot.wrap(step)() + held.run(2, step)`,
  `const wider = context.with({ b: { c: [1, 'x'] } }), more = new RuntimeContext({ __proto__: null, variables: { 'not a name': 1 }, maxSize: 90 });
   const refused = [() => context.require('absent'), () => context.with(1), () => more.with({ long: wider.runId + more.runId + 'xxxxxxxxxxxxx' })];
   let messages = ''; for (let at = 0; at < 3; at++) try { refused[at]() } catch (error) { messages += error.message }
   messages + wider.get('b').c[1] + wider.has('x') + wider.run(() => context === wider) + context.child().parentId.length + context.keys().length
     + RuntimeContext.fromJSON(context.toJSON()).runId.length + RuntimeContext.from({ a: 1 }).run({ d: 1 }, () => context.get('d'))`,
  `structuredClone({ a: [1] }).a[0] + JSON.parse('{"a":1}').a`,
  `const task = Promise.reject(new Error('of a name')); 1`,
  `await Promise.all([tools.echo(1), tools.echo({ b: 2 })]); await Promise.allSettled([Promise.reject(1)]); 1`,
  `'🙂'.repeat(3) + \`\${[1, 2]}\` + [3, 1, 2].toSorted().join() + [...'abc'].entries().next().value`,
  `console.log('%s %d %i %f %o %O %c %j', 'a', 1, 2, 3, {}, [], 'color: red', {}); console.dir([1]); console.assert(false, 'x'); console.trace()`,
  `const deep = { get g() { return 1 }, [Symbol('s')]: 1, n: Object.create(null), b: 10n, p: Promise.resolve(1), w: new WeakMap(), pr: new Proxy({}, {}), bx: Object('s'), v: new DataView(new ArrayBuffer(2)), u: new URL('https://a/'), c: class A {}, gen: (function* () {})(), arr: Array.from({ length: 300 }, (_, i) => i), ae: new AggregateError([new Error('1')], 'many') }; deep`,
  `Promise.reject(new Error('unhandled')); setTimeout(() => { throw new Error('late') }); await new Promise((resolve) => setTimeout(resolve, 5)); 1`,
];

/** Runs it all, and gives how each part ended. */
export async function runOrdinary(realm: HostileRealm): Promise<string[]> {
  const ends: string[] = [];
  for (const code of ordinary) {
    const { error, preview } = await realm.run(code);
    ends.push(error === undefined ? preview.text : `${error.name}: ${error.message}`);
    await realm.ask('checkpoint');
  }
  for (const method of ['list', 'blockers', 'awaitPending'] as const) await realm.ask(method);
  return ends;
}

/** Replaces each function and each getter of a built-in that code can reach, for good. */
export const pinEverything = `
  const seen = new Set(), pinned = [];
  const visit = (object, path) => {
    if ((typeof object !== 'object' && typeof object !== 'function') || object === null || seen.has(object)) return;
    seen.add(object);
    for (const key of Reflect.ownKeys(object)) {
      const name = path + '.' + String(key);
      if (/^\\.(spy|spied|process|require|console|tools|context|config|display|kept|Promise|eval)$|^iterator.*(asyncIterator|__proto__.__proto__.next)/.test(name)) continue;
      const { value, get } = Object.getOwnPropertyDescriptor(object, key);
      visit(value, name);
      if (typeof value === 'function' && key !== 'constructor' || get !== undefined) pinned.push([object, key, name]);
    }
    visit(Object.getPrototypeOf(object), path + '.__proto__');
  };
  visit(globalThis, '');
  for (const iterator of [[].values(), new Map().keys(), new Set().keys(), ''[Symbol.iterator](), 'x'.matchAll(/x/g), (function* () {})(), (async function* () {})(), async () => 1])
    visit(iterator, 'iterator');
  const descriptors = pinned.map(([object, key]) => Object.getOwnPropertyDescriptor(object, key));
  const define = Reflect.defineProperty, spies = [];
  for (const [at, [, , name]] of pinned.entries()) {
    const { value, get } = descriptors[at];
    const made = spy(name, value ?? get);
    if (value !== undefined) { Object.setPrototypeOf(made, value); if (value.prototype) made.prototype = value.prototype; }
    spies.push({ __proto__: null, configurable: false, ...(value ? { value: made, writable: false } : { get: made }) });
  }
  for (let at = 0; at < pinned.length; at++) define(pinned[at][0], pinned[at][1], spies[at]);
  pinned.length
`;

/** Without `value` and `writable`, which the platform too reads of what code passes to `Object.defineProperty`. */
const names = [
  'then',
  'get',
  'set',
  'toJSON',
  'done',
  'next',
  'return',
  'length',
  'name',
  'message',
  'stack',
  'cause',
  'id',
  'type',
  'text',
  'kind',
  'state',
  '0',
  'apply',
  'construct',
  'has',
  'position',
  'line',
  'column',
  'preview',
  'parts',
  'callee',
  'errors',
  'transfer',
  'code',
  'start',
  'end',
  'raw',
  'loc',
  'range',
  'source',
  'index',
  'guards',
  'fileName',
];
const constructors = `Object.getOwnPropertyNames(globalThis).map((name) => Object.getOwnPropertyDescriptor(globalThis, name).value).filter((value) => typeof value === 'function' && typeof value.prototype === 'object' && value.prototype !== null)`;
const traps = `Object.fromEntries(Reflect.ownKeys(Reflect).filter((key) => typeof Reflect[key] === 'function').map((key) => [key, (...args) => spy('trap ' + key + ' ' + String(args[1]), Reflect[key])(...args)]))`;

/**
 * What code does to its realm, by name. Nothing here keeps Node's own scripts from working, which use some of the realm: `push` and
 * `pop` of arrays, elements of arrays beyond the first, events and ports.
 */
export const hostileSetups: Readonly<Record<string, string>> = {
  'getters and setters on Object.prototype': `for (const name of ${JSON.stringify(names)}) Object.defineProperty(Object.prototype, name, { __proto__: null, get: spy('get ' + name), set: spy('set ' + name), configurable: true });`,
  'getters on Object.prototype for good': `for (const name of ${JSON.stringify(names)}) Object.defineProperty(Object.prototype, name, { __proto__: null, get: spy('get ' + name), set: spy('set ' + name) });`,
  'functions on Object.prototype': `for (const name of ${JSON.stringify(names.filter((name) => name !== 'then' && name !== 'source'))}) Object.prototype[name] = spy('call ' + name);`,
  'accessors on Array.prototype': `for (const name of ['0', 'then', 'toJSON', 'done', 'value']) Array.prototype.__defineGetter__(name, spy('get ' + name)); for (const name of ['0']) Array.prototype.__defineSetter__(name, spy('set ' + name));`,
  'symbols on prototypes': `for (const target of [Object.prototype, Array.prototype, String.prototype, Number.prototype, Function.prototype, Promise.prototype, Error.prototype, Map.prototype]) for (const key of ['toPrimitive', 'toStringTag', 'isConcatSpreadable', 'unscopables', 'split', 'match', 'matchAll', 'replace', 'search', 'iterator', 'asyncIterator', 'hasInstance', 'species']) try { const original = target[Symbol[key]]; Object.defineProperty(target, Symbol[key], { configurable: true, get: spy(key, () => original) }); } catch {}`,
  'Symbol.hasInstance of all classes': `for (const one of ${constructors}) try { Object.defineProperty(one, Symbol.hasInstance, { value: spy('hasInstance of ' + one.name, () => true) }) } catch {}`,
  'Symbol.species of all classes': `for (const one of ${constructors}) try { Object.defineProperty(one, Symbol.species, { get: spy('species of ' + one.name, function () { return this }) }) } catch {}`,
  'constructor of all prototypes': `for (const one of ${constructors}) try { Object.defineProperty(one.prototype, 'constructor', { get: spy('constructor of ' + one.name, () => one) }) } catch {}`,
  'all data properties as getters': `const define = Reflect.defineProperty; for (const one of [...${constructors}.flatMap((made) => [made, made.prototype]), Math, JSON, Reflect]) for (const key of Reflect.ownKeys(one)) { const found = Object.getOwnPropertyDescriptor(one, key); const { value } = found; if (found.configurable && value !== undefined) define(one, key, { __proto__: null, get: spy('get ' + String(key), () => value), configurable: true }); }`,
  'everything frozen': `for (const one of [...${constructors}.flatMap((made) => [made, made.prototype]), Math, JSON, Reflect]) try { Object.freeze(one) } catch {} Object.isFrozen(Array.prototype)`,
  'the global frozen': `for (const name of Object.getOwnPropertyNames(globalThis)) globalThis[name]; Object.freeze(globalThis); 1`,
  'everything sealed after a patch': `const all = [...${constructors}.flatMap((made) => [made, made.prototype]), Math, JSON, Reflect]; Array.prototype.push = spy('push', Array.prototype.push); JSON.stringify = spy('stringify', JSON.stringify); Map.prototype.get = spy('get', Map.prototype.get); Array.prototype.extra = 1; delete Array.prototype.map; for (const one of all) try { Object.seal(one); Object.preventExtensions(one); Object.freeze(one) } catch {}`,
  'proxies as prototypes of prototypes': `const handler = ${traps}; for (const one of ${constructors}) { try { if (one !== Object) Object.setPrototypeOf(one.prototype, new Proxy(Object.getPrototypeOf(one.prototype) ?? {}, handler)) } catch {} try { Object.setPrototypeOf(one, new Proxy(Object.getPrototypeOf(one), handler)) } catch {} }`,
  'a proxy as the prototype of functions, for good': `Object.setPrototypeOf(Function.prototype, new Proxy(Object.prototype, ${traps})); Object.preventExtensions(Function.prototype)`,
  'deleted methods': `const all = [String, Number, Map, Set, WeakMap, WeakSet, RegExp, Promise, Date, Error, Uint8Array, ArrayBuffer], { ownKeys, deleteProperty } = Reflect; for (let at = 0; at < all.length; at++) { const keys = ownKeys(all[at].prototype); for (let key = 0; key < keys.length; key++) if (!(keys[key] === 'constructor' || keys[key] === 'push' || keys[key] === 'pop')) deleteProperty(all[at].prototype, keys[key]); }`,
  'deleted statics': `const remove = Reflect.deleteProperty; for (const one of [...${constructors}, Math, JSON, Reflect]) for (const key of ['keys', 'entries', 'hasOwn', 'freeze', 'from', 'isArray', 'all', 'resolve', 'reject', 'stringify', 'parse', 'apply', 'get', 'ownKeys', 'min', 'max', 'is', 'create', 'getPrototypeOf']) remove(one, key);`,
  'deleted globals': `const realm = globalThis; for (const name of Object.getOwnPropertyNames(realm)) if (!['spy', 'spied', 'console', 'tools', 'context', 'display', 'config', 'Reflect', 'undefined', 'process'].includes(name)) Reflect.deleteProperty(realm, name);`,
  'globals as getters': `for (const name of ['JSON', 'Map', 'Set', 'Object', 'Array', 'Error', 'Promise', 'Symbol', 'Math', 'Reflect', 'Proxy', 'performance', 'setTimeout', 'queueMicrotask', 'crypto']) { const value = globalThis[name]; Object.defineProperty(globalThis, name, { get: spy('global ' + name, () => value), configurable: false }); }`,
  'functions that throw': `for (const one of [Array.prototype, String.prototype, Map.prototype, Set.prototype, RegExp.prototype, Promise.prototype]) for (const key of Object.getOwnPropertyNames(one)) if (typeof Object.getOwnPropertyDescriptor(one, key).value === 'function' && key !== 'constructor' && key !== 'push' && key !== 'pop') Object.defineProperty(one, key, { __proto__: null, configurable: false, writable: false, value: spy(key, () => { throw new Error('thrown by ' + key) }) });`,
  'redefinitions through a proxy': `const { stringify } = JSON; Object.defineProperty(new Proxy(new Proxy(JSON, {}), {}), 'stringify', { value: spy('stringify', stringify), writable: false, configurable: false }); Object.defineProperties(Array.prototype, { push: { value: spy('push', Array.prototype.push), writable: false, configurable: false } });`,
  'stacks of errors': `Error.prepareStackTrace = spy('prepareStackTrace', () => ({ toString: spy('toString') })); Error.stackTraceLimit = 0; Object.defineProperty(Error.prototype, 'stack', { get: spy('stack'), configurable: true })`,
};
