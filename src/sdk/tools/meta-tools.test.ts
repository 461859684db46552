import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RuntimeContext } from '../../context/runtime-context.js';
import { defineTool } from './define-tool.js';
import { describeTool, listTools, registerMetaTools } from './meta-tools.js';
import { ComponentRegistry } from './registry/component-registry.js';
import { ToolService } from './tool-service.js';

const registry = new ComponentRegistry()
  .registerTool(
    'weather',
    defineTool({
      description: 'Current weather of a city',
      input: z.object({ city: z.string() }),
      output: z.object({ temperature: z.number() }),
      requiredContext: ['client_id'],
      runWithContext: () => ({ temperature: 3 }),
    }),
  )
  .registerTool('long', { description: `${'x'.repeat(499)}😀${'y'.repeat(600)}`, run: () => 1 });
registerMetaTools(registry);

describe('A15 meta-tools', () => {
  it('A15 list and describe tools of a namespace by their paths', () => {
    const snapshot = new ComponentRegistry().registerTools('git-hub', { 'create-issue': () => 1 }).snapshot();
    expect(listTools(snapshot).map(({ name }) => name)).toEqual(['git_hub.create_issue']);
    for (const name of ['git-hub.create-issue', 'git_hub.create_issue'])
      expect(describeTool(snapshot, name).name).toBe('git_hub.create_issue');
  });

  it('A15 list name, description, schemas, kind and required context', () => {
    expect(listTools(registry.snapshot())[0]).toEqual({
      name: 'weather',
      description: 'Current weather of a city',
      kind: 'context',
      requiredContext: ['client_id'],
      input: expect.objectContaining({ type: 'object', required: ['city'] }) as unknown,
      output: expect.objectContaining({ type: 'object', required: ['temperature'] }) as unknown,
    });
    expect(listTools(registry.snapshot()).map(({ name }) => name)).toEqual([
      'weather',
      'long',
      'list_tools',
      'describe_tool',
    ]);
  });

  it('A15 cut descriptions at 500 characters, and not within one', () => {
    expect(describeTool(registry.snapshot(), 'long').description).toBe('x'.repeat(499));
    const exact = new ComponentRegistry().registerTool('a', { description: 'x'.repeat(501), run: () => 1 });
    expect(describeTool(exact.snapshot(), 'a').description).toHaveLength(500);
  });

  it('A15 are tools themselves, and see what their caller sees', async () => {
    const service = new ToolService();
    const context = new RuntimeContext();
    service.admit({ context, fileName: 'cell-1.ts', registry: registry.snapshot() });
    const call = (name: string, args?: unknown): Promise<unknown> =>
      service.callTool({ context: context.toJSON(), callId: name, name, args });
    const later = registry.registerTool('later', () => 1);
    expect(await call('list_tools')).toEqual(listTools(registry.snapshot()).filter(({ name }) => name !== 'later'));
    expect(await call('describe_tool', { name: 'weather' })).toMatchObject({ name: 'weather' });
    await expect(call('describe_tool', { name: 'weahter' })).rejects.toMatchObject({
      name: 'ComponentNotFoundError',
      nearest: 'weather',
    });
    later.unregister('tool', 'later');
  });
});
