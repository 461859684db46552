import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../limits.js';
import { ComponentRegistry } from '../tools/registry/component-registry.js';
import type { ExecuteOptions } from '../types.js';
import { CellNames } from './cell-names.js';
import { HostExecution } from './host-execution.js';

const make = (options: ExecuteOptions, registry = new ComponentRegistry().snapshot()): HostExecution =>
  new HostExecution('1', options, {
    name: 's',
    traces: undefined,
    registry,
    limits: defaultLimits,
    cellNames: new CellNames(),
  });

describe('an execution on the host', () => {
  it('takes the run id it is given, so that a caller knows whose output is whose while it runs', () => {
    expect(make({ runId: 'cell-of-mine' }).runId).toBe('cell-of-mine');
  });

  it('makes up a run id otherwise, another each time', () => {
    expect(new Set([1, 2].map(() => make({}).runId)).size).toBe(2);
  });

  it('is exclusive if it may be rolled back', () => {
    expect(make({}).exclusive).toBe(false);
    expect(make({ transaction: 'rollback' }).exclusive).toBe(true);
    expect(make({ transaction: 'commit', exclusive: true }).exclusive).toBe(true);
  });

  it('E13 sends the names of tools alone: schemas of a thousand tools would cost each execution more than its code', () => {
    const inputSchema = (): never => {
      throw new Error('A schema was made.');
    };
    const tools = { create: { inputSchema, execute: () => 1 } };
    const registry = new ComponentRegistry().registerTools('issues', tools).snapshot();
    expect(make({}, registry).message(false).tools).toEqual(['issues.create']);
  });
});
