import { dynamicTool, jsonSchema, lazySchema, tool } from '@ai-sdk/provider-utils';
import * as v from 'valibot';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { RuntimeContext } from '../../context/runtime-context.js';
import { defineTool } from './define-tool.js';
import { ComponentRegistry } from './registry/component-registry.js';
import type { NeedsApprovalOptions, RegistryView, ToolCallOptions } from './tool-definition.js';
import type { Tool, ToolLike } from './tool.js';

const city = z.object({ city: z.string() });

/** Tools of the AI SDK in each form that it has. */
const foreign = {
  plain: tool({
    description: 'Weather',
    inputSchema: city,
    execute: async (input, { toolCallId, abortSignal, messages }) => ({ ...input, toolCallId, abortSignal, messages }),
  }),
  wrapped: tool({ inputSchema: jsonSchema<{ city: string }>({ type: 'object' }), execute: (input) => input.city }),
  lazy: tool({
    inputSchema: lazySchema(() => jsonSchema<{ city: string }>({ type: 'object' })),
    execute: (input) => input,
  }),
  asks: tool({ inputSchema: city, needsApproval: async (input) => input.city === 'x', execute: () => 1 }),
  dynamic: dynamicTool({ description: 'x', inputSchema: z.object({}), execute: async () => 1 }),
  stream: tool({
    inputSchema: city,
    async *execute(input) {
      yield input.city;
      yield '2';
    },
  }),
};

describe('types of tools', () => {
  const registry = new ComponentRegistry();

  it('the input comes from a Standard Schema', () => {
    registry.registerTool('zod', {
      inputSchema: z.object({ city: z.string(), days: z.number().default(1), at: z.string().transform(Number) }),
      execute: (input) => expectTypeOf(input).toEqualTypeOf<{ city: string; days: number; at: number }>(),
    });
    registry.registerTool('valibot', {
      inputSchema: v.object({ city: v.string(), days: v.optional(v.number()) }),
      execute: (input) => expectTypeOf(input).toEqualTypeOf<{ city: string; days?: number | undefined }>(),
    });
    registry.registerTool('old', {
      input: city,
      run: (input) => expectTypeOf(input).toEqualTypeOf<{ city: string }>(),
    });
  });

  it('the input comes from JSON Schema without `as const`', () => {
    registry.registerTool('json', {
      inputSchema: {
        type: 'object',
        properties: { city: { type: 'string' }, unit: { enum: ['c', 'f'] }, days: { type: 'integer' } },
        required: ['city', 'unit'],
      },
      execute: async (input) => {
        expectTypeOf(input.city).toEqualTypeOf<string>();
        expectTypeOf(input.unit).toEqualTypeOf<'c' | 'f'>();
        expectTypeOf(input.days).toEqualTypeOf<number | undefined>();
      },
    });
  });

  it('the input comes from a schema of the AI SDK, or one that is made late', () => {
    registry.registerTool('wrapped', {
      inputSchema: jsonSchema<{ city: string }>({ type: 'object' }),
      execute: (input) => expectTypeOf(input).toEqualTypeOf<{ city: string }>(),
    });
    registry.registerTool('late', {
      inputSchema: () => city,
      execute: (input) => expectTypeOf(input).toEqualTypeOf<{ city: string }>(),
    });
  });

  it('without a schema the input is unknown', () => {
    registry.registerTool('unknown', { execute: (input) => expectTypeOf(input).toBeUnknown() });
  });

  it('the options have what the call is', () => {
    registry.registerTool('options', {
      inputSchema: city,
      needsApproval: (input, options) => {
        expectTypeOf(input).toEqualTypeOf<{ city: string }>();
        expectTypeOf(options).toEqualTypeOf<NeedsApprovalOptions>();
        return true;
      },
      execute: (_input, options) => {
        expectTypeOf(options).toEqualTypeOf<ToolCallOptions>();
        expectTypeOf(options.context).toEqualTypeOf<RuntimeContext>();
        expectTypeOf(options.signal).toEqualTypeOf<AbortSignal>();
        expectTypeOf(options.call).toBeCallableWith('github.createIssue', {});
        expectTypeOf(options.registry).toEqualTypeOf<RegistryView>();
      },
    });
  });

  it('each tool of a set has its own input', () => {
    const tools = {
      weather: { inputSchema: city, execute: (input: { city: string }) => input.city },
    };
    registry.registerTools('typed', tools);
    registry.registerTools({
      first: { inputSchema: city, execute: (input) => expectTypeOf(input).toEqualTypeOf<{ city: string }>() },
      second: {
        inputSchema: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
        execute: async ({ n }, { context }) => [n.toFixed(), context.get('x')],
      },
      third: () => 1,
      fourth: defineTool(() => 1),
      fifth: foreign.plain,
      sixth: { input: city, run: (input) => input.city.length },
    });
    registry.registerTools('listed', [
      { name: 'x', inputSchema: city, execute: () => 1 },
      { name: 'y', description: 'As MCP has it', inputSchema: { type: 'object' }, annotations: {}, execute: () => 1 },
    ]);
  });

  it('tools of the AI SDK are taken as they are', () => {
    for (const [name, each] of Object.entries(foreign)) registry.registerTool(`foreign ${name}`, each);
    registry.registerTool('a', foreign.plain).registerTool('b', foreign.wrapped).registerTool('c', foreign.stream);
    registry.registerTool('d', foreign.asks).registerTool('e', foreign.lazy).registerTool('f', foreign.dynamic);
    registry.registerTools('foreign', foreign);
    expectTypeOf(defineTool(foreign.plain)).toEqualTypeOf<Tool>();
    expectTypeOf(registry.get('tool', 'a')).toEqualTypeOf<Tool>();
    const any: ToolLike = () => 1;
    registry.registerTool('any', any as ToolLike);
  });

  it('wrong types are refused', () => {
    const text = z.string();
    const refused = [
      // @ts-expect-error The schema has a text.
      () => registry.registerTool('w', { inputSchema: city, execute: (input: { city: number }) => input }),
      // @ts-expect-error The output is a text.
      () => registry.registerTool('w', { inputSchema: city, outputSchema: text, execute: ({ city: c }) => c.length }),
      // @ts-expect-error The output is a text.
      () => registry.registerTool('w', { outputSchema: text, execute: async () => 5 }),
      // @ts-expect-error There is no such property.
      () => registry.registerTool('w', { inputSchema: city, execute: ({ town }) => town }),
      // @ts-expect-error There is no such property.
      () => registry.registerTools({ one: { inputSchema: city, execute: ({ town }) => town } }),
      // @ts-expect-error No description is a number.
      () => registry.registerTool('w', { description: 5, execute: () => 1 }),
      // @ts-expect-error No schema is a text.
      () => registry.registerTool('w', { inputSchema: 'no', execute: () => 1 }),
      // @ts-expect-error Approval is a boolean or a function.
      () => registry.registerTool('w', { needsApproval: 'yes', execute: () => 1 }),
      // @ts-expect-error There is no such option.
      () => registry.registerTool('w', { descriptoin: 'x', execute: () => 1 }),
      // @ts-expect-error A number is no tool.
      () => registry.registerTool('w', 5),
      // @ts-expect-error A number is no tool.
      () => registry.registerTools({ one: 5 }),
      // @ts-expect-error A definition in a list needs a name.
      () => registry.registerTools([{ execute: () => 1 }]),
    ];
    expect(refused).toHaveLength(12);
  });
});
