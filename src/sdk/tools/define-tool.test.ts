import * as v from 'valibot';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { RuntimeContext } from '../../context/runtime-context.js';
import { defineTool } from './define-tool.js';
import { InvalidComponentError } from '../errors/component-errors.js';
import { ComponentRegistry } from './registry/component-registry.js';
import type { ToolInvocation } from './tool-definition.js';
import { Tool, type ToolLike } from './tool.js';

const invocation: ToolInvocation = {
  callId: 'call-1',
  context: RuntimeContext.from({ client_id: 'a' }),
  signal: new AbortController().signal,
  registry: new ComponentRegistry().snapshot(),
  call: () => Promise.reject(new Error('not expected')),
};

describe('A13 kinds of tools', () => {
  it.each<[string, ToolLike, string]>([
    ['a function', () => 1, 'sync'],
    ['an async function', async () => 1, 'async'],
    ['run', { run: () => 1 }, 'sync'],
    ['an async run', { run: async () => 1 }, 'async'],
    ['runAsync', { runAsync: async () => 1, run: () => 1 }, 'async'],
    ['runWithContext', { runWithContext: () => 1, runAsync: async () => 1, run: () => 1 }, 'context'],
  ])('A13 tells the kind of %s', (_name, tool, kind) => {
    expect(Tool.from(tool).kind).toBe(kind);
    expect(Tool.from(tool).describe('x').kind).toBe(kind);
  });

  it('A13 runWithContext wins, then runAsync, then run', async () => {
    const run = (): string => 'run';
    const runAsync = (): Promise<string> => Promise.resolve('runAsync');
    const runWithContext = (_args: unknown, context: RuntimeContext): unknown => context.get('client_id');
    expect(defineTool({ run, runAsync, runWithContext }).invoke(1, invocation)).toBe('a');
    expect(await defineTool({ run, runAsync }).invoke(1, invocation)).toBe('runAsync');
    expect(defineTool({ run }).invoke(1, invocation)).toBe('run');
  });

  it('A13 calls with the arguments and the invocation, and methods on their object', () => {
    expect(Tool.from((args: never, call: ToolInvocation) => [args, call.callId]).invoke('x', invocation)).toEqual([
      'x',
      'call-1',
    ]);
    class Counter {
      count = 41;
      run(): number {
        this.count += 1;
        return this.count;
      }
    }
    expect(Tool.from(new Counter()).invoke(undefined, invocation)).toBe(42);
  });

  it('A13 takes a tool as it is', () => {
    const tool = defineTool(() => 1);
    expect(Tool.from(tool)).toBe(tool);
  });

  it.each<[string, unknown, string]>([
    ['an object without a handler', { description: 'x' }, 'runWithContext, runAsync, run'],
    ['a number', 5, 'expected a function'],
    ['nothing', undefined, 'expected a function'],
    ['a strange schema', { run: () => 1, input: 'string' }, '"input"'],
    ['strange requirements', { run: () => 1, requiredContext: 'client_id' }, '"requiredContext"'],
    ['a negative timeout', { run: () => 1, timeout: -1 }, '"timeout"'],
  ])('A5 refuses %s', (_name, definition, problem) => {
    expect(() => defineTool(definition as never)).toThrow(InvalidComponentError);
    expect(() => defineTool(definition as never)).toThrow(problem);
  });

  it('A6 lists the context that it requires', () => {
    expect(defineTool({ requiredContext: ['client_id'], run: () => 1 }).describe('x').requiredContext).toEqual([
      'client_id',
    ]);
  });
});

describe('types of handlers', () => {
  it('come from a Standard Schema, after its transformations', () => {
    defineTool({
      input: z.object({ city: z.string(), days: z.coerce.number() }),
      output: z.object({ temperature: z.number() }),
      run({ city, days }) {
        expectTypeOf(city).toEqualTypeOf<string>();
        expectTypeOf(days).toEqualTypeOf<number>();
        return { temperature: 3 };
      },
    });
    defineTool({
      input: v.object({
        at: v.pipe(
          v.string(),
          v.transform((text) => new Date(text)),
        ),
      }),
      runWithContext({ at }, context) {
        expectTypeOf(at).toEqualTypeOf<Date>();
        expectTypeOf(context).toEqualTypeOf<RuntimeContext>();
      },
    });
  });

  it('come from JSON Schema that is written in place', () => {
    defineTool({
      input: {
        type: 'object',
        properties: {
          city: { type: 'string' },
          unit: { enum: ['c', 'f'] },
          days: { type: 'array', items: { type: 'integer' } },
          note: { type: ['string', 'null'] },
        },
        required: ['city', 'unit'],
      },
      run(args) {
        expectTypeOf(args).toEqualTypeOf<{
          readonly city: string;
          readonly unit: 'c' | 'f';
          readonly days?: number[];
          readonly note?: string | null;
        }>();
      },
    });
  });

  it('may be annotated where there is no schema', () => {
    defineTool({ run: ({ a }: { a: number }) => a });
    defineTool(({ a }: { a: number }) => a);
    new ComponentRegistry()
      .registerTool('x', ({ a }: { a: number }) => a)
      .registerTool('y', { run: ({ a }: { a: number }) => a });
  });
});
