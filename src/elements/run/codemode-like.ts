import type { Codemode } from '../../sdk/index.js';
import type { TraceSource } from '../../sdk/traces/page-traces.js';
import type { SessionLike } from '../../sdk/types.js';

/** The tools for the editor. */
export type ToolRegistry = Pick<Codemode['registry'], 'snapshot' | 'subscribe'>;

/** The subset of `Codemode` that the elements use. */
export interface CodemodeLike extends Partial<TraceSource> {
  readonly registry: ToolRegistry;
  session(name: string): SessionLike;
  close(): Promise<void>;
}
