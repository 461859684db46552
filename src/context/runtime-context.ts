import { AsyncContext } from './async-context/async-context.js';
import { copyContextData, describe, isPlainObject, SizeBudget, type ContextData } from './context-data.js';
import { ContextKeyError, ContextValueError } from './errors.js';
import { PristineSet } from './pristine-collections.js';
import { randomHex } from './random-hex.js';
import { childTraceparent, parseTraceparent } from './traceparent.js';
import { apply, freeze, hasOwn, isFinite, keys, none, PristineTypeError } from './pristine-built-ins.js';

/** Fields of a new `RuntimeContext`. */
export interface RuntimeContextInit {
  /** Plain data by name, for code and tools to read. @default {} */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Plain data by name about the work: labels, versions, its origin. @default {} */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Name of the run, 1 to 200 characters. @default 32 random hex digits */
  readonly runId?: string;
  /** Shared by all runs with one cause, 1 to 200 characters. @default the run id */
  readonly correlationId?: string;
  /** Run id of the parent. @default undefined */
  readonly parentId?: string | undefined;
  /** Header of W3C Trace Context. @default undefined */
  readonly traceparent?: string | undefined;
  /** Milliseconds since the epoch. @default undefined, no deadline */
  readonly deadline?: number | undefined;
  /** Aborts together with the work of the context. Not part of the JSON form. @default undefined */
  readonly signal?: AbortSignal | undefined;
  /** Names of variables that `with` and `run` refuse to replace. @default none */
  readonly protectedKeys?: Iterable<string>;
  /** Limit of variables and metadata together, in characters of JSON. @default 65,536 */
  readonly maxSize?: number;
}

/** The JSON form of a RuntimeContext, for messages. `runId` names the execution. The host's own copy is authoritative. */
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

// User code may replace the members of classes.
const { missing, protected: refused } = ContextKeyError;

