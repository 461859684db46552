import { RuntimeContext } from '../context/runtime-context.js';
import type { ImportMap } from '../protocol/wire.js';
import type { SandboxOptions } from './workers/connect-sandbox.js';
import { ClientClosedError } from './errors/errors.js';
import type { ConnectKernel } from './workers/kernel-connection.js';
import { resolveLimits, type Limits } from './limits.js';
import { ModuleLoader } from './workers/module-loader.js';
import { Persistence } from './checkpoints/persistence.js';
import { ComponentRegistry } from './tools/registry/component-registry.js';
import { renamedOption } from './renamed-option.js';
import { Session } from './session/session.js';
import type { ToolApprovalRequest } from './tools/tool-definition.js';
import type { ContextInput, ExecuteOptions, ExecutionResult } from './types.js';
import { WorkerPool } from './workers/worker-pool.js';

export interface CodemodeOptions {
  /** Address of `runner.html`. @default beside this module when it came from a CDN, else `runner.html` beside the page */
  readonly runnerUrl?: string | URL;
  /** Static values that code reads as `config`; plain data, the same for every execution. @default {} */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly limits?: Partial<Limits>;
  /** Where static and dynamic imports lead, as in a page's import map. @default {} */
  readonly importMap?: ImportMap;
  /** Origins and addresses that code may reach by itself, as in CSP's `connect-src`. @default none */
  readonly allowedOrigins?: readonly string[];
  /** @deprecated The old name of `allowedOrigins`. */
  readonly connect?: readonly string[];
  /** Allows modules beyond those that the import map leads to. */
  readonly allowModule?: (url: URL) => boolean;
  /** Asked before a tool runs that has `approval: true`. @default denies */
  readonly approve?: (request: ToolApprovalRequest) => boolean | Promise<boolean>;
  /** Context variables that code may add for its tool calls; it can never replace one of the host's. @default none */
  readonly codeWritableVariables?: readonly string[];
  /** @deprecated The old name of `codeWritableVariables`. */
  readonly allowedVariables?: readonly string[];
  /** @default a new one */
  readonly registry?: ComponentRegistry;
  /**
   * Where the variables of sessions outlive the page: a session of the same name finds them when the page is loaded anew, in the same tab of
   * the browser. `indexeddb` is this origin's own. @default 'none'
   */
  readonly persistence?: 'none' | 'indexeddb';
  /** Tells what is kept for one Codemode from what is kept for another. @default the path of the page */
  readonly persistenceKey?: string;
  /** Opens a sandbox; for hosts that bring their own. @default an iframe with `runner.html` */
  readonly connectKernel?: ConnectKernel;
}

export interface CloseOptions {
  /** Wait for what runs instead of cancelling it. @default false */
  readonly drain?: boolean;
}

/** A handle whose executions carry a context; nothing global is set. */
export interface ScopedCodemode {
  readonly context: RuntimeContext;
  /** In the default session, or the one that `options.session` names. Its `context` adds to the handle's. */
  execute<T = unknown>(code: string, options?: ScopedExecuteOptions): Promise<ExecutionResult<T>>;
  withContext(context: ContextInput): ScopedCodemode;
}

export interface ScopedExecuteOptions extends ExecuteOptions {
  /** @default 'default' */
  readonly session?: string;
}

/**
 * Where executions come from: tools and config, and sessions by name. Frames and workers are made when code first runs.
 * `close()` or `await using` ends them all.
 */
export class Codemode {
  readonly registry: ComponentRegistry;
  readonly limits: Limits;
  readonly config: Readonly<Record<string, unknown>>;
  readonly #options: CodemodeOptions;
  readonly #pool: WorkerPool;
  readonly #modules: ModuleLoader;
  readonly #baseUrl: string;
  readonly #persistence: Persistence | undefined;
  readonly #codeWritableVariables: readonly string[] | undefined;
  readonly #sessions = new Map<string, Session>();
  #closing: Promise<void> | undefined;

