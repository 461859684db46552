import { AsyncContext } from './async-context.js';
import { copyContextData, isPlainObject, SizeBudget, type ContextData } from './context-data.js';
import { ContextKeyError, ContextValueError } from './errors.js';
import { randomHex } from './random-hex.js';
import { childTraceparent, parseTraceparent } from './traceparent.js';

/** Fields of a new `RuntimeContext`. */
export interface RuntimeContextInit {
  /** What code and tools read: plain data by name. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** About the work rather than for it: labels, versions, where it came from. Plain data by name. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** @default 32 random hex digits */
  readonly runId?: string;
  /** The same through everything that one cause brings about. @default the run id */
  readonly correlationId?: string;
  /** Run id of what this came from. */
  readonly parentId?: string | undefined;
  /** W3C Trace Context. */
  readonly traceparent?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline?: number | undefined;
  /** Aborts with the work that the context belongs to. Not part of the JSON form. */
  readonly signal?: AbortSignal | undefined;
  /** Variables that `with` and `run` refuse to replace. */
  readonly protectedKeys?: Iterable<string>;
  /** Characters of JSON that variables and metadata may take together. @default 65,536 */
  readonly maxSize?: number;
}

/** The JSON form of a RuntimeContext, in which it travels. `runId` names the execution; the host's own copy is the authoritative one. */
export interface WireContext {
  readonly runId: string;
  readonly correlationId: string;
  readonly parentId?: string;
  /** W3C Trace Context, version 00. */
  readonly traceparent?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  readonly deadline?: number;
}

const initKeys: ReadonlySet<string> = new Set<keyof RuntimeContextInit>([
  'variables',
  'metadata',
  'runId',
  'correlationId',
  'parentId',
  'traceparent',
  'deadline',
  'signal',
  'protectedKeys',
  'maxSize',
]);

/**
 * Who something is done for, as one immutable object that travels with every message.
 * Its data is copied and frozen when it is made; changing it means making another.
 */
export class RuntimeContext {
  readonly variables: ContextData;
  readonly metadata: ContextData;
  readonly runId: string;
  readonly correlationId: string;
  readonly parentId: string | undefined;
  readonly traceparent: string | undefined;
  readonly deadline: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly #protectedKeys: ReadonlySet<string>;
  readonly #maxSize: number;

  /**
   * For variables alone there is `RuntimeContext.from({ client_id: 'a' })`.
   * @throws ContextValueError for a value that is not plain data, too large, or not what its field asks for
   */
  constructor(init: RuntimeContextInit = {}) {
    const unknownKey = Object.keys(init).find((key) => !initKeys.has(key));
    if (unknownKey !== undefined) {
      throw new TypeError(
        `"${unknownKey}" is no part of a context. For a variable of that name: ` +
          `new RuntimeContext({ variables: { ${unknownKey}: … } }) or RuntimeContext.from({ ${unknownKey}: … }).`,
      );
    }
    this.#maxSize = init.maxSize ?? 65_536;
    this.#protectedKeys = new Set(init.protectedKeys);
    const budget = new SizeBudget(this.#maxSize);
    this.variables = copyContextData(init.variables ?? {}, 'variables', budget);
    this.metadata = copyContextData(init.metadata ?? {}, 'metadata', budget);
    this.runId = identifier(init.runId ?? randomHex(16), 'runId');
    this.correlationId = identifier(init.correlationId ?? this.runId, 'correlationId');
    this.parentId = init.parentId === undefined ? undefined : identifier(init.parentId, 'parentId');
    this.traceparent = validTraceparent(init.traceparent);
    this.deadline = validDeadline(init.deadline);
    this.signal = init.signal;
    Object.freeze(this);
  }

  static isRuntimeContext(value: unknown): value is RuntimeContext {
    return typeof value === 'object' && value !== null && #maxSize in value;
  }

  /**
   * A context as it is; a plain object as variables; nothing as an empty context.
   * @throws TypeError for anything else
   */
  static from(input: RuntimeContext | Readonly<Record<string, unknown>> | undefined): RuntimeContext {
    if (RuntimeContext.isRuntimeContext(input)) return input;
    if (input === undefined) return new RuntimeContext();
    if (isPlainObject(input)) return new RuntimeContext({ variables: input });
    throw new TypeError(`Expected a RuntimeContext or a plain object of variables, but got ${typeName(input)}.`);
  }

  /** The opposite of `toJSON`, also of its text parsed again. Ids are kept. */
  static fromJSON(json: unknown): RuntimeContext {
    if (!isPlainObject(json)) {
      throw new TypeError(`Expected what RuntimeContext.toJSON() gives, but got ${typeName(json)}.`);
    }
    const { runId, correlationId, parentId, traceparent, variables, metadata, deadline } = json as Partial<WireContext>;
    return new RuntimeContext({
      runId: identifier(runId, 'runId'),
      correlationId: identifier(correlationId, 'correlationId'),
      variables: variables ?? {},
      metadata: metadata ?? {},
      parentId,
      traceparent,
      deadline,
    });
  }

  get<T>(key: string, fallback: T): T;
  get<T = unknown>(key: string): T | undefined;
  get(key: string, fallback?: unknown): unknown {
    return this.has(key) ? this.variables[key] : fallback;
  }

  /** @throws ContextKeyError naming the key and the keys there are */
  require<T = unknown>(key: string): T {
    if (!this.has(key)) throw ContextKeyError.missing(key, this.keys());
    return this.variables[key] as T;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.variables, key);
  }

