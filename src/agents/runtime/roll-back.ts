import { RuntimeContext } from '../../context/runtime-context.js';
import type { RegistryView, RevertToolCall } from '../../sdk/index.js';
import type { AgentCall } from './agent-outcome.js';
import type { AgentStore, StoredExecution } from './agent-store.js';
import { callOf } from './call-log.js';

/** What became of the calls of an execution that was rolled back, the newest first. */
export interface Rollback {
  readonly reverted: readonly AgentCall[];
  /** Calls whose tools can't undo them. */
  readonly kept: readonly AgentCall[];
  readonly failed: readonly (AgentCall & { readonly reason: string })[];
}

/** Undoes what can be undone, the newest call first. A call is undone once. */
export async function rollBack(record: StoredExecution, registry: RegistryView, store: AgentStore): Promise<Rollback> {
  const rollback: Record<'reverted' | 'kept', AgentCall[]> & { failed: (AgentCall & { reason: string })[] } = {
    reverted: [],
    kept: [],
    failed: [],
  };
  const context = RuntimeContext.from(record.context);
  for (const call of record.log.calls.toReversed()) {
    if (call.answer?.ok !== true || call.state !== 'succeeded') continue;
    const key = registry.keyOf('tool', call.name);
    const revert = key === undefined ? undefined : registry.get('tool', key).revert;
    if (revert === undefined) {
      rollback.kept.push(callOf(call));
      continue;
    }
    try {
      await (revert as (...given: Parameters<RevertToolCall>) => unknown)(
        call.args as never,
        call.answer.value as never,
        { context },
      );
      call.state = 'reverted';
      await store.save(record);
      rollback.reverted.push(callOf(call));
    } catch (error) {
      rollback.failed.push({ ...callOf(call), reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return rollback;
}
