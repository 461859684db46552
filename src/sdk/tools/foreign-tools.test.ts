import { jsonSchema, lazySchema, tool } from '@ai-sdk/provider-utils';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { RuntimeContext } from '../../context/runtime-context.js';
import { ComponentRegistry } from './registry/component-registry.js';
import { ToolService, type ToolServiceOptions } from './tool-service.js';

const city = z.object({ city: z.string() });

/** Registers one tool and calls it as the code of an execution would. */
function caller(
  register: (registry: ComponentRegistry) => void,
  options: ToolServiceOptions = {},
): (name: string, args?: unknown) => Promise<unknown> {
  const registry = new ComponentRegistry();
  register(registry);
  const service = new ToolService(options);
  const context = RuntimeContext.from({ client_id: 'a' });
  service.admit({ context, fileName: 'cell-1.ts', registry: registry.snapshot() });
  return (name, args) => service.callTool({ context: context.toJSON(), callId: 'call-1', name, args });
}

describe('a tool of the AI SDK', () => {
  it('gets its input and the options that it reads', async () => {
    const call = caller((registry) =>
      registry.registerTool(
        'weather',
        tool({
          description: 'Weather',
          inputSchema: city,
          execute: async (input, { toolCallId, abortSignal, messages }) => [
            input.city,
            toolCallId,
            abortSignal?.aborted,
            messages,
          ],
        }),
      ),
    );
    expect(await call('weather', { city: 'Oslo' })).toEqual(['Oslo', 'call-1', false, []]);
    await expect(call('weather', {})).rejects.toMatchObject({ name: 'ToolInputError' });
  });

  it('may have a schema of jsonSchema(), whose validation counts', async () => {
    const validate = (value: unknown) =>
      (value as { city?: unknown }).city === 'Oslo'
        ? ({ success: true, value: { city: 'Bergen' } } as const)
        : ({ success: false, error: new Error('only Oslo') } as const);
    const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } as const;
    const registry = new ComponentRegistry()
      .registerTool(
        'checked',
        tool({ inputSchema: jsonSchema<{ city: string }>(schema, { validate }), execute: (i) => i }),
      )
      .registerTool('plain', tool({ inputSchema: jsonSchema<{ city: string }>(schema), execute: (i) => i }))
      .registerTool('late', tool({ inputSchema: jsonSchema<{ city: string }>(async () => schema), execute: (i) => i }));
    const call = caller((other) =>
      other.registerTools(Object.fromEntries(registry.list('tool').map((name) => [name, registry.get('tool', name)]))),
    );
    expect(await call('checked', { city: 'Oslo' })).toEqual({ city: 'Bergen' });
    await expect(call('checked', { city: 'Rome' })).rejects.toThrow('only Oslo');
    for (const name of ['plain', 'late']) {
      expect(await call(name, { city: 'Rome' })).toEqual({ city: 'Rome' });
      await expect(call(name, { city: 5 })).rejects.toMatchObject({ name: 'ToolInputError' });
    }
    expect(registry.get('tool', 'checked').describe('x').input).toEqual(schema);
    expect(registry.get('tool', 'plain').describe('x').input).toEqual(schema);
    expect(registry.get('tool', 'late').describe('x').input).toBeUndefined();
  });

  it('may have a schema that is made when it is needed', async () => {
    const make = vi.fn(() => jsonSchema<{ city: string }>(z.toJSONSchema(city) as object));
    const call = caller((registry) =>
      registry
        .registerTool('sdk', tool({ inputSchema: lazySchema(make), execute: (input) => input }))
        .registerTool('own', { inputSchema: () => city, execute: (input) => input.city })
        .registerTool('none', { inputSchema: (() => 5) as never, execute: () => 1 }),
    );
    expect(make).not.toHaveBeenCalled();
    expect(await call('sdk', { city: 'Oslo' })).toEqual({ city: 'Oslo' });
    expect(await call('own', { city: 'Oslo' })).toBe('Oslo');
    await expect(call('sdk', { city: 1 })).rejects.toMatchObject({ name: 'ToolInputError' });
    await expect(call('own', { city: 1 })).rejects.toThrow('city');
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await expect(call('none')).rejects.toThrow('Tool "none" failed');
    vi.restoreAllMocks();
  });

  it('gives the last of the values that it yields', async () => {
    const call = caller((registry) =>
      registry.registerTools({
        stream: tool({
          inputSchema: city,
          async *execute() {
            yield 'working';
            yield 'done';
          },
        }),
        empty: { async *execute() {} },
      }),
    );
    expect(await call('stream', { city: 'Oslo' })).toBe('done');
    expect(await call('empty', {})).toBeUndefined();
  });

  it('is stopped between two values when nobody waits for it', async () => {
    let steps = 0;
    let ended = false;
    const call = caller(
      (registry) =>
        registry.registerTool('stream', {
          async *execute() {
            try {
              for (;;) {
                yield (steps += 1);
                await new Promise((resolve) => setTimeout(resolve, 1));
              }
            } finally {
              ended = true;
            }
          },
        }),
      { timeout: 20 },
    );
    await expect(call('stream')).rejects.toMatchObject({ name: 'ToolTimeoutError' });
    await vi.waitFor(() => expect(ended).toBe(true));
    expect(steps).toBeGreaterThan(0);
  });

  it('tells by its own function whether it needs approval', async () => {
    const needsApproval = vi.fn(async (input: { city: string }) => input.city === 'Rome');
    const approve = vi.fn(() => true);
    const call = caller(
      (registry) =>
        registry.registerTool('weather', tool({ inputSchema: city, needsApproval, execute: (i) => i.city })),
      { approve },
    );
    expect(await call('weather', { city: 'Oslo' })).toBe('Oslo');
    expect(approve).not.toHaveBeenCalled();
    expect(await call('weather', { city: 'Rome' })).toBe('Rome');
    expect(approve).toHaveBeenCalledWith(expect.objectContaining({ name: 'weather', args: { city: 'Rome' } }));
    expect(needsApproval).toHaveBeenLastCalledWith(
      { city: 'Rome' },
      expect.objectContaining({ toolCallId: 'call-1', callId: 'call-1', messages: [], name: 'weather' }),
    );
  });

  it('may describe itself by a function', () => {
    const registry = new ComponentRegistry()
      .registerTool('a', { description: () => 'from a function', execute: () => 1 })
      .registerTool('b', {
        description: ({ context }: { context: { lacks: string } }) => context.lacks.trim(),
        title: 'Title',
        execute: () => 1,
      });
    expect(registry.get('tool', 'a').description).toBe('from a function');
    expect(registry.get('tool', 'b').description).toBe('Title');
  });

  it('needs a handler of its own', () => {
    const clientSide = tool({ inputSchema: city, outputSchema: z.string() });
    expect(() => new ComponentRegistry().registerTool('weather', clientSide)).toThrow(/execute/);
  });
});

