import type { Codemode } from '../../sdk/index.js';
import type { SessionLike } from '../../sdk/types.js';

/** The tools that the editor has to know. */
export type ToolRegistry = Pick<Codemode['registry'], 'snapshot' | 'subscribe'>;

/** What the elements need of a `Codemode`; `Codemode` is one. */
export interface CodemodeLike {
  readonly registry: ToolRegistry;
  session(name: string): SessionLike;
  close(): Promise<void>;
}
