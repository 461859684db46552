import { afterEach, describe, expect, it } from 'vitest';
import { current, type AmbientExecution } from '../../context/current.js';
import { activations } from '../../context/activations/activations.js';
import { contextOfThrown } from '../../context/platform/errors.js';
import { runInMapping } from '../../context/async-context/snapshot.js';
import { Variable } from '../../context/async-context/variable.js';
import { activationFunctions } from './instrument-names.js';
import {
  eventsOf,
  instrumentedEvents,
  instrumentedProgram,
  instrumentedText,
  nativeProgram,
} from '../testing/instrumented-programs.js';

afterEach(() => expect(current.mapping).toBeUndefined());

/** Node 20 does not. */
const knowsUsing = ((): boolean => {
  try {
    new Function('{ using x = null; }');
    return true;
  } catch {
    return false;
  }
})();

/** Events of the source, which must be the native ones but for the contexts. */
async function events(source: string): Promise<string[]> {
  const instrumented = await instrumentedEvents(source);
  const native = await eventsOf(nativeProgram(source), { get: () => undefined, run: (_value, fn) => fn() });
  expect(instrumented.map(withoutContext)).toEqual(native.map(withoutContext));
  return instrumented;
}

function withoutContext(event: string): string {
  return event.replace(/ in .*$/, '');
}

