import { describe, expect, it } from 'vitest';
import { AsyncContext } from './async-context/async-context.js';
import { getCurrentContext, requireCurrentContext, runWithContext } from './current-context.js';
import { RuntimeContext } from './runtime-context.js';
import { Snapshot } from './async-context/snapshot.js';
import { Variable } from './async-context/variable.js';

/*
 * Code has these classes, and may patch built-ins: what they do must not depend on that. Each of their members is called with
 * everything that code can reach replaced, and gives what it gives elsewhere.
 */

type Method = (...args: unknown[]) => unknown;

const {
  apply,
  construct,
  defineProperty,
  deleteProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  ownKeys,
  setPrototypeOf,
} = Reflect;

/** The objects that a realm has built in, by their paths. */
function builtIns(): Map<object, string> {
  const found = new Map<object, string>();
  const visit = (value: unknown, path: string): void => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || found.has(value)) return;
    found.set(value, path);
    for (const key of ownKeys(value)) {
      const descriptor = getOwnPropertyDescriptor(value, key);
      if (descriptor !== undefined && 'value' in descriptor) visit(descriptor.value, `${path}.${String(key)}`);
    }
    visit(getPrototypeOf(value), `${path}.__proto__`);
  };
  const names = [
    'Object',
    'Function',
    'Array',
    'String',
    'Number',
    'Boolean',
    'Symbol',
    'BigInt',
    'Promise',
    'Map',
    'Set',
  ];
  const others = [
    'WeakMap',
    'WeakSet',
    'WeakRef',
    'RegExp',
    'Date',
    'Error',
    'TypeError',
    'Uint8Array',
    'Proxy',
    'Math',
  ];
  for (const name of [...names, ...others, 'JSON', 'Reflect']) visit((globalThis as never)[name], name);
  const iterators = [[].values(), new Map().keys(), new Set().keys(), ''[Symbol.iterator](), 'x'.matchAll(/x/g)];
  for (const iterator of [...iterators, (function* () {})()]) visit(getPrototypeOf(iterator), 'iterator');
  found.set(globalThis, 'globalThis');
  return found;
}

interface Replacement {
  readonly target: object;
  readonly key: PropertyKey;
  readonly path: string;
  readonly descriptor: PropertyDescriptor | undefined;
  readonly spy: PropertyDescriptor;
}

/** What was called while a member was, a line each: a list may run a setter of its elements. */
let called = '';
let isListening = false;

function note(path: string): void {
  if (isListening) called += `${path}\n`;
}

/** As the original, and noted. */
function spyOn(path: string, original: unknown): Method {
  return function (this: unknown, ...args: unknown[]): unknown {
    note(path);
    return new.target === undefined ? apply(original as Method, this, args) : construct(original as Method, args);
  };
}

const inherited = [
  'get',
  'set',
  'value',
  'writable',
  'name',
  'length',
  'then',
  'toJSON',
  'next',
  'done',
  'raw',
  'index',
];
const fieldNames = [
  'variables',
  'metadata',
  'runId',
  'correlationId',
  'parentId',
  'traceparent',
  'deadline',
  'signal',
  'outer',
  'path',
  'key',
  'available',
  'neededBy',
  'limit',
  'name',
];
const more = ['protectedKeys', 'maxSize', 'traceId', 'sampled', 'version', 'a', 'b', '0', '1'];

/** Node's own `getRandomValues` asks for a `byteLength`, and stacks are made by code of Node and of the test runner. */
function replacements(): readonly Replacement[] {
  const all: Replacement[] = [];
  for (const [target, path] of builtIns()) {
    for (const key of ownKeys(target)) {
      const name = `${path}.${String(key)}`;
      const descriptor = getOwnPropertyDescriptor(target, key);
      if (descriptor?.configurable !== true || key === 'prepareStackTrace' || key === 'byteLength') continue;
      const { value, get, set } = descriptor;
      if (target === globalThis && (typeof value !== 'function' || !/^[A-Z]|^(?:parse|is)/.test(String(key)))) continue;
      if (typeof value === 'function' && key !== 'constructor')
        all.push({ target, key, path: name, descriptor, spy: { ...descriptor, value: spyOn(name, value) } });
      else if (get !== undefined && key !== '__proto__')
        all.push({
          target,
          key,
          path: name,
          descriptor,
          spy: { get: spyOn(name, get) as () => unknown, set, configurable: true } as never,
        });
    }
  }
  const accessor = (name: string, key: string, isField = fieldNames.includes(key)): PropertyDescriptor => ({
    configurable: true,
    get: () => note(`get ${name}`),
    // The worker's build defines fields, but this one assigns them.
    set(this: object, value) {
      if (!isField) note(`set ${name}`);
      defineProperty(this, key, { __proto__: null, value, writable: true, configurable: true } as PropertyDescriptor);
    },
  });
  for (const [target, path, keys] of [
    [Object.prototype, 'Object.prototype', [...inherited, ...fieldNames, ...more]],
    [Array.prototype, 'Array.prototype', ['0', '1']],
  ] as const)
    for (const key of keys)
      all.push({ target, key, path, descriptor: undefined, spy: accessor(`${path}.${key}`, key) });
  for (const { spy } of all) Object.setPrototypeOf(spy, null);
  return all;
}

