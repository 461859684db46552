import { loadWithWorker } from './session/worker/load-with-worker.js';
import type { JsxOptions } from '../compiler/jsx/jsx-options.js';
import { RuntimeContext } from '../context/runtime-context.js';
import type { ImportMap } from '../protocol/messages/wire.js';
import { ClientClosedError } from './errors/session-errors.js';
import type { ConnectKernel } from './workers/kernel-connection.js';
import { resolveLimits, type Limits } from './limits.js';
import { loadModulesLazily, type LoadModule } from './workers/lazy-module-loader.js';
import { Persistence } from './checkpoints/persistence.js';
import { ComponentRegistry } from './tools/registry/component-registry.js';
import { renamedOption } from './renamed-option.js';
import { Session } from './session/session.js';
import type { ToolApprovalRequest } from './tools/tool-definition.js';
import type { Span } from './traces/span.js';
import { Trace } from './traces/trace.js';
import { addTraceSource, type TraceOptions } from './traces/page-traces.js';
import { TraceLog } from './traces/trace-log.js';
import type { ContextInput, ExecuteOptions, ExecutionResult } from './types.js';
import { WorkerPool } from './workers/worker-pool.js';

/** Options of a `Codemode`. */
export interface CodemodeOptions {
  /** Address of `runner.html`. @default beside this module when it came from a CDN, else `runner.html` beside the page */
  readonly runnerUrl?: string | URL;
  /** Values that code reads as `config`: plain data, the same for every execution. @default {} */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly limits?: Partial<Limits>;
  /** Resolves static and dynamic imports, like the import map of a page. @default {} */
  readonly importMap?: ImportMap;
  /** How elements of JSX in code are compiled, where a comment in the code does not say it. @default the automatic runtime of `react` */
  readonly jsx?: JsxOptions;
  /** Origins and addresses that code may reach directly, as in CSP's `connect-src`. @default none */
  readonly allowedOrigins?: readonly string[];
  /** @deprecated The old name of `allowedOrigins`. */
  readonly connect?: readonly string[];
  /** Allows modules that the import map does not map. @default none */
  readonly allowModule?: (url: URL) => boolean;
  /** Decides on calls of tools that need approval. @default they are denied */
  readonly approve?: (request: ToolApprovalRequest) => boolean | Promise<boolean>;
  /** Context variables that code may add for its tool calls; it can never replace one of the host's. @default none */
  readonly codeWritableVariables?: readonly string[];
  /** @deprecated The old name of `codeWritableVariables`. */
  readonly allowedVariables?: readonly string[];
  /** @default a new one */
  readonly registry?: ComponentRegistry;
  /**
   * Whether the variables of sessions outlive the page: after a reload in the same browser tab, a session with the same name has
   * them again. `indexeddb` keeps them in the database of this origin. @default 'none'
   */
  readonly persistence?: 'none' | 'indexeddb';
  /** Separates the stored variables of several Codemodes. @default the path of the page */
  readonly persistenceKey?: string;
  /** Whether executions are measured, for `result.trace`, `session.trace()` and `codemode.trace()`. @default true */
  readonly tracing?: boolean;
  /** Gets the spans of each execution when it has ended, and of each of its tool calls that ends later. */
  readonly onSpans?: (spans: readonly Span[]) => void;
  /** Opens a worker, for hosts with a sandbox of their own. Must reject when its signal is aborted. @default an iframe with `runner.html` */
  readonly connectKernel?: ConnectKernel;
}

/** How a `Codemode` or a session closes. */
export interface CloseOptions {
  /** Waits for running code instead of cancelling it. @default false */
  readonly drain?: boolean;
}

/** A handle whose executions have a context. Nothing global is set. */
export interface ScopedCodemode {
  readonly context: RuntimeContext;
  /** Runs code in the default session, or the one named by `options.session`. `options.context` adds to the handle's. */
  execute<T = unknown>(code: string, options?: ScopedExecuteOptions): Promise<ExecutionResult<T>>;
  withContext(context: ContextInput): ScopedCodemode;
}

/** Options of one execution, with the name of its session. */
export interface ScopedExecuteOptions extends ExecuteOptions {
  /** @default 'default' */
  readonly session?: string;
}

/**
 * Runs code in sandboxed sessions, which share tools, config and limits. Frames and workers are made when code first runs.
 * `close()` or `await using` ends them all.
 *
 * @example
 * const codemode = new Codemode({ config: { region: 'eu' } });
 * codemode.registry.registerTool('weather', {
 *   description: 'Current weather of a city',
 *   inputSchema: z.object({ city: z.string() }),
 *   execute: ({ city }, { context, signal }) => lookUp(city, context.require('client_id'), signal),
 * });
 * const acme = codemode.withContext({ client_id: 'acme' });
 * const result = await acme.execute('await tools.weather({ city: "Oslo" })');
 * if (result.ok) console.log(result.value);
 * await codemode.close();
 */