describe('the context in instrumented code', () => {
  it.each<[construct: string, source: string, expected: string[]]>([
    ['await', `log(1); await 0; log(2); await Promise.resolve(); log(3);`, ['1', '2', '3']],
    [
      'an argument that is awaited',
      `const add = (a, b) => { log('add'); return a + b; }; log(add(await 1, await 2));`,
      ['"add"', '3'],
    ],
    [
      'suspensions without semicolons',
      `const f = async () => {
        if (await 1) await log(1)
        else await log(2)
        let a = log
        await 3;
        (await a)(await 4 + await (await 5))
        do await 6
        while (false)
        return await 0, await 7
      }
      log(await f())`,
      ['1', '9', '7'],
    ],
    [
      'yields without semicolons',
      `function* g() {
        if (1) yield
        else yield 2
        yield
        [3].forEach(log)
        if (0) yield ; else yield log(4), yield* [log(5)]
        yield /* nothing */
        (log)(yield)
      }
      log([...g()].length)`,
      ['3', '4', '5', 'undefined', '6'],
    ],
    [
      'a sequence that is returned',
      `const f = async () => { return await 1, 2, (3, 4) }; async function* g() { return 5, 6; }
      log(await f()); log(await g().next());`,
      ['4', '{"value":6,"done":true}'],
    ],
    [
      'values of awaits in each other',
      `const f = async (a, b) => a + b; log(await f(await f(await 1, await 2), await f(await 3, await 4)) + await 5);`,
      ['15'],
    ],
    ['catch', `try { await Promise.reject(1); } catch (error) { log(error); }`, ['1']],
    [
      'catch with a pattern',
      `try { await Promise.reject({ a: [1] }); } catch ({ a: [b], c = log('default') }) { log(b); }`,
      ['"default"', '1'],
    ],
    ['catch without a parameter', `try { await Promise.reject(1); } catch { log(1); }`, ['1']],
    ['finally', `try { try { await Promise.reject(1); } finally { log(1); } } catch { log(2); }`, ['1', '2']],
    [
      'finally after a catch that fails',
      `try { try { throw 1; } catch { await Promise.reject(2); } finally { log(1); } } catch (e) { log(e); }`,
      ['1', '2'],
    ],
    ['an async arrow', `const f = async (x) => (log(await x), x); log(await f(1));`, ['1', '1']],
    ['an async arrow that returns an object', `const f = async () => ({ a: await 1 }); log(await f());`, ['{"a":1}']],
    [
      'a method and a static block',
      `class A { static { log(0); } x = async () => { await 1; log(this.y); }; y = 5; async m() { await this.x(); log(super.toString === Object.prototype.toString); } }
      await new A().m();`,
      ['0', '5', 'true'],
    ],
    [
      'an accessor that gives a promise',
      `const o = { get p() { return (async () => { await 1; log(1); })(); }, async ['m' + 1]() { await this.p; log(2); } }; await o.m1();`,
      ['1', '2'],
    ],
    ['for await', `for await (const x of [1, Promise.resolve(2)]) log(x); log('end');`, ['1', '2', '"end"']],
    [
      'for await over itself',
      `for await (const x of (async function* () { log('a'); yield 1; log('b'); })()) for await (const y of [x]) log(y);`,
      ['"a"', '1', '"b"'],
    ],
    [
      'for await that breaks',
      `async function* g() { try { yield 1; } finally { log('closing'); await 0; log('closed'); } } for await (const x of g()) { log(x); break; } log('end');`,
      ['1', '"closing"', '"closed"', '"end"'],
    ],
    [
      'for await that throws',
      `try { for await (const x of [1]) { await 0; throw x; } } catch (error) { log(error); }`,
      ['1'],
    ],
    [
      'for await whose iterator fails',
      `const it = { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(7) }) }; try { for await (const x of it) log(x); } catch (e) { log(e); }`,
      ['7'],
    ],
    [
      'for await with patterns',
      `for await (const { a, b = log('b') } of [{ a: 1 }]) log(a); for await (const[c]of [[2]]) log(c);
      let d, o = {}; for await ({ d } of [{ d: 3 }]) log(d); for await ((o.x) of [4]) log(o.x); for await (var [e, ...f] of [[5, 6]]); log([e, f]);`,
      ['"b"', '1', '2', '3', '4', '[5,[6]]'],
    ],
    [
      'for await that continues an outer loop',
      `outer: for (const x of [1, 2]) { a: b: for await (const y of [x]) { log(y); continue outer; } } log('end');`,
      ['1', '2', '"end"'],
    ],
    [
      'a for await that is labelled',
      `a: for await (const x of [1, 2]) for await (const y of [x]) { log(y); continue a; } log('end');`,
      ['1', '2', '"end"'],
    ],
    [
      'a loop whose iterator is closed when a wait fails',
      `const it = { [Symbol.iterator]: () => ({ next: () => ({ value: 1 }), return() { log('closed'); return {}; } }) };
      try { for (const x of it) await Promise.reject(x); } catch { log('caught'); }`,
      ['"closed"', '"caught"'],
    ],
    [
      'a generator',
      `function* g(a) { log(a); log(yield 1); try { yield 2; } finally { log('f'); } } const it = g(0); it.next(); it.next('x'); it.return(); log('end');`,
      ['0', '"x"', '"f"', '"end"'],
    ],
    [
      'yield*',
      `function* inner() { try { log(yield 1); } catch (e) { log(e); } return 3; } function* g() { log(yield* inner()); } const it = g(); it.next(); it.throw(2); log('end');`,
      ['2', '3', '"end"'],
    ],
    [
      'an async generator',
      `async function* g() { log(yield Promise.resolve(1)); try { return Promise.reject(3); } catch (e) { log(e); } } const it = g(); log((await it.next()).value); await it.next(2); log('end');`,
      ['1', '2', '3', '"end"'],
    ],
    [
      'yield* of an async generator',
      `async function* inner() { log(yield 1); } async function* g() { yield* inner(); yield* [2]; } for await (const x of g()) log(x);`,
      ['1', 'undefined', '2'],
    ],
    [
      'a thenable that resolves with a thenable',
      `log(await { then(resolve) { resolve({ then(done) { log('asked'); done(1); } }); } });`,
      ['"asked"', '1'],
    ],
    [
      'thenables',
      `const t = { then(resolve) { log('then'); resolve(1); } }; log(await t); await (async () => t)(); await (async () => { return t; })(); await Promise.resolve(t); await new Promise((r) => r(t));
      await Promise.resolve().then(() => t); await Promise.all([t]); for await (const x of [t]); await (async function* () { yield t; })().next();`,
      ['"then"', '1', ...Array.from({ length: 8 }, () => '"then"')],
    ],
    [
      'then',
      `await Promise.resolve(1).then(log); await Promise.reject(2).catch(log); await Promise.resolve().finally(() => log(3));`,
      ['1', '2', '3'],
    ],
  ])('A1 holds in %s', async (_construct, source, expected) => {
    const seen = await events(`await run('v', async () => {${source}\n});`);
    expect(seen).toEqual([...expected.map((event) => `${event} in "v"`), 'ended undefined']);
  });

  it('A1 is of those who made a generator, not of those who call next', async () => {
    const source = `function* g(a, b = 2, ...rest) { log([a, b, rest, arguments.length]); yield; log('on'); }
      const it = run('maker', () => g(1, undefined, 3));
      run('caller', () => { it.next(); log('between'); it.next(); log(g.length); });`;
    expect(await events(source)).toEqual([
      '[1,2,[3],3] in "maker"',
      '"between" in "caller"',
      '"on" in "maker"',
      '1 in "caller"',
      'ended undefined',
    ]);
  });

  it('A1 is of those who made a generator in the iterator that it delegates to', async () => {
    const source = `const inner = { [Symbol.iterator]: () => ({ next() { log('next'); return { value: 1, done: false }; } }) };
      function* g() { yield* inner; }
      const it = run('maker', () => g());
      run('caller', () => { it.next(); log('between'); it.next(); log('end'); });`;
    expect(await events(source)).toEqual([
      '"next" in "maker"',
      '"between" in "caller"',
      '"next" in "maker"',
      '"end" in "caller"',
      'ended undefined',
    ]);
  });

  it('A1 does not leak to who called, nor to who settled', async () => {
    const source = `let settle; const gate = new Promise((resolve) => { settle = resolve; });
      const waits = run('waits', async () => { log('before'); await gate; log('after'); });
      log('outside'); run('settles', () => { settle(); log('settled'); }); await 0; log('meanwhile'); await waits; log('end');`;
    expect(await events(source)).toEqual([
      '"before" in "waits"',
      '"outside" in undefined',
      '"settled" in "settles"',
      '"after" in "waits"',
      '"meanwhile" in undefined',
      '"end" in undefined',
      'ended undefined',
    ]);
  });

  it('A1 is in force for nobody else while an iterator is closed that has nothing to close', async () => {
    const source = `const it = { [Symbol.iterator]: () => ({ next: () => ({ value: 1 }) }) };
      await run('v', async () => { for await (const x of it) { queueMicrotask(() => log('else')); break; } log('on'); });`;
    expect(await events(source)).toEqual(['"else" in undefined', '"on" in "v"', 'ended undefined']);
  });

  it.skipIf(!knowsUsing).each<[form: string, source: string, expected: string[]]>([
    [
      'a block',
      `{ await using a = r('a'), b = r('b', true); log('body'); }`,
      ['body', 'dispose b', 'dispose a', 'asked a'],
    ],
    ['no resource', `{ await using a = null; await using b = undefined; }`, []],
    [
      'a block that fails',
      `try { await using a = r('a'); throw 1; } catch { log('caught'); }`,
      ['dispose a', 'asked a', 'caught'],
    ],
    [
      'a labelled for',
      `x: y: for (await using a = r('a'), b = r('b');;) for (const q of [1]) { log('turn'); break x; }`,
      ['turn', 'dispose b', 'asked b', 'dispose a', 'asked a'],
    ],
    [
      'a for await',
      `for await (await using a of [r('a'), r('b', true)]) log('turn');`,
      ['turn', 'dispose a', 'asked a', 'turn', 'dispose b'],
    ],
    ['a for', `for (await using a of [r('a'), null]) log('turn');`, ['turn', 'dispose a', 'asked a', 'turn']],
    [
      'using after a wait that failed',
      `try { using a = r('a', true); await Promise.reject(1); } catch { log('caught'); }`,
      ['dispose a', 'caught'],
    ],
    [
      'using in a loop after a wait that failed',
      `try { for (using a of [r('a', true)]) await Promise.reject(1); } catch { }`,
      ['dispose a'],
    ],
    [
      'what can not be disposed of',
      `for (const bad of [5, {}]) try { await using a = bad; } catch (error) { log(error.name); }`,
      ['TypeError', 'TypeError'],
    ],
  ])('A1 holds in the disposal of %s', async (_form, source, expected) => {
    const resource = `const r = (name, sync) => ({ [sync ? Symbol.dispose : Symbol.asyncDispose]() {
      log('dispose ' + name); return sync ? undefined : { then(done) { log('asked ' + name); done(); } }; } });`;
    const seen = await events(`await run('v', async () => {${resource}${source}\nlog('end');});`);
    expect(seen).toEqual([...[...expected, 'end'].map((event) => `"${event}" in "v"`), 'ended undefined']);
  });

  it.skipIf(!knowsUsing)('A1 is in force nowhere while a function waits for resources that are null', async () => {
    for (const declarations of ['a = null', 'a = null, b = null', 'a = null, b = null, c = null']) {
      const source = `const f = async () => { await 0; { await using ${declarations}; queueMicrotask(() => log('elsewhere')); } log('end'); }; await run('v', f);`;
      expect(await events(source)).toEqual(['"elsewhere" in undefined', '"end" in "v"', 'ended undefined']);
    }
  });

  it('A1 A2 stays apart in three clients that interleave', async () => {
    const source = `const client = (id, turns) => run(id, async () => { for (let i = 0; i < turns; i++) await i; log(id); });
      await Promise.all([client('a', 10), client('b', 5), client('c', 15)]);`;
    expect(await events(source)).toEqual(['"b" in "b"', '"a" in "a"', '"c" in "c"', 'ended undefined']);
  });
});

