import { RuntimeContext } from '../../context/runtime-context.js';
import { randomHex } from '../../context/random-hex.js';
import type { Codemode, ContextInput, Session, ToolDefinition } from '../../sdk/index.js';
import { discoveryTools, searchTools, type FoundTool } from '../discovery/discovery-tools.js';
import { describePath } from '../discovery/describe-path.js';
import type { AgentCall, AgentOutcome, PendingCall } from './agent-outcome.js';
import { ExecutionElsewhereError, ExecutionNotFoundError, SnippetNotFoundError, StoppedError } from './agent-errors.js';
import { pendingCalls, type AgentStore, type StoredExecution, type StoredSnippet } from './agent-store.js';
import { callOf } from './call-log.js';
import { IndexedDBAgentStore } from './indexeddb-agent-store.js';
import { LiveExecution, nobodyDecided } from './live-execution.js';
import { MemoryAgentStore } from './memory-agent-store.js';
import { rollBack, type Rollback } from './roll-back.js';

/** Options of `createAgentRuntime`. */
export interface AgentRuntimeOptions {
  readonly codemode: Codemode;
  /** Name of the session in which the code runs. @default 'agent' */
  readonly session?: string;
  /** Where executions and snippets are kept: for as long as the page lives, or beyond it. @default 'memory' */
  readonly store?: 'memory' | 'indexeddb' | AgentStore;
  /** Separates the runtimes of one origin in its database. @default the path of the page and the session's name */
  readonly storeKey?: string;
  /** Milliseconds that code may take; waiting for decisions does not count. @default codemode.limits.codeTimeout (30,000) */
  readonly timeout?: number;
  /** Milliseconds after which a call that nobody decided about is rejected. @default 86,400,000 (24 hours) */
  readonly expiresAfter?: number;
}

/** One execution to start. */
export interface AgentExecution {
  /** TypeScript as a model writes it: in fences, as a lone function, with `return` … */
  readonly code: string;
  readonly context?: ContextInput | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An execution in the list of all. */
export interface ExecutionSummary {
  readonly executionId: string;
  readonly status: 'running' | 'paused' | 'interrupted' | 'completed' | 'error';
  readonly code: string;
  readonly calls: readonly AgentCall[];
  /** Milliseconds since the epoch. */
  readonly created: number;
}

/**
 * Runs the code of an agent, with a log of its tool calls. A call that needs approval pauses the execution; somebody approves, and it
 * goes on, in another page too where the runtime has a database.
 */
export interface AgentRuntime {
  readonly codemode: Codemode;
  readonly session: Session;
  /** Never rejects for what the code did. */
  execute(execution: AgentExecution): Promise<AgentOutcome>;
  /** The tools that fit a question best, the best first. @param limit @default 10 */
  search(query: string, limit?: number): Promise<readonly FoundTool[]>;
  /** TypeScript declaration and description of a tool, or of all tools of a namespace. */
  describe(path: string): Promise<string>;
  /** Calls that wait for a decision, in all executions. */
  pending(): Promise<readonly PendingCall[]>;
  /**
   * Approves one waiting call of an execution, or all, and goes on. An execution that a page's end interrupted is run again, and gets the
   * answers that it had. Safe to call twice.
   * @throws ExecutionNotFoundError, ExecutionElsewhereError
   */
  approve(decision: { readonly executionId: string; readonly seq?: number }): Promise<AgentOutcome>;
  /** Rejects a waiting call, which ends its execution. Safe to call twice. @throws ExecutionNotFoundError, ExecutionElsewhereError */
  reject(decision: {
    readonly executionId: string;
    readonly seq?: number;
    readonly reason?: string;
  }): Promise<AgentOutcome>;
  /** Ends an execution. @throws ExecutionNotFoundError */
  stop(execution: { readonly executionId: string }): Promise<AgentOutcome>;
  /** Undoes the calls of an execution whose tools have `revert`, the newest first. @throws ExecutionNotFoundError */
  rollback(execution: { readonly executionId: string }): Promise<Rollback>;
  executions(): Promise<readonly ExecutionSummary[]>;
  /**
   * Keeps the code of an execution under a name, by which code runs it again: `tools.snippet(name, input)`.
   * @throws ExecutionNotFoundError
   */
  saveSnippet(
    name: string,
    from: { readonly executionId: string; readonly description?: string },
  ): Promise<StoredSnippet>;
  snippets(): Promise<readonly StoredSnippet[]>;
  /** Ends its executions, and closes its database. The Codemode stays open. */
  close(): Promise<void>;
}

/** The parser is loaded when code first runs. */
const loadCompiler = () => import('../../compiler/normalise/index.js');

const day = 24 * 60 * 60 * 1000;

/**
 * A runtime for the code of agents.
 *
 * @example
 * const runtime = createAgentRuntime({ codemode, session: 'agent', store: 'indexeddb' });
 * const outcome = await runtime.execute({ code: 'await tools.github.createIssue({ title: "Hello" })' });
 * if (outcome.status === 'paused') await runtime.approve({ executionId: outcome.executionId });
 */
export function createAgentRuntime(options: AgentRuntimeOptions): AgentRuntime {
  return new StoredRuntime(options);
}

class StoredRuntime implements AgentRuntime {
  readonly codemode: Codemode;
  readonly #options: AgentRuntimeOptions;
  readonly #sessionName: string;
  readonly #store: AgentStore;
  readonly #live = new Map<string, LiveExecution>();