const patches = replacements();

/** What a call gives and does where everything is replaced. Nothing here calls what is. */
function amongPatches(call: () => unknown): unknown {
  let result: unknown;
  for (let at = 0; at < patches.length; at++) defineProperty(patches[at]!.target, patches[at]!.key, patches[at]!.spy);
  isListening = true;
  try {
    result = outcome(call);
  } finally {
    isListening = false;
    for (let at = patches.length - 1; at >= 0; at--) {
      const { target, key, descriptor } = patches[at]!;
      if (descriptor === undefined) deleteProperty(target, key);
      else defineProperty(target, key, descriptor);
    }
  }
  return result;
}

function outcome(call: () => unknown): unknown {
  try {
    return { __proto__: null, result: call() };
  } catch (error) {
    return { __proto__: null, error };
  }
}

/** Options that inherit nothing: what those of code inherit is read, as it is of any object. */
function bare<T extends object>(value: T): T {
  setPrototypeOf(value, null);
  return value;
}

const user = new Variable<unknown>({ name: 'user', defaultValue: 'nobody' });
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const fields = { runId: 'r', correlationId: 'c', parentId: 'p', traceparent, deadline: 5, maxSize: 2_000 };
const variables = { a: 1, text: 'é"', list: [1, [true, null, { deep: -0 }]], 'not a name': { b: undefined } };
const context = new RuntimeContext({ ...fields, variables, protectedKeys: ['kept', 'a'] });
const plain = RuntimeContext.from({ a: 1 });
const captured = user.run('ada', () => new Snapshot());
const getUser = (): unknown => user.get();
function named(this: unknown, first: unknown, second: unknown): unknown {
  return [typeof this, first, second, getUser()];
}
const date = new Date(0);
const long = 'x'.repeat(70_000);
const circular: Record<string, unknown> = {};
circular['self'] = circular;
const bottomless = JSON.parse(`${'{"a":'.repeat(120)}1${'}'.repeat(120)}`) as object;

