import { describe, expect, it } from 'vitest';
import { instrumentedEvents, nativeEvents } from './instrumented-programs.js';
import { knowsNewest } from './random-program.js';

/** Objects that note each read of a property, but for a `then` that they lack: instrumented code reads that twice, which is known. */
const prelude = `
const noted = (name, members) => new Proxy(members, { get(target, key) { if (key !== 'then' || key in target) log('get ' + name + '.' + String(key)); return target[key]; }, has(target, key) { log('has ' + name + '.' + String(key)); return key in target; } });
const called = (name, give) => function (...args) { log('call ' + name + ' ' + args.length); return give(...args); };
const iterator = (name, wrap, last = 2) => { let at = 0; return noted(name, {
  next: called('next', (x) => wrap(noted('result', { done: at++ >= last, value: at }))),
  return: called('return', (x) => wrap(noted('returned', { done: true, value: x }))),
  throw: called('throw', (x) => wrap(noted('thrown', { done: true, value: x }))),
}); };
const sync = () => noted('iterable', { [Symbol.iterator]: called('open', () => iterator('iterator', (x) => x)) });
const async_ = () => noted('iterable', { [Symbol.asyncIterator]: called('open', () => iterator('iterator', async (x) => x)) });
const thenable = (name = 'thenable') => noted(name, { then: called('then', (resolve) => resolve(1)) });
const resource = (symbol) => noted('resource', { [symbol]: called('dispose', () => undefined) });
const convertible = () => noted('convertible', { [Symbol.toPrimitive]: called('toPrimitive', () => 'x') });
const old = () => noted('convertible', { valueOf: called('valueOf', () => 1), toString: called('toString', () => 'y') });
`;

const programs: Readonly<Record<string, string>> = {
  'await of a thenable': `await thenable();`,
  'return of a thenable': `await (async () => thenable())(); await (async () => { return thenable(); })();`,
  'a thenable that a promise is resolved with': `await new Promise((resolve) => resolve(thenable())); await Promise.resolve(thenable());`,
  'a thenable that a reaction gives': `await Promise.resolve().then(() => thenable()); await Promise.reject(1).catch(() => thenable()); await Promise.resolve().finally(() => thenable());`,
  'a thenable in combinators': `await Promise.all([thenable('a'), thenable('b')]); await Promise.race([thenable()]); await Promise.any([thenable()]); await Promise.allSettled([thenable()]);`,
  'combinators over an iterable': `await Promise.all(sync()); await Promise.race(sync());`,
  'for of, to the end and out of it': `for (const x of sync()) { await 0; log(x); } for (const x of sync()) { await 0; break; }`,
  'for await over an async iterable': `for await (const x of async_()) log(x); for await (const x of async_()) break;`,
  'for await over a sync iterable': `for await (const x of sync()) log(x); for await (const x of sync()) break;`,
  'for await that is thrown out of': `try { for await (const x of async_()) throw 1; } catch (error) { log(error); }`,
  'yield* in a generator': `const g = (function* () { log(yield* sync()); })(); g.next(1); g.next(2); log(g.return(3).value); const h = (function* () { yield* sync(); })(); h.next(); h.throw(4);`,
  'yield* in an async generator': `const g = (async function* () { log(yield* async_()); })(); await g.next(1); await g.next(2); await g.return(3); const h = (async function* () { yield* async_(); })(); await h.next(); await h.throw(4);`,
  'yield* over a sync iterable in an async generator': `const g = (async function* () { yield* sync(); })(); await g.next(1); await g.return(3);`,
  'yield of a thenable': `const g = (async function* () { yield thenable(); return thenable(); })(); await g.next(); await g.next();`,
  'array patterns and spreads': `const [a = await 0, ...b] = sync(); log([...sync()].length + Math.max(...sync(), await 1)); log(b.length);`,
  'object patterns': `const { a = await 0, [convertible()]: b = await 1, ...rest } = noted('object', { a: undefined, y: 2 });`,
  conversions: `log(\`\${convertible()}\${await 1}\` + convertible() + (+old() + (await 1))); log(({ x: await 1 })[convertible()]);`,
  'membership and calls': `log('a' in noted('object', { a: 1 }) && (await 1)); log(noted('object', { m: called('m', () => 1) }).m(await 1)); log(noted('object', {})?.m?.(await 1));`,
  'species of a subclass': `class Own extends Promise { static get [Symbol.species]() { log('species'); return Promise; } } await Own.resolve(1).then((x) => x); await Own.resolve(1); await Own.resolve(1).finally(() => 1);`,
  ...(knowsNewest
    ? {
        using: `{ using a = resource(Symbol.dispose); await 0; } { await using b = resource(Symbol.asyncDispose); } { await using c = resource(Symbol.dispose); }`,
        'Array.fromAsync': `await Array.fromAsync(async_()); await Array.fromAsync(sync()); await Array.fromAsync(noted('list', { length: 1, 0: 5 }), (x) => thenable());`,
        'Promise.try and withResolvers': `await Promise.try(() => thenable()); const { promise, resolve } = Promise.withResolvers(); resolve(thenable()); await promise;`,
        'helpers of iterators': `log(Iterator.from(sync()).map((x) => x).toArray().length);`,
        'a stack of resources': `const stack = new AsyncDisposableStack(); stack.use(resource(Symbol.asyncDispose)); stack.use(resource(Symbol.dispose)); await stack.disposeAsync();`,
      }
    : {}),
};

describe('the reads of a protocol', () => {
  it.each(Object.entries(programs))('A1 are those of native code, in their order and contexts: %s', async (_, text) => {
    const source = `${prelude}\nawait run('a', async () => { ${text} });`;
    // Known: what an async iterator's promise gives is read in no context.
    const compared = (events: readonly string[]): string[] =>
      events.map((event) =>
        /\.(?:done|value)" in undefined$/.test(event) ? event.replace('undefined', '"a"') : event,
      );
    expect(compared(await instrumentedEvents(source, 1000))).toEqual(await nativeEvents(source, 1000));
  });
});

describe('functions that the platform gives', () => {
  it.each([
    [
      'this of callbacks',
      `const own = function () { 'use strict'; log(this === undefined); }; await new Promise((done) => { Promise.resolve().then(own).finally(done); }); Promise.resolve().finally(own); await 0; Array.from([1], own);`,
    ],
    [
      'names and lengths',
      `for (const f of [Promise.prototype.then, Promise.prototype.finally, Promise.resolve, Promise.reject, Promise.prototype.catch]) log([f.name, f.length, 'prototype' in f]);`,
    ],
    [
      'an executor',
      `new Promise(function (...args) { log([this === undefined || typeof this, args.length, typeof args[0], typeof args[1]]); });`,
    ],
    [
      'this of a sloppy executor and reaction',
      `new Promise(function () { log(this === globalThis); }); await Promise.resolve().then(function () { log(this === globalThis); });`,
    ],
  ])('A1 are as native ones: %s', async (_, text) => {
    const without = (all: readonly string[]): string[] => all.map((event) => event.replace(/ in .*$/, ''));
    const source = `await run('a', async () => { ${text} });`;
    expect(without(await instrumentedEvents(source))).toEqual(without(await nativeEvents(source)));
  });
});
