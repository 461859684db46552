import type { ContextInput } from '../../sdk/index.js';
import { describeRegistry } from '../discovery/discovery-tools.js';
import type { AgentRuntime } from '../runtime/agent-runtime.js';
import type { CutOptions } from '../runtime/cut-value.js';

/** Options of all adapters. */
export interface AdapterOptions extends CutOptions {
  /** @default 'run_code' */
  readonly name?: string;
  /** What the tool does, before the list of tools that the code can call. */
  readonly description?: string;
  /** Context of the code. @default the one of the framework's call, where it has one */
  readonly context?: ContextInput | (() => ContextInput | undefined);
}

export const defaultName = 'run_code';

const defaultDescription =
  'Runs TypeScript in a sandbox that keeps its variables between calls. Call tools in the code with await, several in one run; ' +
  'filter their results there, and end with the value that you need.';

/** Read when it is needed, so that it names the tools of that moment. */
export function descriptionOf({ codemode }: AgentRuntime, description = defaultDescription): string {
  return `${description}\n\n${describeRegistry(codemode.registry.snapshot())}`;
}

/** @param given what a framework passes to its tools as their context */
export function contextOf({ context }: AdapterOptions, given?: unknown): ContextInput | undefined {
  const own = typeof context === 'function' ? context() : context;
  if (own !== undefined || typeof given !== 'object' || given === null) return own;
  // Frameworks pass whatever the host gave them; only plain data can be a variable.
  const data = Object.entries(given).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
  return data.length === 0 ? undefined : Object.fromEntries(data);
}