describe('a tool of an MCP server', () => {
  const listed = {
    name: 'get-weather',
    title: 'Weather',
    description: 'Current weather',
    inputSchema: { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] },
    outputSchema: { type: 'object' as const, properties: { degrees: { type: 'number' } }, required: ['degrees'] },
    annotations: { readOnlyHint: true },
  };
  const answer = { content: [{ type: 'text', text: '{"degrees":7}' }], structuredContent: { degrees: 7 } };

  it.each(['execute', 'handler'])('is taken as it is listed, with %s', async (key) => {
    const registry = new ComponentRegistry().registerTools([{ ...listed, [key]: async () => answer }]);
    expect(registry.snapshot().toolDescriptors()).toEqual([
      {
        name: 'get_weather',
        description: 'Current weather',
        kind: 'async',
        requiredContext: [],
        input: listed.inputSchema,
        output: listed.outputSchema,
      },
    ]);
    const call = caller((other) => other.registerTool('weather', registry.get('tool', 'get-weather')));
    expect(await call('weather', { city: 'Oslo' })).toEqual({ degrees: 7 });
    await expect(call('weather', {})).rejects.toMatchObject({ name: 'ToolInputError' });
  });

  it('gives content without structure as it is', async () => {
    const content = [{ type: 'text', text: 'warm' }];
    const { outputSchema: _, ...definition } = listed;
    const call = caller((registry) =>
      registry.registerTool('weather', { ...definition, execute: () => ({ content }) }),
    );
    expect(await call('weather', { city: 'Oslo' })).toEqual({ content });
  });

  it('an answer that is an error is one in the code', async () => {
    const call = caller((registry) =>
      registry.registerTool('weather', {
        ...listed,
        outputSchema: undefined,
        execute: () => ({ isError: true, content: [{ type: 'text', text: 'no such city' }] }),
      }),
    );
    await expect(call('weather', { city: 'x' })).rejects.toMatchObject({ name: 'ToolError', message: 'no such city' });
  });
});

