import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../limits.js';
import { CellNames } from './cell-names.js';
import { prepareExecution } from './prepare-execution.js';
import { ComponentRegistry } from '../tools/registry/component-registry.js';

const registry = new ComponentRegistry().snapshot();

describe('what an execution is called', () => {
  it('takes the run id it is given, so that a caller knows whose output is whose while it runs', () => {
    expect(prepareExecution('1', { runId: 'cell-of-mine' }, registry, defaultLimits, new CellNames()).runId).toBe(
      'cell-of-mine',
    );
  });

  it('makes one up otherwise, another each time', () => {
    const ids = [1, 2].map(() => prepareExecution('1', {}, registry, defaultLimits, new CellNames()).runId);
    expect(new Set(ids).size).toBe(2);
  });
});
