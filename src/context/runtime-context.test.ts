import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContextKeyError, ContextValueError } from './errors.js';
import { RuntimeContext } from './runtime-context.js';
import { parseTraceparent } from './traceparent.js';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

function failure<E>(type: abstract new (...args: never[]) => E, fn: () => unknown): E {
  try {
    fn();
  } catch (error) {
    expect(error).toBeInstanceOf(type);
    return error as E;
  }
  throw new Error('Expected a failure, but there was none.');
}

describe('A6 RuntimeContext', () => {
  it('A6 reads variables: get, fallback, require, has, keys', () => {
    const context = new RuntimeContext({ variables: { client_id: 'a', zero: 0 }, metadata: { team: 'x' } });
    expect(context.get('client_id')).toBe('a');
    expect(context.get('zero', 5)).toBe(0);
    expect(context.get('other')).toBeUndefined();
    expect(context.get('other', 'fallback')).toBe('fallback');
    expect(context.require('client_id')).toBe('a');
    expect(context.has('team')).toBe(false);
    expect(context.has('constructor')).toBe(false);
    expect(context.get('toString')).toBeUndefined();
    expect(context.keys()).toEqual(['client_id', 'zero']);
    expect(context.metadata).toEqual({ team: 'x' });
  });

  it('A6 require of a missing variable names the key and the keys there are', () => {
    const error = failure(ContextKeyError, () => RuntimeContext.from({ region: 'eu' }).require('client_id'));
    expect(error.key).toBe('client_id');
    expect(error.available).toEqual(['region']);
    expect(error.message).toContain('"client_id"');
    expect(error.message).toContain('region');
  });

  it('A6 is deeply immutable and keeps no tie to what it was made of', () => {
    const source = { user: { tags: ['x'] } };
    const context = RuntimeContext.from(source);
    source.user.tags.push('y');
    expect(context.get('user')).toEqual({ tags: ['x'] });
    expect(() => context.require<{ tags: string[] }>('user').tags.push('z')).toThrow(TypeError);
    expect(() => Object.assign(context, { runId: 'other' })).toThrow(TypeError);
    expect(() => Object.assign(context.variables, { user: 1 })).toThrow(TypeError);
  });

  it('A6 with(more) gives another context of the same run, and removes what is undefined', () => {
    const context = RuntimeContext.from({ a: 1, b: 2 });
    const other = context.with({ b: undefined, c: 3 });
    expect(other.variables).toEqual({ a: 1, c: 3 });
    expect(other.runId).toBe(context.runId);
    expect(context.variables).toEqual({ a: 1, b: 2 });
  });

  it('A6 refuses to replace what the host protects, also in contexts made from it', () => {
    const context = new RuntimeContext({ variables: { client_id: 'a' }, protectedKeys: ['client_id'] });
    for (const derived of [context, context.with({ step: 1 }), context.child()]) {
      expect(failure(ContextKeyError, () => derived.with({ client_id: 'b' })).message).toContain('set by the host');
      expect(failure(ContextKeyError, () => derived.run({ client_id: undefined }, () => 1)).key).toBe('client_id');
    }
  });

  it('A6 JSON round trip gives an equal context', () => {
    const json = fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__')),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(json, json, (variables, metadata) => {
        const context = new RuntimeContext({ variables, metadata, traceparent, deadline: 1234, parentId: 'p' });
        const back = RuntimeContext.fromJSON(JSON.parse(JSON.stringify(context)));
        expect(back.toJSON()).toEqual(context.toJSON());
        expect(JSON.stringify(back)).toBe(JSON.stringify(context));
      }),
    );
  });

  it('A6 from takes a context, variables or nothing, and refuses the rest', () => {
    const context = new RuntimeContext();
    expect(RuntimeContext.from(context)).toBe(context);
    expect(RuntimeContext.from({ a: 1 }).variables).toEqual({ a: 1 });
    expect(RuntimeContext.from(undefined).keys()).toEqual([]);
    for (const input of ['a', 1, null, [], new Map(), Object.create(RuntimeContext.prototype)]) {
      expect(() => RuntimeContext.from(input as never)).toThrow(TypeError);
    }
  });

  it('A6 the constructor points out variables given where parts are expected', () => {
    expect(() => new RuntimeContext({ client_id: 'a' } as never)).toThrow('RuntimeContext.from({ client_id: … })');
  });

  it('A6 child has its own run id, the same correlation id and trace, and the earlier deadline', () => {
    const { signal } = new AbortController();
    const parent = new RuntimeContext({ variables: { a: 1 }, correlationId: 'c', traceparent, deadline: 500, signal });
    const child = parent.child({ deadline: 900, metadata: { cell: 3 } });
    expect(child.runId).not.toBe(parent.runId);
    expect(child).toMatchObject({
      parentId: parent.runId,
      correlationId: 'c',
      deadline: 500,
      signal,
      metadata: { cell: 3 },
    });
    expect(parseTraceparent(child.traceparent ?? '')?.traceId).toBe(parseTraceparent(traceparent)?.traceId);
    expect(child.traceparent).not.toBe(traceparent);
    expect(parent.child({ deadline: 100 }).deadline).toBe(100);
  });

  it('A6 each context has a run id of its own', () => {
    const ids = Array.from({ length: 100 }, () => new RuntimeContext().runId);
    expect(new Set(ids).size).toBe(100);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  });
});