  /** @throws TypeError, RangeError for options that make no sense */
  constructor(options: CodemodeOptions = {}) {
    this.#options = options;
    this.#persistence = persistenceOf(options);
    const allowedOrigins = renamedOption(options, 'allowedOrigins', 'connect') ?? [];
    this.#codeWritableVariables = renamedOption(options, 'codeWritableVariables', 'allowedVariables');
    this.registry = options.registry ?? new ComponentRegistry();
    this.limits = resolveLimits(options.limits);
    this.config = Object.freeze(structuredClone(options.config ?? {}));
    this.#baseUrl = globalThis.document?.baseURI ?? 'http://localhost/';
    this.#pool = new WorkerPool({
      connect:
        options.connectKernel ??
        connectLazily({
          runnerUrl: options.runnerUrl,
          connect: allowedOrigins,
          healthTimeout: this.limits.healthTimeout,
        }),
      limits: this.limits,
    });
    this.#modules = new ModuleLoader({
      importMap: options.importMap ?? {},
      baseUrl: this.#baseUrl,
      ...(options.allowModule === undefined ? {} : { allow: options.allowModule }),
    });
  }

  /** The open sessions, by name. */
  get sessions(): ReadonlyMap<string, Session> {
    return this.#sessions;
  }

  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  /**
   * The session of that name, made at the first call; its worker starts at the first execution. A closed one is replaced.
   * @throws ClientClosedError
   */
  session(name = 'default'): Session {
    if (this.#closing !== undefined) throw new ClientClosedError();
    const existing = this.#sessions.get(name);
    if (existing !== undefined && existing.state !== 'closing' && existing.state !== 'closed') return existing;
    const session = new Session({
      name,
      pool: this.#pool,
      registry: this.registry,
      limits: this.limits,
      config: this.config,
      importMap: this.#options.importMap ?? {},
      baseUrl: this.#baseUrl,
      loadModule: this.#modules.load,
      storage: this.#persistence?.storageOf(name),
      tools: {
        timeout: this.limits.toolTimeout,
        approve: this.#options.approve,
        codeWritableVariables: this.#codeWritableVariables ?? [],
      },
    });
    session.addEventListener('statechange', ({ detail }) => {
      if (detail.to === 'ready') this.#pool.holderIsIdle();
      if (detail.to === 'closed' && this.#sessions.get(name) === session) this.#sessions.delete(name);
    });
    // Not before: opening workers ahead would delay the code.
    session.addEventListener('result', () => void this.#pool.fill());
    this.#sessions.set(name, session);
    return session;
  }

  /** Runs code in the default session, or the one that `options.session` names. @throws as Session.execute does */
  async execute<T = unknown>(code: string, options: ScopedExecuteOptions = {}): Promise<ExecutionResult<T>> {
    const { session, ...others } = options;
    return await this.session(session).execute<T>(code, others);
  }

  /**
   * Starts a worker ahead, or `limits.minIdle` of them, for the next session to take. For the first sign that somebody is
   * about to run code; what can't be started is told by the session that needs it.
   */
  async warm(): Promise<void> {
    if (this.#closing !== undefined) throw new ClientClosedError();
    await this.#pool.fill(Math.max(1, this.limits.minIdle));
  }

  /** A handle whose executions carry these variables. @throws ContextValueError, TypeError */
  withContext(context: ContextInput): ScopedCodemode {
    const scope = RuntimeContext.from(context);
    return {
      context: scope,
      execute: async (code, options = {}) =>
        await this.execute(code, { ...options, context: merged(scope, options.context) }),
      withContext: (more) => this.withContext(merged(scope, more)),
    };
  }

  /** Ends every session; what runs is cancelled, or waited for with `drain`. Idempotent; use after it rejects. */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= Promise.all([...this.#sessions.values()].map((session) => session.close(options))).then(() =>
      this.#persistence?.close(),
    );
    this.#pool.close();
    return this.#closing;
  }

  declare [Symbol.asyncDispose]: () => Promise<void>;
}

// Not every engine has the symbol yet (WebKit); where it is missing nobody can ask for it either.
if (Symbol.asyncDispose !== undefined) {
  Object.defineProperty(Codemode.prototype, Symbol.asyncDispose, {
    configurable: true,
    writable: true,
    value(this: Codemode): Promise<void> {
      return this.close();
    },
  });
}

function persistenceOf({ persistence = 'none', persistenceKey }: CodemodeOptions): Persistence | undefined {
  if (persistence !== 'none' && persistence !== 'indexeddb') {
    throw new TypeError(`Expected the persistence "none" or "indexeddb", but got ${JSON.stringify(persistence)}.`);
  }
  return persistence === 'none' ? undefined : new Persistence(persistenceKey ?? globalThis.location?.pathname ?? '');
}

/** The protocol weighs as much as the rest of the SDK: it is loaded when the first session opens. */
function connectLazily(options: SandboxOptions): ConnectKernel {
  return async (handlers, signal) => {
    const { connectSandbox } = await import('./workers/connect-sandbox.js');
    return await connectSandbox(options)(handlers, signal);
  };
}

function merged(scope: RuntimeContext, more: ContextInput | undefined): RuntimeContext {
  if (more === undefined) return scope;
  const added = RuntimeContext.from(more);
  return new RuntimeContext({
    ...added.toJSON(),
    ...(RuntimeContext.isRuntimeContext(more) ? {} : { runId: scope.runId, correlationId: scope.correlationId }),
    traceparent: added.traceparent ?? scope.traceparent,
    deadline: added.deadline ?? scope.deadline,
    variables: { ...scope.variables, ...added.variables },
    metadata: { ...scope.metadata, ...added.metadata },
  });
}
