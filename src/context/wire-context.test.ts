import { describe, expect, it } from 'vitest';
import { ContextKeyError } from './errors.js';
import { RuntimeContext } from './runtime-context.js';
import { fromWireContext, mergeAdditions, toWireContext } from './wire-context.js';

const context = new RuntimeContext({
  variables: { client_id: 'a' },
  metadata: { page: '/guide' },
  parentId: 'p',
  deadline: 99,
  correlationId: 'c',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
});

describe('wire context', () => {
  it('A6 comes out of the wire as it went in', () => {
    const sent = structuredClone(toWireContext(context));
    expect(fromWireContext(sent).toJSON()).toEqual(context.toJSON());
    expect(toWireContext(new RuntimeContext({ runId: 'r' }))).toEqual({
      runId: 'r',
      correlationId: 'r',
      variables: {},
      metadata: {},
    });
  });

  it('A6 in the worker it has the signal of its execution, and variables that code can add to but not replace', () => {
    const { signal } = new AbortController();
    const received = fromWireContext(toWireContext(context), { signal, replaceable: false });
    expect(received.signal).toBe(signal);
    expect(received.with({ step: 1 }).get('step')).toBe(1);
    expect(() => received.with({ client_id: 'b' })).toThrow(ContextKeyError);
  });

  it('A6 additions of code count where they are allowed, and never replace what the host has', () => {
    const received = { variables: { client_id: 'evil', step: 1, admin: true } };
    expect(mergeAdditions(context, received, new Set(['client_id', 'step'])).variables).toEqual({
      client_id: 'a',
      step: 1,
    });
    expect(mergeAdditions(context, received, new Set())).toBe(context);
  });
});