  constructor(options: AgentRuntimeOptions) {
    const { codemode, session = 'agent', store = 'memory', storeKey } = options;
    this.codemode = codemode;
    this.#options = options;
    this.#sessionName = session;
    const key = storeKey ?? `${globalThis.location?.pathname ?? ''} ${session}`;
    if (store === 'memory') this.#store = new MemoryAgentStore();
    else this.#store = store === 'indexeddb' ? new IndexedDBAgentStore(key) : store;
  }

  get session(): Session {
    return this.codemode.session(this.#sessionName);
  }

  async execute({ code, context, signal }: AgentExecution): Promise<AgentOutcome> {
    const compiler = await loadCompiler();
    const { code: cell, notes } = compiler.normaliseCode(code);
    const id = randomHex(8);
    const record: StoredExecution = {
      id,
      session: this.#sessionName,
      code,
      cell,
      notes,
      context: RuntimeContext.from(context).variables,
      log: { calls: [], order: [] },
      created: Date.now(),
    };
    if (cell === '') {
      const error = { name: 'EmptyCodeError', message: notes.join(' '), isOfCode: true };
      return { status: 'error', executionId: id, error, output: [], calls: [], notes };
    }
    return await this.#start(record, signal);
  }

  async search(query: string, limit = 10): Promise<readonly FoundTool[]> {
    return searchTools(this.codemode.registry.snapshot(), query, limit);
  }

  async describe(path: string): Promise<string> {
    return describePath(this.codemode.registry.snapshot(), path);
  }

  async pending(): Promise<readonly PendingCall[]> {
    const records = await this.#store.list();
    return records
      .filter(({ outcome }) => outcome === undefined)
      .flatMap((record) => pendingCalls(this.#live.get(record.id)?.record ?? interrupted(record)));
  }

  async approve({ executionId, seq }: { readonly executionId: string; readonly seq?: number }): Promise<AgentOutcome> {
    const live = this.#live.get(executionId);
    if (live !== undefined) return await live.approve(seq);
    const record = await this.#load(executionId);
    if (record.outcome !== undefined) return record.outcome;
    if (this.#isExpired(record)) return await this.reject({ executionId, reason: nobodyDecided });
    const approved = record.log.calls.filter(
      (call) => isWaiting(call.state) && (seq === undefined || call.seq === seq),
    );
    const outcome = await this.#start(record);
    if (outcome.status !== 'paused') return outcome;
    const execution = this.#live.get(executionId);
    const again = outcome.pending.filter((call) => approved.some((one) => one.seq === call.seq));
    if (execution === undefined || again.length === 0) return outcome;
    let next: AgentOutcome = outcome;
    for (const call of again) next = await execution.approve(call.seq);
    return next;
  }

  async reject(decision: {
    readonly executionId: string;
    readonly seq?: number;
    readonly reason?: string;
  }): Promise<AgentOutcome> {
    const { executionId, seq, reason = 'no reason was given.' } = decision;
    const live = this.#live.get(executionId);
    if (live !== undefined) return await live.reject(seq, reason);
    const record = await this.#load(executionId);
    if (record.outcome !== undefined) return record.outcome;
    const taken = await this.#take(executionId);
    try {
      const call = record.log.calls.find((one) => isWaiting(one.state) && (seq === undefined || one.seq === seq));
      const message =
        call === undefined
          ? `The execution was rejected: ${reason}`
          : `The call of ${call.name} was rejected: ${reason}`;
      if (call !== undefined) call.state = 'rejected';
      const error = { name: 'ToolRejectedError', message, isOfCode: true };
      const calls = record.log.calls.map(callOf);
      record.outcome = { status: 'error', executionId, error, output: [], calls, notes: record.notes };
      await this.#store.save(record);
      return record.outcome;
    } finally {
      taken.release();
    }
  }

  async stop({ executionId }: { readonly executionId: string }): Promise<AgentOutcome> {
    const live = this.#live.get(executionId);
    if (live === undefined) return await this.reject({ executionId, reason: 'it was stopped.' });
    return await live.stop(new StoppedError());
  }

  async rollback({ executionId }: { readonly executionId: string }): Promise<Rollback> {
    const live = this.#live.get(executionId);
    if (live !== undefined) await live.stop(new StoppedError());
    const record = await this.#load(executionId);
    const taken = await this.#take(executionId);
    try {
      return await rollBack(record, this.codemode.registry.snapshot(), this.#store);
    } finally {
      taken.release();
    }
  }

  async executions(): Promise<readonly ExecutionSummary[]> {
    const records = await this.#store.list();
    return records.map((stored) => {
      const record = this.#live.get(stored.id)?.record ?? stored;
      const { id, code, created, log } = record;
      return { executionId: id, status: this.#statusOf(record), code, calls: log.calls.map(callOf), created };
    });
  }

  /** Whether nobody decided about one of its calls in time, while no page had it. */
  #isExpired({ log }: StoredExecution): boolean {
    const { expiresAfter = day } = this.#options;
    return log.calls.some(({ state, since }) => isWaiting(state) && Date.now() - since > expiresAfter);
  }

  #statusOf({ id, outcome, log }: StoredExecution): ExecutionSummary['status'] {
    if (outcome !== undefined) return outcome.status;
    if (log.calls.some(({ state }) => isWaiting(state))) return 'paused';
    return this.#live.has(id) ? 'running' : 'interrupted';
  }

  async saveSnippet(
    name: string,
    { executionId, description = '' }: { readonly executionId: string; readonly description?: string },
  ): Promise<StoredSnippet> {
    const { code } = this.#live.get(executionId)?.record ?? (await this.#load(executionId));
    const snippet: StoredSnippet = { name, code, description };
    await this.#store.saveSnippet(snippet);
    return snippet;
  }

  snippets(): Promise<readonly StoredSnippet[]> {
    return this.#store.snippets();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#live.values()].map((execution) => execution.stop(new StoppedError())));
    this.#store.close();
  }

  async #start(record: StoredExecution, signal?: AbortSignal): Promise<AgentOutcome> {
    const taken = await this.#take(record.id);
    const { codemode } = this;
    const { timeout = codemode.limits.codeTimeout, expiresAfter = day } = this.#options;
    const session = this.session;
    const registry = codemode.registry.snapshot();
    const execution: LiveExecution = new LiveExecution(record, {
      codemode,
      registry,
      session,
      store: this.#store,
      ownTools: { ...discoveryTools(registry), ...this.#snippetTool(() => execution) },
      timeout,
      expiresAfter,
      signal,
    });
    this.#live.set(record.id, execution);
    void execution.ended.then(() => {
      this.#live.delete(record.id);
      taken.release();
    });
    return await execution.start();
  }

  async #take(id: string): Promise<{ release(): void }> {
    const taken = await this.#store.take(id);
    if (taken === undefined) throw new ExecutionElsewhereError(id);
    return taken;
  }

  async #load(id: string): Promise<StoredExecution> {
    const record = await this.#store.load(id);
    if (record !== undefined) return this.#live.has(id) ? record : interrupted(record);
    throw new ExecutionNotFoundError(
      id,
      (await this.#store.list()).map((one) => one.id),
    );
  }

  /** `tools.snippet(name, input)`: the calls of the snippet are calls of the execution. */
  #snippetTool(executionOf: () => LiveExecution): Readonly<Record<'snippet', ToolDefinition>> {
    return {
      snippet: {
        description: 'Runs a snippet by its name, with an input: tools.snippet(name, input).',
        inputSchema: { type: 'object', properties: { name: { type: 'string' }, input: {} }, required: ['name'] },
        execute: async (args, options) => {
          const { name, input } = args as { readonly name: string; readonly input?: unknown };
          const all = await this.#store.snippets();
          const snippet = all.find((one) => one.name === name);
          if (snippet === undefined)
            throw new SnippetNotFoundError(
              name,
              all.map((one) => one.name),
            );
          const compiler = await loadCompiler();
          const { code } = compiler.normaliseCode(snippet.code, { hasInput: true });
          return await executionOf().runNested(compiler.asFunction(code, 'input', input), options);
        },
      },
    };
  }
}

function isWaiting(state: AgentCall['state']): boolean {
  return state === 'pending' || state === 'unknown';
}

/** What a page's end left: of calls under way nobody knows what became of them. */
function interrupted(record: StoredExecution): StoredExecution {
  const calls = record.log.calls.map((call) => ({
    ...call,
    ...(call.state === 'running' ? { state: 'unknown' as const } : {}),
  }));
  return { ...record, log: { calls, order: [...record.log.order] } };
}
