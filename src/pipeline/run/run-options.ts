import type { Catalog } from '../catalog/catalog.js';
import type { Executor } from '../context/run-context.js';
import type { RunLogStore } from '../run-log/run-log-store.js';
import type { SecretSource } from '../secrets/secrets.js';
import type { Serializer } from '../serializers/serializer.js';
import type { Codemode } from '../../sdk/codemode.js';
import type { ContextInput } from '../../sdk/types.js';

/** What a run works with. */
export interface PipelineRunOptions {
  /** Runs the cells. @default none: a task with code fails */
  readonly codemode?: Codemode | undefined;
  /** Keeps the log. @default one in memory, for this run */
  readonly runLogStore?: RunLogStore | undefined;
  /** Keeps data. @default one in memory, for this run */
  readonly catalog?: Catalog | undefined;
  /** By name, a function, or a store. @default none */
  readonly secrets?: SecretSource | undefined;
  /** Turns parameters into text for the log and the catalog. @default structuredSerializer */
  readonly serializer?: Serializer | undefined;
  /** Runs the tasks. @default realmExecutor */
  readonly executor?: Executor | undefined;
  /** Tasks that run at a time. @default Infinity */
  readonly concurrency?: number | undefined;
  /** Variables of the contexts that tools see. @default the current context, if there is one */
  readonly context?: ContextInput | undefined;
  /** Aborting it cancels the run. */
  readonly signal?: AbortSignal | undefined;
  /** Characters of a parameter that the log keeps; longer ones are kept in the catalog while the run has not succeeded. @default 65,536 */
  readonly inlineLimit?: number | undefined;
  /** Milliseconds that a stopped function has to end before the run goes on without it. @default 500 */
  readonly stopGrace?: number | undefined;
}

/** How a run is started. */
export interface StartOptions<Needs = Readonly<Record<string, unknown>>> extends PipelineRunOptions {
  /** What the steps begin with. */
  readonly parameters?: Needs | undefined;
  /** 1 to 200 characters; of its own in the run log store. @default 32 random hex digits */
  readonly runId?: string | undefined;
  /** A word of your own about the run. */
  readonly tag?: string | undefined;
}