/** Calls of each member, and what is thrown: `class.member`, as many as it has ways. */
const calls: Readonly<Record<string, readonly (() => unknown)[]>> = {
  'RuntimeContext.constructor': [
    () => new RuntimeContext().keys(),
    () => new RuntimeContext(bare({ ...fields, variables })),
    () => new RuntimeContext(bare({ metadata: variables })),
    () => new RuntimeContext(bare({ unknown: 1 } as never)),
    () => new RuntimeContext(bare({ traceparent: 'x' })),
    () => new RuntimeContext(bare({ deadline: NaN })),
    () => new RuntimeContext(bare({ runId: '' })),
    () => new RuntimeContext(bare({ variables: circular })),
    () => new RuntimeContext(bare({ variables: { bottomless } })),
    () => new RuntimeContext(bare({ variables: { 'not a name': date } })),
    () => new RuntimeContext(bare({ variables: { list: [1n] } })),
    () => new RuntimeContext(bare({ variables: [] as never })),
    () => new RuntimeContext(bare({ variables: { long } })),
  ],
  'RuntimeContext.isRuntimeContext': [
    () => RuntimeContext.isRuntimeContext(context),
    () => RuntimeContext.isRuntimeContext(1),
  ],
  'RuntimeContext.from': [
    () => RuntimeContext.from(context) === context,
    () => RuntimeContext.from({ a: 1 }).variables,
    () => RuntimeContext.from(undefined).variables,
    () => RuntimeContext.from([] as never),
  ],
  'RuntimeContext.fromJSON': [
    () =>
      RuntimeContext.fromJSON(bare({ runId: 'r', correlationId: 'c', variables: { a: 1 }, metadata: {}, traceparent })),
    () => RuntimeContext.fromJSON(1),
    () => RuntimeContext.fromJSON(bare({ runId: 1 })),
  ],
  'context.get': [() => context.get('a'), () => context.get('absent', 2)],
  'context.require': [() => context.require('a'), () => context.require('absent')],
  'context.has': [() => context.has('a'), () => context.has('toString')],
  'context.keys': [() => context.keys()],
  'context.with': [
    () => plain.with({ b: [1, { c: 2 }] }).variables,
    () => plain.with({ a: undefined }).variables,
    () => context.with({ a: 2 }),
    () => context.with([] as never),
  ],
  'context.child': [
    () => context.child().parentId,
    () => context.child(bare({ runId: 'child', deadline: 9, metadata: { step: 1 } })).metadata,
    () => plain.child(bare({ deadline: 9 })).deadline,
  ],
  'context.limitedTo': [
    () => context.limitedTo(bare({ deadline: 1, traceparent })),
    () => plain.limitedTo(bare({})).variables,
  ],
  'context.run': [
    () => context.run(() => getCurrentContext() === context),
    () => plain.run({ b: 2 }, () => getCurrentContext()?.variables),
    () => context.run({ a: 2 }, getUser),
    () => context.run(1 as never),
  ],
  'context.toJSON': [() => context.toJSON(), () => plain.toJSON().variables],
  'Variable.constructor': [
    () => new Variable(bare({ name: 'x', defaultValue: 1 })).get(),
    () => new AsyncContext.Variable().name,
  ],
  'variable.name': [() => user.name],
  'variable.get': [getUser, () => user.run(1, getUser)],
  'variable.run': [() => user.run(1, named, 2, 3), () => user.run(1, () => user.run(2, () => plain.run(getUser)))],
  'Snapshot.constructor': [() => new Snapshot().run(getUser)],
  'Snapshot.wrap': [
    () => user.run(1, () => Snapshot.wrap(named))(2, 3),
    () => Snapshot.wrap(named).name + Snapshot.wrap(named).length,
    () => Snapshot.wrap(1 as never),
  ],
  'snapshot.run': [() => captured.run(named, 2, 3)],
};

const functions: Readonly<Record<string, () => unknown>> = {
  'getCurrentContext, within a context': () => context.run(() => getCurrentContext() === context),
  'getCurrentContext, without one': getCurrentContext,
  'requireCurrentContext, without one': () => requireCurrentContext('`context`'),
  runWithContext: () => runWithContext(context, getCurrentContext) === context,
  'runWithContext, without a context': () => runWithContext(1 as never, getCurrentContext),
};

/** The names of all members of a class, as `calls` has them. */
function membersOf(name: string, type: { readonly prototype: object }, instance: string): string[] {
  const own = ownKeys(type).filter((key) => !['length', 'name', 'prototype'].includes(String(key)));
  const ofInstances = ownKeys(type.prototype).filter((key) => typeof key === 'string' && key !== 'constructor');
  return [
    `${name}.constructor`,
    ...own.map((key) => `${name}.${String(key)}`),
    ...ofInstances.map((key) => `${instance}.${String(key)}`),
  ];
}

describe('F2: what code has of contexts runs none of the built-ins that code has replaced', () => {
  it('calls every member', () => {
    const members = [
      ...membersOf('RuntimeContext', RuntimeContext, 'context'),
      ...membersOf('Variable', Variable, 'variable'),
      ...membersOf('Snapshot', Snapshot, 'snapshot'),
    ];
    expect(Object.keys(calls).sort()).toEqual(members.sort());
  });

  it('notices what is called', () => {
    called = '';
    amongPatches(() => [...'1'].map(String));
    expect(called).toMatch(/^iterator.*next$/m);
    expect(called).toMatch(/\.map$/m);
  });

  it.each([
    ...Object.entries(calls).flatMap(([name, ways]) => ways.map((call) => [name, call] as const)),
    ...Object.entries(functions),
  ])('%s', (_, call) => {
    called = '';
    const result = amongPatches(call);
    expect(called).toBe('');
    expect(comparable(result)).toEqual(comparable(outcome(call)));
  });
});

/** Without what is random: ids that were made for the call. */
function comparable(result: unknown): unknown {
  const { error, result: value } = result as { readonly error?: Error; readonly result?: unknown };
  if (error !== undefined) return `${error.name}: ${error.message}`;
  return JSON.parse(
    JSON.stringify(value ?? null, (key, inner: unknown) => (key === 'runId' || key === 'correlationId' ? key : inner)),
  );
}
