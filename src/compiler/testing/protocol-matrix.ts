/**
 * Programs in which one step of a protocol fails: of iterators, thenables, resources and callbacks. A program runs one consumer of
 * the protocol for every step, with every kind of fault, and logs what it asks of the code.
 */

/** What a step does in place of what it should. */
const faults = [
  'none',
  'throws',
  'throws later',
  'rejects',
  'gives a primitive',
  'gives nothing',
  'gives a thenable that throws',
  'gives a thenable whose getter throws',
  'gives a thenable that rejects',
  'never settles',
] as const;

/** A consumer of the protocol: how it is written, and the steps it may ask for. */
export interface Consumer {
  readonly name: string;
  readonly text: string;
  readonly steps: readonly string[];
}

/** Events that see no context in instrumented code where native code has one, as the documentation says. */
export function mayLackContext({ name }: Consumer, event: string): boolean {
  // An engine reads them between its own wait and the resumption.
  if (event === '"done"' || event === '"value"') return /\basync\b/.test(name);
  return name === 'an array pattern that awaits' && /^"(?:get )?return"$/.test(event);
}

const iteratorSteps = ['get open', 'open', 'get next', 'next', 'done', 'value', 'get return', 'return'];
const delegateSteps = [...iteratorSteps, 'get throw', 'throw'];

/** How a loop is left. */
const exits = {
  end: '',
  break: 'if (turns === 2) break;',
  return: 'if (turns === 2) return await log("returning");',
  throw: 'if (turns === 2) throw new Error("left");',
  continue: 'if (turns === 2) continue outer;',
  'failed await': 'if (turns === 2) await rejected();',
};

/** How the consumer of a generator leaves it. */
const requests = {
  end: '',
  return: 'await seen(i.return("r"));',
  'return of a thenable': 'await seen(i.return(thenable("r")));',
  throw: 'await seen(i.throw(new Error("left")));',
  'return, and next': 'seen(i.return("r")); await seen(i.next());',
};

const prelude = `
const later = async (fn) => { await 0; return fn(); };
const thenable = (value) => ({ then(resolve) { log('then'); resolve(value); } });
const seen = (promise) => { Promise.prototype.then.call(promise, undefined, () => undefined); return promise; };
const rejected = () => seen(later(() => { throw new Error('awaited'); }));
let at, fault, round, steps;
const step = (name, normal) => {
  log(name);
  if (++steps > 60) throw new Error('Too many steps');
  if (name !== at) return normal();
  switch (fault) {
    case 'throws': throw new Error(name);
    case 'throws later': if (round++ < 1) return normal(); throw new Error(name);
    case 'rejects': return seen(Promise.reject(new Error(name)));
    case 'gives a primitive': return 5;
    case 'gives nothing': return undefined;
    case 'gives a thenable that throws': return { then() { log('then'); throw new Error('then of ' + name); } };
    case 'gives a thenable whose getter throws': return { get then() { log('get then'); throw new Error('get then of ' + name); } };
    case 'gives a thenable that rejects': return { then(_, reject) { log('then'); reject(new Error('then of ' + name)); } };
    case 'never settles': return new Promise(() => undefined);
    default: return normal();
  }
};
const source = (kind, values = [1, 2, 3]) => {
  const symbol = kind === 'async' ? Symbol.asyncIterator : Symbol.iterator;
  const given = (result) => kind === 'async' ? Promise.resolve(result) : result;
  const method = (name, make) => step('get ' + name, () => function (...args) { return step(name, () => make.apply(this, args)); });
  return { get [symbol]() { return step('get open', () => () => step('open', () => {
    let index = 0;
    const result = (value, done) => GETTERS
      ? { get done() { return step('done', () => done); }, get value() { return step('value', () => value); } }
      : { done: step('done', () => done), value: step('value', () => value) };
    return {
      get next() { return method('next', () => given(result(values[index], index++ >= values.length))); },
      get return() { return method('return', (value) => given({ value, done: true })); },
      get throw() { return method('throw', (error) => { if (kind === 'sync') throw error; return seen(Promise.reject(error)); }); },
    };
  })); } };
};
const driven = (g) => STRANGE
  ? { next: (x) => run('other', () => g.next(x)), return: (x) => run('other', () => g.return(x)), throw: (x) => run('other', () => g.throw(x)) }
  : g;
const resource = (symbol, name) => ({ get [symbol]() { return step('get ' + name, () => () => step(name, () => log('disposed'))); } });
`;