describe('instrumented code behaves as native code', () => {
  it.each<[construct: string, source: string]>([
    ...(knowsUsing
      ? [
          [
            'waits no longer for resources that are null',
            `const ticks = async () => { for (let i = 0; i < 6; i++) { await 0; log(i); } };
      const r = { async [Symbol.asyncDispose]() { log('disposed'); } };
      const each = [async () => { await using a = null, b = null; log('in'); }, async () => { await using a = null; await using b = r; log('in'); },
        async () => { await using a = r, b = null; }, async () => { await using a = null; await using b = null; await using c = null; }];
      for (const f of each) await Promise.all([ticks(), f().then(() => log('end'))]);`,
          ] as [string, string],
        ]
      : []),
    [
      'orders microtasks',
      `const note = async (name) => { for (let i = 0; i < 3; i++) { await i; log(name + i); } return { then(r) { r(log(name)); } }; };
      queueMicrotask(() => log('micro')); await Promise.all([note('a'), note('b'), Promise.resolve().then(() => log('then'))]);`,
    ],
    [
      'closes iterators of sync iterables',
      `for await (const x of { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }) }) }) { log(x); break; }`,
    ],
    [
      'refuses what can not be iterated',
      `for (const bad of [undefined, 5, { [Symbol.asyncIterator]: 1 }]) try { for await (const x of bad); } catch (error) { log(error.name); }`,
    ],
    [
      'quotes no compiled code where it refuses',
      `function* g(of) { yield* of; } async function* h(of) { yield* of; }
      for (const call of [() => g(5).next(), () => h({}).next(), async () => { for await (const x of null); }])
        try { await call(); } catch (error) { log(/\\$|activation|resume/.test(error.message)); }`,
    ],
    [
      'names functions',
      `const f = async () => { await 1; }, o = { async m() { await 1; }, g: function* () { yield; } }; log([f.name, o.m.name, o.g.name]);`,
    ],
    [
      'keeps length',
      `log([async function (a, b) { await a; }, function* (a, b) {}, function* (a, ...b) {}, async function* (a, b = 1, c) {}, function* (a,) {}].map((f) => f.length));`,
    ],
    [
      'keeps arguments of sloppy generators',
      `function* g(a) { arguments[0] = 2; yield a; } log(g(1).next().value); function* d(a, a) { yield a; } log(d(1, 2).next().value);`,
    ],
    [
      'keeps directives',
      `async function f() { 'use strict'; await 1; return this; } log(await f()); function* g(a) { 'use strict'; yield this; } log(g().next());`,
    ],
    [
      'keeps a directive without a semicolon',
      `async function f() { 'use strict'\nawait 1; return this }\nlog(await f());`,
    ],
    [
      'keeps functions that share a name with a var',
      `async function f() { log(typeof a); var a = 1, [b] = [2]; function a() {} await 0; var a; log([a, b]); for (var a of [3]) log(a);
      for (var { a, c } = { a: 4, c: 5 }; a < 5; a++) log(c); if (a) var a = 9\n;[a].map(log) } await f();`,
    ],
    [
      'keeps the last of functions with one name',
      `async function f() { await 0; return a(); function a() { return 1; } function a() { return 2; } } log(await f());`,
    ],
    [
      'calls functions before their place',
      `async function f() { await 0; return later(); async function later() { return await 1; } } log(await f());`,
    ],
    [
      'keeps this, new.target and arguments in arrows',
      `async function f() { const g = async () => { await 1; return [this.x, arguments[0], new.target === undefined]; }; return g(); } log(await f.call({ x: 1 }, 2));`,
    ],
    [
      'keeps semicolons that nobody wrote',
      `async function f() {\nlet a = 1\nawait a\nlog(a)\nreturn\nawait 2\n}\nlog(await f())\nlet x = async () => await 1\nlog(await x())`,
    ],
    [
      'keeps comments',
      `async function f(a /* ) => */) /* { */ { // }\n await /* x */ a; // )\n return /* ; */ a /* ; */ } log(await f(1)); log(await (async (x) => /* => */ x /* ) */)(2));`,
    ],
    [
      'keeps conditions, commas and templates',
      `const f = async (x) => x ? await 1 : (await 2, await 3); log(\`\${await f(0)}\${await f(1)}\`); log([...await f([1]) ? [1] : [], await f()]);`,
    ],
    [
      'keeps statements without blocks',
      `if (true) for await (const x of [1]) log(x); else log(2); for (const x of [1]) await log(x); do for await (const x of [3]) log(x); while (await 0);`,
    ],
    [
      'keeps a class named Promise',
      `class Promise { constructor(f) { this.f = f; } } const f = () => 1; log(new Promise(f).f === f);`,
    ],
    ['rejects when the executor throws', `try { await new Promise(() => { throw 1; }); } catch (e) { log(e); }`],
    ['takes names like its own', `const $c_f = 1, $c_resume = 2; await 0; log([$c_f, $c_resume]);`],
    [
      'gives what generators give',
      `function* g() { const x = yield 1; try { yield x; } catch (e) { yield e; } return 4; } const it = g(); log([it.next(), it.next(2), it.throw(3), it.next(), it.next()]);`,
    ],
    [
      'answers return of an async generator',
      `async function* g() { try { yield 1; } finally { await 0; log('f'); } } const it = g(); await it.next(); log(await it.return(Promise.resolve(5))); log(await it.next());`,
    ],
  ])('%s', async (_construct, source) => {
    const seen = await events(source);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toBe('ended undefined');
  });

  it('keeps every line where it was', () => {
    const source = `async function f({
        a,
      }) {
        for await (const {
          c,
          d } of await
          a) {
          log(c);
        }
        try { await a; } catch ({
          message
        }) { }
      }
      function* g(
        a,
      ) {
        var h;
        function h() {
        }
        const x = yield
        return
      }
      log("here");`;
    const lineOf = (code: string): number => code.slice(0, code.indexOf('log("here")')).split('\n').length;
    expect(lineOf(instrumentedText(source))).toBe(lineOf(source));
  });

  it('gives an activation only to what suspends', () => {
    expect(
      instrumentedText(
        'async function f() { log(1); return 1; } const g = async () => 5; function h() { return f(); }',
      ),
    ).not.toMatch(/enter\(\)|capture\(\)/);
  });

  it('knows every activation function', () => {
    expect([...activationFunctions].sort()).toEqual(Object.keys(activations).sort());
  });
});