describe('A6 what a context may hold', () => {
  const circular: { self?: unknown } = {};
  circular.self = circular;
  const deep = JSON.parse('['.repeat(200) + ']'.repeat(200)) as unknown;

  it.each([
    ['a function', { user: { greet: () => 1 } }, 'variables.user.greet'],
    ['a symbol', { list: [1, Symbol('x')] }, 'variables.list[1]'],
    ['a date', { at: new Date(0) }, 'variables.at'],
    ['a map', { 'my key': new Map() }, 'variables["my key"]'],
    ['a bigint', { big: 1n }, 'variables.big'],
    ['not a number', { n: Number.NaN }, 'variables.n'],
    ['an instance', { user: new (class User {})() }, 'variables.user'],
    ['undefined in a list', { list: [undefined] }, 'variables.list[0]'],
    ['a cycle', { circular }, 'variables.circular.self'],
    ['a polluting name', JSON.parse('{ "user": { "__proto__": 1 } }'), 'variables.user.__proto__'],
    ['deep nesting', { deep }, `variables.deep${'[0]'.repeat(99)}`],
  ])('A6 refuses %s by its path', (_name, variables: Record<string, unknown>, path) => {
    expect(failure(ContextValueError, () => RuntimeContext.from(variables)).path).toBe(path);
  });

  it('A6 refuses more than 65,536 characters of JSON, and counts exactly', () => {
    const rest = '{"v":""}'.length + '{}'.length;
    expect(() => RuntimeContext.from({ v: 'x'.repeat(65_536 - rest) })).not.toThrow();
    const error = failure(ContextValueError, () => RuntimeContext.from({ v: 'x'.repeat(65_536) }));
    expect(error.path).toBe('variables.v');
    expect(error.message).toContain('65536');
  });

  it('A6 counts what JSON text takes', () => {
    fc.assert(
      fc.property(
        fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__')),
        (value) => {
          const size = JSON.stringify({ value }).length + '{}'.length;
          const variables = JSON.parse(JSON.stringify({ value })) as Record<string, unknown>;
          expect(() => new RuntimeContext({ variables, maxSize: size })).not.toThrow();
          expect(() => new RuntimeContext({ variables, maxSize: size - 1 })).toThrow(ContextValueError);
        },
      ),
    );
  });

  it.each([
    ['runId', { runId: '' }],
    ['correlationId', { correlationId: 'x'.repeat(201) }],
    ['traceparent', { traceparent: '00-0-0-00' }],
    ['deadline', { deadline: Number.POSITIVE_INFINITY }],
  ])('A6 refuses a wrong %s', (field, init) => {
    expect(failure(ContextValueError, () => new RuntimeContext(init)).path).toBe(field);
  });
});