  keys(): readonly string[] {
    return Object.keys(this.variables);
  }

  /**
   * The same run with more variables, or with others; one that is `undefined` is removed.
   * @throws ContextKeyError for a variable that the host protects
   */
  with(more: Readonly<Record<string, unknown>>): RuntimeContext {
    if (!isPlainObject(more)) throw new TypeError(`Expected a plain object of variables, but got ${typeName(more)}.`);
    for (const key of Object.keys(more)) {
      if (this.#protectedKeys.has(key)) throw ContextKeyError.protected(key, this.keys());
    }
    return this.#copy({ variables: { ...this.variables, ...more } });
  }

  /**
   * A context for a piece of work within this one: a run id of its own, this one's as `parentId`, the same correlation id
   * and trace. The earlier of both deadlines holds.
   */
  child(init: Pick<RuntimeContextInit, 'runId' | 'deadline' | 'signal' | 'metadata'> = {}): RuntimeContext {
    return this.#copy({
      runId: init.runId ?? randomHex(16),
      parentId: this.runId,
      traceparent: this.traceparent === undefined ? undefined : childTraceparent(this.traceparent),
      deadline: this.#earlier(init.deadline),
      signal: init.signal ?? this.signal,
      metadata: { ...this.metadata, ...init.metadata },
    });
  }

  /** The same run under another signal and deadline; the earlier of both deadlines holds. */
  limitedTo(limits: Pick<RuntimeContextInit, 'deadline' | 'signal'>): RuntimeContext {
    return this.#copy({ deadline: this.#earlier(limits.deadline), signal: limits.signal ?? this.signal });
  }

  /** Calls `fn` with this, or with this and more variables, as the current context; the outer one is back when it returns. */
  run<Result>(fn: () => Result): Result;
  run<Result>(variables: Readonly<Record<string, unknown>>, fn: () => Result): Result;
  run<Result>(first: (() => Result) | Readonly<Record<string, unknown>>, second?: () => Result): Result {
    const [context, fn] = typeof first === 'function' ? [this, first as () => Result] : [this.with(first), second];
    if (typeof fn !== 'function') throw new TypeError(`Expected a function to run, but got ${typeName(fn)}.`);
    return contextVariable.run(context, fn);
  }

  /** The wire form. `JSON.stringify(context)` is its text. */
  toJSON(): WireContext {
    return {
      runId: this.runId,
      correlationId: this.correlationId,
      ...(this.parentId === undefined ? {} : { parentId: this.parentId }),
      ...(this.traceparent === undefined ? {} : { traceparent: this.traceparent }),
      variables: this.variables,
      metadata: this.metadata,
      ...(this.deadline === undefined ? {} : { deadline: this.deadline }),
    };
  }

  #earlier(deadline: number | undefined): number | undefined {
    if (deadline === undefined || this.deadline === undefined) return deadline ?? this.deadline;
    return Math.min(deadline, this.deadline);
  }

  #copy(changes: RuntimeContextInit): RuntimeContext {
    const { signal } = this;
    return new RuntimeContext({
      ...this.toJSON(),
      signal,
      protectedKeys: this.#protectedKeys,
      maxSize: this.#maxSize,
      ...changes,
    });
  }
}

/** The one variable that holds the current RuntimeContext. Read and set it through `current-context.ts`. */
export const contextVariable = new AsyncContext.Variable<RuntimeContext>({ name: 'RuntimeContext' });

function identifier(value: unknown, field: string): string {
  if (typeof value === 'string' && value.length > 0 && value.length <= 200) return value;
  throw new ContextValueError(field, `must be a text of 1 to 200 characters, but is ${typeName(value)}.`);
}

function validTraceparent(value: string | undefined): string | undefined {
  if (value === undefined || (typeof value === 'string' && parseTraceparent(value) !== undefined)) return value;
  throw new ContextValueError(
    'traceparent',
    'must be a W3C traceparent like 00-<32 hex>-<16 hex>-01. Leave it out if it came invalid.',
  );
}

function validDeadline(value: number | undefined): number | undefined {
  if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw new ContextValueError('deadline', `must be a time in milliseconds since the epoch, but is ${String(value)}.`);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value === '' ? 'an empty string' : 'a string';
  return Array.isArray(value)
    ? 'an array'
    : typeof value === 'undefined'
      ? 'undefined'
      : `a value of type ${typeof value}`;
}