describe('what an async function throws', () => {
  it.each<[from: string, source: string, context: string]>([
    [
      'a function that waits',
      `const f = async () => { await 0; throw new Error('x'); }; log(run('of the call', f));`,
      'of the call',
    ],
    [
      'a function that does not',
      `async function f() { throw new Error('x'); } log(run('of the call', f));`,
      'of the call',
    ],
    [
      'a function that reaches nothing else',
      `const x = new Error('x'); const f = async (y) => { await y; if (y) throw x; }; log(run('of the call', () => f(1)));`,
      'of the call',
    ],
    [
      'an arrow function',
      `const f = async () => { throw new Error('x'); }; const g = async () => f(); log(run('of the call', g));`,
      'of the call',
    ],
    [
      'a function that only waits',
      `const x = run('inner', () => Promise.reject(new Error('x'))); const f = async () => { await x; }; log(run('of the call', f));`,
      'of the call',
    ],
    ['an expression', `const f = async () => nothing.at.all; log(run('of the call', f));`, 'of the call'],
    ['an expression that waits', `const f = async () => (await 0).at.all; log(run('of the call', f));`, 'of the call'],
    [
      'an async generator',
      `async function* g() { yield 1; throw new Error('x'); } const it = run('of the creation', g); await it.next(); log(it.next());`,
      'of the creation',
    ],
    [
      'what it waits for, where that is the outermost promise',
      `const inner = async () => { throw new Error('x'); };
      log(run('outer', async () => { await run('inner', async () => { const waits = inner(); await waits; }); }));`,
      'outer',
    ],
    ['an executor', `log(run('of the call', () => new Promise(() => { throw new Error('x'); })));`, 'of the call'],
    [
      'who rejects a promise',
      `let fail; const failed = run('made', () => new Promise((_, reject) => { fail = reject; }));
      run('rejected', () => fail(new Error('x'))); log(failed);`,
      'rejected',
    ],
    [
      'nobody, where it was thrown last in no context',
      `const failed = run('first', () => new Promise((_, reject) => reject(new Error('x'))));
      log((async () => { await failed; })());`,
      'nobody',
    ],
  ])('A1 is of %s', async (_from, source, context) => {
    const variable = new Variable<unknown>({ defaultValue: 'nobody' });
    const contexts: unknown[] = [];
    const log = (promise: unknown): void =>
      void (promise as Promise<unknown>).catch((error: Error) => {
        contexts.push(contextOfThrown(error)?.values.get(variable) ?? 'nobody');
      });
    await instrumentedProgram(source)({ log, get: () => undefined, run: (value, fn) => variable.run(value, fn) });
    await new Promise((resolve) => setImmediate(resolve));
    expect(contexts).toEqual([context]);
  });
});

