import { makePreview } from '../../protocol/previews/make-preview.js';
import type { ToolCallDetail } from '../../sdk/types.js';
import type { RunBadge, ShownCall, ToolItem } from '../console/console-item.js';
import type { ConsoleLog } from '../console/console-log.js';
import './tool-call.js';

/** Calls under way whose rows are kept for their end. */
const maxCalls = 2_000;

/** The rows of a session's tool calls: one row for each call, from its begin to its end. */
export class ShownCalls {
  readonly #underWay = new Map<string, ToolItem>();

  /** Shows a step of a call in the log of its run. */
  show(detail: ToolCallDetail, log: ConsoleLog, run: RunBadge | undefined): void {
    const key = `${detail.runId} ${detail.callId}`;
    const item = this.#underWay.get(key);
    const call: ShownCall = { ...item?.call, ...shown(detail) };
    if (item === undefined) {
      const added = log.add({ kind: 'tool', call, ...(run && { run }) });
      if (detail.phase === 'started') this.#underWay.set(key, added as ToolItem);
      const [oldest] = this.#underWay.keys();
      if (this.#underWay.size > maxCalls && oldest !== undefined) this.#underWay.delete(oldest);
      return;
    }
    log.updateCall(item, call);
    if (detail.phase !== 'started') this.#underWay.delete(key);
  }
}

/** What is known after a step: values as they are now, since code and tools may change them later. */
function shown({ name, phase, args, result, error, duration }: ToolCallDetail): ShownCall {
  return {
    name,
    phase,
    ...(phase === 'started' && { args: makePreview(args) }),
    ...(phase === 'succeeded' && { result: makePreview(result) }),
    ...(error && { error: `${error.name}: ${error.message}` }),
    ...(duration !== undefined && { duration }),
  };
}