const initKeys: ReadonlySet<string> = new PristineSet<keyof RuntimeContextInit>([
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
 * The identity and data of one run, as an immutable object that travels with every message. The constructor copies and
 * freezes the data; a change makes another context.
 * @example
 * const context = new RuntimeContext({ variables: { client_id: 'a' }, deadline: Date.now() + 5000 });
 * context.get('client_id');                  // 'a'
 * context.with({ region: 'eu' }).keys();     // ['client_id', 'region']
 * await context.run(() => handle(request));  // the current context inside
 */
export class RuntimeContext {
  /** Frozen plain data, by name. */
  readonly variables: ContextData;
  /** Frozen plain data about the work, by name. */
  readonly metadata: ContextData;
  readonly runId: string;
  /** Shared by all runs with one cause. */
  readonly correlationId: string;
  /** Run id of the parent. */
  readonly parentId: string | undefined;
  /** Header of W3C Trace Context. */
  readonly traceparent: string | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline: number | undefined;
  readonly signal: AbortSignal | undefined;
  #protectedKeys: ReadonlySet<string>;
  readonly #maxSize: number;

  /**
   * For variables alone there is `RuntimeContext.from({ client_id: 'a' })`.
   * @throws ContextValueError for data that is not plain or too large, and for a field with a wrong value
   * @throws TypeError for an unknown field
   */
  constructor(init: RuntimeContextInit = none) {
    const unknownKey = findKey(init, (key) => !initKeys.has(key));
    if (unknownKey !== undefined) {
      throw new PristineTypeError(
        `"${unknownKey}" is not a field of a RuntimeContext. For a variable of that name, use ` +
          `new RuntimeContext({ variables: { ${unknownKey}: … } }) or RuntimeContext.from({ ${unknownKey}: … }).`,
      );
    }
    this.#maxSize = init.maxSize ?? 65_536;
    this.#protectedKeys = new PristineSet(init.protectedKeys);
    const budget = new SizeBudget(this.#maxSize);
    this.variables = copyContextData(init.variables ?? none, 'variables', budget);
    this.metadata = copyContextData(init.metadata ?? none, 'metadata', budget);
    this.runId = identifier(init.runId ?? randomHex(16), 'runId');
    this.correlationId = identifier(init.correlationId ?? this.runId, 'correlationId');
    this.parentId = init.parentId === undefined ? undefined : identifier(init.parentId, 'parentId');
    this.traceparent = validTraceparent(init.traceparent);
    this.deadline = validDeadline(init.deadline);
    this.signal = init.signal;
    freeze(this);
  }

  /** Whether a value is a RuntimeContext of this copy of the library. */
  static isRuntimeContext(value: unknown): value is RuntimeContext {
    return typeof value === 'object' && value !== null && #maxSize in value;
  }

  /**
   * Returns a context as it is, makes one from a plain object of variables, and an empty one from `undefined`.
   * @throws TypeError for any other value
   * @throws ContextValueError for variables that are not plain data, or too large
   */
  static from(input: RuntimeContext | Readonly<Record<string, unknown>> | undefined): RuntimeContext {
    if (isRuntimeContext(input)) return input;
    if (input === undefined) return new RuntimeContext();
    if (isPlainObject(input)) return new RuntimeContext(own({ variables: input }));
    throw new PristineTypeError(
      `Expected a RuntimeContext or a plain object of variables, but got ${describe(input)}.`,
    );
  }

  /**
   * Makes a context from its JSON form, with the same ids.
   * @param json the result of `toJSON()`, or of parsing its text
   * @throws TypeError for a value that is not a plain object
   * @throws ContextValueError for a field with a wrong value
   */
  static fromJSON(json: unknown): RuntimeContext {
    if (!isPlainObject(json)) {
      throw new PristineTypeError(`Expected the output of RuntimeContext.toJSON(), but got ${describe(json)}.`);
    }
    const { runId, correlationId, parentId, traceparent, variables, metadata, deadline } = json as Partial<WireContext>;
    return new RuntimeContext(
      own({
        runId: identifier(runId, 'runId'),
        correlationId: identifier(correlationId, 'correlationId'),
        variables: variables ?? none,
        metadata: metadata ?? none,
        parentId,
        traceparent,
        deadline,
      }),
    );
  }

  /** The value of a variable; `fallback` where the context has none of that name. @default undefined for `fallback` */
  get<T>(key: string, fallback: T): T;
  get<T = unknown>(key: string): T | undefined;
  get(key: string, fallback?: unknown): unknown {
    return hasOwn(this.variables, key) ? this.variables[key] : fallback;
  }

  /** The value of a variable. @throws ContextKeyError where the context has none of that name; it lists the names that exist */
  require<T = unknown>(key: string): T {
    if (!hasOwn(this.variables, key)) throw missing(key, keys(this.variables));
    return this.variables[key] as T;
  }

  /** Whether the context has a variable of that name. */
  has(key: string): boolean {
    return hasOwn(this.variables, key);
  }

  /** The names of the variables. */
  keys(): readonly string[] {
    return keys(this.variables);
  }

  /**
   * A context of the same run with these variables added or replaced. The value `undefined` removes a variable.
   * @throws ContextKeyError for a variable that the host protects
   * @throws ContextValueError for data that is not plain, or too large
   */
  with(more: Readonly<Record<string, unknown>>): RuntimeContext {
    if (!isPlainObject(more))
      throw new PristineTypeError(`Expected a plain object of variables, but got ${describe(more)}.`);
    const key = findKey(more, (each) => this.#protectedKeys.has(each));
    if (key !== undefined) throw refused(key, keys(this.variables));
    return this.#copy({ variables: { ...this.variables, ...more } });
  }

  /**
   * A context for a part of the work: a new run id, this run id as `parentId`, the same correlation id and trace. The
   * earlier of both deadlines holds.
   */
  child(init: Pick<RuntimeContextInit, 'runId' | 'deadline' | 'signal' | 'metadata'> = none): RuntimeContext {
    return this.#copy({
      runId: init.runId ?? randomHex(16),
      parentId: this.runId,
      traceparent: this.traceparent === undefined ? undefined : childTraceparent(this.traceparent),
      deadline: this.#earlier(init.deadline),
      signal: init.signal ?? this.signal,
      metadata: { ...this.metadata, ...init.metadata },
    });
  }

  /** The same run under another signal, deadline and `traceparent`; the earlier of both deadlines holds. */
  limitedTo(limits: Pick<RuntimeContextInit, 'deadline' | 'signal' | 'traceparent'>): RuntimeContext {
    return this.#copy({
      deadline: this.#earlier(limits.deadline),
      signal: limits.signal ?? this.signal,
      traceparent: limits.traceparent ?? this.traceparent,
    });
  }

  /**
   * Calls `fn` with this context, or with this and more variables, as the current one, and returns the result of `fn`. The
   * outer context is current again when `fn` returns or throws.
   * @throws ContextKeyError for a variable that the host protects
   */
  run<Result>(fn: () => Result): Result;
  run<Result>(variables: Readonly<Record<string, unknown>>, fn: () => Result): Result;
  run<Result>(first: (() => Result) | Readonly<Record<string, unknown>>, second?: () => Result): Result {
    const isAlone = typeof first === 'function';
    const context = isAlone ? this : apply(extended, this, [first]);
    const fn = isAlone ? (first as () => Result) : second;
    if (typeof fn !== 'function') throw new PristineTypeError(`Expected a function to run, but got ${describe(fn)}.`);
    return contextVariable.run(context, fn);
  }

  /** The wire form. `JSON.stringify(context)` is its text. */
  toJSON(): WireContext {
    const { runId, correlationId, parentId, traceparent, variables, metadata, deadline } = this;
    return {
      runId,
      correlationId,
      ...(parentId === undefined ? none : { parentId }),
      ...(traceparent === undefined ? none : { traceparent }),
      variables,
      metadata,
      ...(deadline === undefined ? none : { deadline }),
    };
  }

  #earlier(deadline: number | undefined): number | undefined {
    if (deadline === undefined || this.deadline === undefined) return deadline ?? this.deadline;
    return deadline < this.deadline ? deadline : this.deadline;
  }

  #copy(changes: RuntimeContextInit): RuntimeContext {
    const copy = new RuntimeContext(
      own({ ...apply(toJSON, this, []), signal: this.signal, maxSize: this.#maxSize, ...changes }),
    );
    // To give them to the constructor would iterate them.
    copy.#protectedKeys = this.#protectedKeys;
    return copy;
  }
}

