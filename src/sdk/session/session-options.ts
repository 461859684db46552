import type { JsxOptions } from '../../compiler/jsx/jsx-options.js';
import type { HostApi } from '../../protocol/methods.js';
import type { ImportMap, ModuleMessage, ModuleSource } from '../../protocol/messages/wire.js';
import type { WorkerPool } from '../workers/worker-pool.js';
import type { OpenSessionStorage } from '../checkpoints/session-storage.js';
import type { Limits } from '../limits.js';
import type { ComponentRegistry } from '../tools/registry/component-registry.js';
import type { ToolServiceOptions } from '../tools/tool-service.js';
import type { TraceLog } from '../traces/trace-log.js';
import type { SessionState } from '../types.js';

/** Options that a session gets from its Codemode. */
export interface SessionOptions {
  readonly name: string;
  readonly pool: WorkerPool;
  readonly registry: ComponentRegistry;
  readonly limits: Limits;
  readonly config: Readonly<Record<string, unknown>>;
  readonly importMap: ImportMap;
  readonly baseUrl: string;
  readonly jsx: JsxOptions | undefined;
  readonly tools: Omit<ToolServiceOptions, 'onCall'>;
  readonly loadModule: (message: ModuleMessage) => Promise<ModuleSource>;
  readonly loadPart: HostApi['loadPart'];
  /** Where the checkpoint outlives the page. @default nowhere */
  readonly storage?: OpenSessionStorage | undefined;
  /** Where traces of executions are kept. @default they are not made */
  readonly traces?: TraceLog | undefined;
  /** Called at each change of state, before its event. */
  readonly onState?: (state: SessionState) => void;
  /** Called with each result, before its event. */
  readonly onResult?: () => void;
}