export class Codemode {
  readonly registry: ComponentRegistry;
  readonly limits: Limits;
  readonly config: Readonly<Record<string, unknown>>;
  readonly #options: CodemodeOptions;
  readonly #pool: WorkerPool;
  readonly #loadModule: LoadModule;
  readonly #baseUrl: string;
  readonly #persistence: Persistence | undefined;
  readonly #codeWritableVariables: readonly string[] | undefined;
  readonly #sessions = new Map<string, Session>();
  readonly #traces: TraceLog | undefined;
  readonly #closed = new AbortController();
  readonly #untrace: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  /** @throws TypeError, RangeError for invalid options */
  constructor(options: CodemodeOptions = {}) {
    this.#options = options;
    this.#traces = options.tracing === false ? undefined : new TraceLog(options.onSpans);
    this.#untrace = this.#traces && addTraceSource(this);
    this.#persistence = persistenceOf(options);
    const allowedOrigins = renamedOption(options, 'allowedOrigins', 'connect') ?? [];
    this.#codeWritableVariables = renamedOption(options, 'codeWritableVariables', 'allowedVariables');
    this.registry = options.registry ?? new ComponentRegistry();
    this.limits = resolveLimits(options.limits);
    this.config = Object.freeze(structuredClone(options.config ?? {}));
    this.#baseUrl = globalThis.document?.baseURI ?? 'http://localhost/';
    const sandbox = { runnerUrl: options.runnerUrl, allowedOrigins, healthTimeout: this.limits.healthTimeout };
    const connect: ConnectKernel =
      options.connectKernel ??
      (async (handlers, signal) => {
        const { connectSandbox } = await loadWithWorker();
        return await connectSandbox(sandbox, handlers, signal);
      });
    this.#pool = new WorkerPool({ connect, limits: this.limits });
    const { jsx, importMap = {}, runnerUrl = '' } = options;
    this.#loadModule = loadModulesLazily({
      importMap,
      baseUrl: this.#baseUrl,
      compiler: {
        connect,
        jsx,
        name: `${runnerUrl}`,
        closing: this.#closed.signal,
        // The compiler of another sandbox is not known by its address.
        frame: options.connectKernel === undefined ? { runnerUrl: options.runnerUrl } : undefined,
      },
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
   * The session with that name. The first call makes it, its first execution starts its worker. A closed session is replaced.
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
      jsx: this.#options.jsx,
      loadModule: this.#loadModule,
      loadPart: async (message) =>
        (await import('./workers/part-loader.js')).loadPart(this.#options.runnerUrl, message),
      storage: this.#persistence?.storageOf(name),
      traces: this.#traces,
      onState: (state) => {
        if (state === 'ready') this.#pool.holderIsIdle();
        if (state === 'closed' && this.#sessions.get(name) === session) this.#sessions.delete(name);
      },
      // Not before: opening workers ahead would delay the code.
      onResult: () => void this.#pool.fill(),
      tools: {
        timeout: this.limits.toolTimeout,
        approve: this.#options.approve,
        codeWritableVariables: this.#codeWritableVariables ?? [],
      },
    });
    this.#sessions.set(name, session);
    return session;
  }

  /** Runs code in the default session, or the one named by `options.session`. @throws like Session.execute */
  async execute<T = unknown>(code: string, options: ScopedExecuteOptions = {}): Promise<ExecutionResult<T>> {
    const { session, ...others } = options;
    return await this.session(session).execute<T>(code, others);
  }

  /**
   * Opens a worker ahead, or `limits.minIdle` of them, for the sessions to come. Call it when a reader seems about to run code.
   * Failures are ignored: the session that needs a worker reports them.
   * @throws ClientClosedError
   */
  async warm(): Promise<void> {
    if (this.#closing !== undefined) throw new ClientClosedError();
    await this.#pool.fill(Math.max(1, this.limits.minIdle));
  }

  /**
   * A handle whose executions have these context variables.
   *
   * @example
   * const acme = codemode.withContext({ client_id: 'acme' });
   * await acme.execute('context.get("client_id")');
   *
   * @throws ContextValueError, TypeError
   */
  withContext(context: ContextInput): ScopedCodemode {
    const scope = RuntimeContext.from(context);
    return {
      context: scope,
      execute: async (code, options = {}) =>
        await this.execute(code, { ...options, context: merged(scope, options.context) }),
      withContext: (more) => this.withContext(merged(scope, more)),
    };
  }

  /**
   * The executions that have ended in all sessions, as spans: the newest 10,000.
   *
   * @example
   * const file = new Blob([JSON.stringify(codemode.trace().toChromeTrace())]);
   */
  trace({ running }: TraceOptions = {}): Trace {
    return this.#traces?.trace(undefined, running) ?? new Trace(() => []);
  }

  /**
   * Calls `listener` whenever an execution or a tool call begins or ends. Read `trace()` then.
   * @returns a function that ends it
   */
  watchTrace(listener: () => void): () => void {
    return this.#traces?.watch(listener) ?? (() => undefined);
  }

  /** Ends every session. Cancels running code, or waits for it with `drain`. Idempotent; later calls of other methods fail. */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= Promise.all([...this.#sessions.values()].map((session) => session.close(options))).then(() =>
      this.#persistence?.close(),
    );
    this.#pool.close();
    this.#untrace?.();
    this.#closed.abort();
    return this.#closing;
  }

  declare [Symbol.asyncDispose]: () => Promise<void>;
}

// WebKit does not have the symbol yet. Without the symbol, no code can call the method.
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
