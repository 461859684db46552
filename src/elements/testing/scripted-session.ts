import { vi } from 'vitest';
import { Trace } from '../../sdk/traces/trace.js';
import type {
  ExecuteOptions,
  ExecutionFailure,
  ExecutionResult,
  ExecutionSuccess,
  OutputEntry,
  SessionLike,
  SessionState,
} from '../../sdk/types.js';

const trace = new Trace(() => []);
const base = { output: [], duration: 5, correlationId: 'c', runId: 'r', mode: 'async', pending: 0, trace } as const;

/** A result of code that succeeded. */
export function succeeded(fileName: string, more: Partial<ExecutionSuccess> = {}): ExecutionResult {
  return { ...base, fileName, ok: true, value: 1, preview: { type: 'number', text: '1' }, ...more };
}

/** A result of code that failed. */
export function failed(fileName: string, error: Partial<ExecutionFailure['error']> = {}): ExecutionResult {
  return {
    ...base,
    fileName,
    ok: false,
    value: undefined,
    preview: { type: 'undefined', text: 'undefined' },
    error: { name: 'TypeError', message: 'no', stack: '', frames: [], ...error },
  };
}

/** Something that code wrote. */
export function written(text: string, more: Partial<OutputEntry> = {}): OutputEntry {
  return {
    sequence: 1,
    method: 'log',
    level: 'log',
    parts: [{ text }],
    text,
    depth: 0,
    time: 1,
    toString: () => text,
    ...more,
  };
}

/** A session whose answers the test decides. */
export class ScriptedSession extends EventTarget {
  state: SessionState = 'ready';
  /** Answers every execution. */
  answer: (code: string, options: ExecuteOptions) => Promise<ExecutionResult> = async (_, { fileName = '' }) =>
    succeeded(fileName);
  readonly executed: { readonly code: string; readonly options: ExecuteOptions }[] = [];
  readonly namespace = { list: async () => [], get: async () => undefined };
  readonly cancelPending = vi.fn(async () => []);
  readonly stop = vi.fn(async () => undefined);
  readonly reset = vi.fn(async () => undefined);
  readonly close = vi.fn(async () => undefined);

  constructor(readonly name = 'scripted') {
    super();
  }

  get like(): SessionLike {
    return this as unknown as SessionLike;
  }

  async execute(code: string, options: ExecuteOptions = {}): Promise<ExecutionResult> {
    this.executed.push({ code, options });
    return await this.answer(code, options);
  }

  emit(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