/** Every consumer, each with one way in which it is left. `newest`: with what only the newest engines know. */
export function consumers(newest: boolean): readonly Consumer[] {
  const all: Consumer[] = [];
  const add = (name: string, steps: readonly string[], text: string): void => void all.push({ name, steps, text });
  for (const [exit, leaves] of Object.entries(exits)) {
    const loop = (head: string): string =>
      `outer: for (const _ of [1, 2]) { let turns = 0; ${head} { turns++; log(typeof x); ${leaves} await 0; log('body'); } }`;
    for (const kind of ['async', 'sync']) {
      add(`for await, ${kind}, ${exit}`, iteratorSteps, loop(`for await (const x of source('${kind}'))`));
      add(
        `for await with a pattern, ${kind}, ${exit}`,
        iteratorSteps,
        loop(`for await (const { x = await log('default') } of source('${kind}'))`),
      );
    }
    add(`for of, ${exit}`, iteratorSteps, loop(`for (const x of source('sync'))`));
    add(
      `for await in a try, async, ${exit}`,
      iteratorSteps,
      `try { ${loop(`for await (const x of source('async'))`)} } catch (error) { log(error); await 0; log('caught'); } finally { log('finally'); await 0; log('finally after'); }`,
    );
  }
  for (const [exit, leaves] of Object.entries(requests)) {
    const drive = (generator: string, sync: boolean): string => {
      const request = sync ? leaves.replaceAll(/(?:await )?seen/g, '') : leaves;
      return `${generator} const i = driven(w()); log(${sync ? '' : 'await '}i.next('a')); log(${sync ? '' : 'await '}i.next('b')); ${request} log(${sync ? '' : 'await '}i.next('c')); log('driven');`;
    };
    for (const kind of ['async', 'sync']) {
      add(
        `yield* in an async generator, ${kind}, ${exit}`,
        delegateSteps,
        drive(`async function* w() { log(yield* source('${kind}')); await 0; log('after'); }`, false),
      );
      add(
        `yield* in a try of an async generator, ${kind}, ${exit}`,
        delegateSteps,
        drive(
          `async function* w() { try { log(yield* source('${kind}')); } catch (error) { log(error); yield 'caught'; } finally { log('finally'); await 0; log('finally after'); } }`,
          false,
        ),
      );
      add(
        `for await with a yield, ${kind}, ${exit}`,
        iteratorSteps,
        drive(`async function* w() { for await (const x of source('${kind}')) { log(yield typeof x); } }`, false),
      );
    }
    add(
      `yield* in a generator, ${exit}`,
      delegateSteps,
      drive(`function* w() { log(yield* source('sync')); log('after'); }`, true),
    );
    add(
      `yield* in a try of a generator, ${exit}`,
      delegateSteps,
      drive(
        `function* w() { try { log(yield* source('sync')); } catch (error) { log(error); yield 'caught'; } finally { log('finally'); } }`,
        true,
      ),
    );
    add(
      `for of with a yield, ${exit}`,
      iteratorSteps,
      drive(`function* w() { for (const x of source('sync')) { log(yield typeof x); } }`, true),
    );
    add(
      `yield of what fails, ${exit}`,
      ['yielded', 'awaited', 'returned'],
      drive(
        `async function* w() { try { log(yield step('yielded', () => 1)); log(await step('awaited', () => 2)); yield 3; } finally { log('finally'); } return step('returned', () => 4); }`,
        false,
      ),
    );
  }
  const patterns: readonly (readonly [string, string])[] = [
    ['an array pattern', `const [x, y = await log('default'), ...z] = source('sync'); log('taken');`],
    [
      'an array pattern that awaits',
      `const [x = await 1, y = await rejected()] = source('sync', [undefined, undefined]);`,
    ],
    ['a spread', `log([...source('sync')].length); await 0;`],
    ['Array.from', `log(Array.from(source('sync'), (x) => step('callback', () => x)).length);`],
    ['new Map', `log(new Map(source('sync', [[1, 2], [3, 4]])).size); await 0;`],
    ['Promise.all', `log((await Promise.all(source('sync'))).length);`],
    ['Promise.allSettled', `log((await Promise.allSettled(source('sync'))).length);`],
    ['Promise.race', `log(typeof await Promise.race(source('sync')));`],
    ['Promise.any', `log(typeof await Promise.any(source('sync')));`],
    ...(newest
      ? ([
          ['Array.fromAsync of an async iterable', `log((await Array.fromAsync(source('async'))).length);`],
          [
            'Array.fromAsync of a sync iterable',
            `log((await Array.fromAsync(source('sync'), (x) => step('callback', () => x))).length);`,
          ],
          ['iterator helpers', `log([...Iterator.from(source('sync')).map((x) => step('callback', () => x))].length);`],
          ['Promise.try', `log(await Promise.try(() => step('callback', () => 1)));`],
        ] as const)
      : []),
  ];
  for (const [name, text] of patterns) add(name, [...iteratorSteps, 'callback'], text);
  const callbacks: readonly (readonly [string, string])[] = [
    ['map', `[1, 2].map(() => CALL);`],
    ['sort', `[3, 1, 2].sort(() => CALL);`],
    ['forEach with an async callback', `[1, 2].forEach(async () => { await 0; log('in'); seen(later(() => CALL)); });`],
    ['replace', `'abc'.replace(/b/, () => CALL);`],
    ['JSON.parse', `JSON.parse('[1,2]', () => CALL);`],
    ['toJSON', `JSON.stringify({ toJSON() { return CALL; } });`],
    ['a getter', `({ get x() { return CALL; } }).x;`],
    [
      'a proxy',
      `new Proxy({}, { get: () => CALL, has: () => CALL, ownKeys: () => CALL }).x; 'x' in new Proxy({}, { has: () => CALL });`,
    ],
    ['valueOf', `+{ valueOf: () => CALL }; \`\${{ toString: () => CALL }}\`;`],
    ['Symbol.hasInstance', `({}) instanceof { [Symbol.hasInstance]: () => CALL };`],
    ['an async function', `await (async () => { await 0; return CALL; })();`],
    ['an async arrow', `await (async () => CALL)();`],
    ['then', `log(await Promise.resolve().then(() => CALL));`],
    ['catch', `log(await rejected().catch(() => CALL));`],
    ['finally', `log(await Promise.resolve(1).finally(() => CALL));`],
    ['await', `log(await CALL);`],
    ['return', `await (async () => { try { return CALL; } finally { log('finally'); } })();`],
    ['new Promise', `log(await new Promise((resolve) => resolve(CALL)));`],
    [
      'a timer',
      `log(await new Promise((resolve, reject) => setImmediate(() => { try { resolve(CALL); } catch (error) { reject(error); } })));`,
    ],
    [
      'an event',
      `const target = new EventTarget(); target.addEventListener('x', async () => { log('heard'); await 0; seen(later(() => CALL)); }); target.dispatchEvent(new Event('x'));`,
    ],
    ['a class', `class C { static x = CALL; static async y() { await 0; return CALL; } }; await C.y();`],
    [
      'a class with a block that waits',
      `class C { static { seen(later(() => CALL)); } [await 'key'] = CALL; }; new C();`,
    ],
    ['a default of a parameter', `await (async (x = CALL) => { await 0; log('in'); })();`],
    ['a tag', `await ((strings, x) => CALL)\`a\${await 1}\`;`],
    ['optional chaining', `await ({ f: async () => CALL })?.f?.();`],
  ];
  for (const [name, text] of callbacks) add(name, ['callback'], text.replaceAll('CALL', `step('callback', () => 1)`));
  if (!newest) return all;
  const disposals = ['get dispose', 'dispose', 'get dispose async', 'dispose async'];
  const blocks: readonly (readonly [string, string])[] = [
    ['using', `using a = resource(Symbol.dispose, 'dispose'); await 0;`],
    ['using twice', `using a = resource(Symbol.dispose, 'dispose'), b = resource(Symbol.dispose, 'other'); await 0;`],
    ['await using', `await using a = resource(Symbol.asyncDispose, 'dispose async'); await 0;`],
    ['await using of a sync resource', `await using a = resource(Symbol.dispose, 'dispose'); log('in');`],
    [
      'await using and using',
      `await using a = resource(Symbol.asyncDispose, 'dispose async'); using b = resource(Symbol.dispose, 'dispose'); await 0;`,
    ],
  ];
  for (const [name, text] of blocks)
    for (const [exit, leaves] of [
      ['end', ''],
      ['throw', `throw new Error('left');`],
      ['failed await', 'await rejected();'],
      ['return', `return log('returning');`],
    ] as const)
      add(`${name}, ${exit}`, disposals, `{ ${text} ${leaves} } log('after');`);
  add(
    'AsyncDisposableStack',
    disposals,
    `const stack = new AsyncDisposableStack(); stack.use(resource(Symbol.asyncDispose, 'dispose async')); stack.defer(() => step('dispose', () => 1)); await stack.disposeAsync();`,
  );
  return all;
}

/**
 * @param getters whether the results of iterators have getters
 * @param strange whether generators are driven from another context, as `AsyncLocalStorage` does not compare
 */
export function programOf(consumer: Consumer, getters: boolean, strange: boolean): string {
  const cases = consumer.steps.flatMap((at) =>
    // Known: what is returned in a `try` is asked for `then` before the `finally`.
    faults.filter((fault) => consumer.name !== 'return' || !fault.includes('getter')).map((fault) => [at, fault]),
  );
  return `${prelude.replaceAll('GETTERS', String(getters)).replaceAll('STRANGE', String(strange))}
const consume = async () => { try { ${consumer.text} } finally { log('ends'); } };
for ([at, fault] of ${JSON.stringify(cases)}) {
  round = steps = 0;
  log(at + ' ' + fault);
  run(at + ' ' + fault, () => seen(consume())).then(() => log('fulfilled'), (error) => log(error));
  await new Promise((resolve) => setImmediate(resolve));
}`;
}