describe('an interrupted execution', () => {
  class Interrupted extends Error {}

  interface TestExecution extends AmbientExecution {
    interrupt(): void;
  }

  function execution(): TestExecution {
    const callbacks = new Set<(reason: Error) => void>();
    return {
      id: 'x',
      interruption: undefined,
      onInterrupt(callback) {
        callbacks.add(callback);
        return () => callbacks.delete(callback);
      },
      interrupt() {
        this.interruption = new Interrupted('stop');
        for (const callback of callbacks) callback(this.interruption);
      },
    };
  }

  async function run(source: string, ambient: TestExecution): Promise<unknown[]> {
    const seen: unknown[] = [];
    const program = instrumentedProgram(source);
    const world = {
      log: (event: unknown) => void seen.push(event),
      get: () => undefined,
      run: () => ambient.interrupt(),
    };
    const mapping = { execution: ambient, values: new Map() };
    await runInMapping(mapping, () => program(world), undefined, []).catch((error: unknown) => seen.push(error));
    return seen;
  }

  it('goes on at no await, also not in a catch that would go on for ever', async () => {
    const source = `for (;;) try { log('turn'); run(); await 0; log('never'); } catch (error) { log(error.message); await 0; }`;
    expect(await run(source, execution())).toEqual(['turn', 'stop', expect.any(Interrupted)]);
  });

  it('begins no wait any more, for whatever it would be', async () => {
    expect(await run(`run(); await { then() { log('asked'); } };`, execution())).toEqual([expect.any(Interrupted)]);
  });

  it('throws where a wait ends that was on when it was interrupted', async () => {
    const source = `const f = async () => { try { await 0; log('never'); } finally { log('finally'); } };
      const waits = f(); waits.catch(() => {}); run(); await waits;`;
    expect(await run(source, execution())).toEqual(['finally', expect.any(Interrupted)]);
  });

  it('rejects a promise that nothing would settle', async () => {
    const ambient = execution();
    const ended = run(`log('waits'); try { await new Promise(() => {}); } finally { log('finally'); }`, ambient);
    ambient.interrupt();
    expect(await ended).toEqual(['waits', 'finally', expect.any(Interrupted)]);
  });

  it('leaves generators at their next step', async () => {
    const source = `function* g() { try { yield 1; log('never'); } finally { log('finally'); } } for (const x of g()) { log(x); run(); }`;
    expect(await run(source, execution())).toEqual([1, 'finally', expect.any(Interrupted)]);
  });

  it('turns no more in a for await', async () => {
    const source = `for await (const x of [1, 2, 3]) { log(x); run(); }`;
    expect(await run(source, execution())).toEqual([1, expect.any(Interrupted)]);
  });
});

it('F4 the queue of React’s scheduler is found by the name that React calls', () => {
  const text = instrumentedText(
    '(function () { e.unstable_scheduleCallback = function (priority, task, options) { push(task); }; f.other = function (a, b) {}; })',
  );
  expect(text).toMatch(/function \(priority, task, options\) \{task=\$\w+\(task,priority\); push\(task\); \}/);
  expect(text).toContain('f.other = function (a, b) {}');
});