/** The one variable that holds the current RuntimeContext. Read and set it through `current-context.ts`. */
export const contextVariable = new AsyncContext.Variable<RuntimeContext>({ name: 'RuntimeContext' });
// Readers have the classes, and may replace their members.
const { isRuntimeContext } = RuntimeContext;
const { with: extended, toJSON } = RuntimeContext.prototype;
Object.assign(contextVariable, { get: contextVariable.get, run: contextVariable.run });

function findKey(object: object, matches: (key: string) => boolean): string | undefined {
  const names = keys(object);
  for (let index = 0; index < names.length; index += 1) if (matches(names[index]!)) return names[index];
  return undefined;
}

/** Options alone, without what code may have put on `Object.prototype`. */
function own(init: RuntimeContextInit): RuntimeContextInit {
  return { __proto__: null, ...init } as RuntimeContextInit;
}

function identifier(value: unknown, field: string): string {
  if (typeof value === 'string' && value.length > 0 && value.length <= 200) return value;
  throw new ContextValueError(field, `must be a string of 1 to 200 characters, but is ${describe(value)}.`);
}

function validTraceparent(value: string | undefined): string | undefined {
  if (value === undefined || (typeof value === 'string' && parseTraceparent(value) !== undefined)) return value;
  throw new ContextValueError(
    'traceparent',
    'must be a W3C traceparent like 00-<32 hex>-<16 hex>-01. Leave out an invalid one.',
  );
}

function validDeadline(value: number | undefined): number | undefined {
  if (value === undefined || (typeof value === 'number' && isFinite(value))) return value;
  throw new ContextValueError('deadline', `must be a time in milliseconds since the epoch, but is ${value}.`);
}