describe('names of a definition', () => {
  it('execute goes before runWithContext, runAsync and run', async () => {
    const call = caller((registry) =>
      registry.registerTool('x', {
        run: () => 'run',
        runAsync: async () => 'runAsync',
        runWithContext: () => 'runWithContext',
        execute: (_input, { context, registry: seen }) => ['execute', context.get('client_id'), seen.list('tool')],
      }),
    );
    expect(await call('x')).toEqual(['execute', 'a', ['x']]);
  });

  it('execute is called on its object', async () => {
    class Counter {
      count = 1;
      execute(): number {
        return (this.count += 1);
      }
    }
    const call = caller((registry) => registry.registerTool('x', new Counter()));
    expect(await call('x')).toBe(2);
  });

  it.each([
    ['inputSchema', 'input', city],
    ['outputSchema', 'output', city],
    ['needsApproval', 'approval', true],
    ['execute', 'handler', () => 1],
  ])('%s and %s at once are refused', (one, other, value) => {
    const definition = { execute: () => 1, [one]: value, [other]: value };
    expect(() => new ComponentRegistry().registerTool('x', definition as never)).toThrow(
      `Can't register the tool "x": "${one}" and "${other}" are two names of the same option. Pass only one.`,
    );
  });

  it.each([
    ['a class instance', new Date(), 'neither a Standard Schema nor a JSON Schema'],
    ['a text', 'object', 'neither a Standard Schema nor a JSON Schema'],
    ['a record of schemas', { city: z.string() }, 'Make it one schema, for example with z.object({ … })'],
  ])('%s is no schema', (_name, schema, problem) => {
    const definition = { inputSchema: schema, execute: () => 1 } as never;
    expect(() => new ComponentRegistry().registerTool('x', definition)).toThrow(problem);
  });

  it('approval in the old form gets the whole request', async () => {
    const approval = vi.fn(() => true);
    const call = caller((registry) => registry.registerTool('x', { approval, execute: () => 1 }), {
      approve: () => false,
    });
    await expect(call('x', 5)).rejects.toMatchObject({ name: 'ToolDeniedError' });
    expect(approval).toHaveBeenCalledWith(expect.objectContaining({ callId: 'call-1', name: 'x', args: 5 }));
  });

  it('needsApproval alone denies where nobody is asked', async () => {
    const call = caller((registry) => registry.registerTool('x', { needsApproval: true, execute: () => 1 }));
    await expect(call('x')).rejects.toMatchObject({ name: 'ToolDeniedError' });
    expect(() => new ComponentRegistry().registerTool('x', { needsApproval: 1, execute: () => 1 } as never)).toThrow(
      '"needsApproval" must be a boolean or a function, but is 1.',
    );
  });
});
