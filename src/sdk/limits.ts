/**
 * Limits of a `Codemode`. Times are milliseconds.
 *
 * @example
 * const codemode = new Codemode({ limits: { codeTimeout: 5_000, maxSessions: 8 } });
 */
export interface Limits {
  /** The time from the start of an execution's code to its report. Afterwards the worker counts as lost. @default 35,000 */
  readonly requestTimeout: number;
  /** The time of an execution, from the start of its code. @default 30,000 */
  readonly codeTimeout: number;
  /** The time of one tool call. @default 30,000 */
  readonly toolTimeout: number;
  /**
   * The time after the end of an execution in which its late callbacks may call tools. While timers or promises of it are pending, it
   * begins anew each second. @default 30,000
   */
  readonly lateToolCalls: number;
  /** The time for which pending work of an ended execution may keep the worker busy, without a pause. @default 5,000 */
  readonly lateWork: number;
  /** The time without a sign of life after which the sandbox counts as dead. @default 5,000 */
  readonly healthTimeout: number;
  /**
   * The time that stopped code has to end before its worker is killed. It begins when the worker could have answered.
   * @default 500
   */
  readonly stopGrace: number;
  /** Entries kept in the output of one result; all of them are dispatched as events. @default 10,000 */
  readonly outputEntries: number;
  /** The idle time after which a session is suspended to its checkpoint. @default Infinity: it never is */
  readonly idleTimeout: number;
  /** Workers started ahead, for sessions to come, once a session has run code. @default 0 */
  readonly minIdle: number;
  /** Sessions that have a worker at a time; for more, the one that has been idle longest is suspended. @default 32 */
  readonly maxSessions: number;
  /** Executions in mode `thread` that run at a time in one session, each in a worker that counts towards `maxSessions`; more wait. @default 4 */
  readonly maxThreads: number;
}

/** The limits of a `Codemode` that sets none. */
export const defaultLimits: Limits = {
  requestTimeout: 35_000,
  codeTimeout: 30_000,
  toolTimeout: 30_000,
  lateToolCalls: 30_000,
  lateWork: 5_000,
  healthTimeout: 5_000,
  stopGrace: 500,
  outputEntries: 10_000,
  idleTimeout: Infinity,
  minIdle: 0,
  maxSessions: 32,
  maxThreads: 4,
};

const mayBeZero: ReadonlySet<string> = new Set(['minIdle', 'lateToolCalls']);
const whole: ReadonlySet<string> = new Set(['minIdle', 'maxSessions', 'maxThreads']);

/** @throws RangeError for a limit that is not a positive number, TypeError for one that does not exist */
export function resolveLimits(limits: Partial<Limits> = {}): Limits {
  for (const [name, value] of Object.entries(limits)) {
    if (!Object.hasOwn(defaultLimits, name)) {
      throw new TypeError(`There is no limit “${name}”. There are: ${Object.keys(defaultLimits).join(', ')}.`);
    }
    if (value === undefined) continue;
    const isWithin = typeof value === 'number' && (mayBeZero.has(name) ? value >= 0 : value > 0);
    if (!isWithin || (whole.has(name) && !Number.isInteger(value) && value !== Infinity)) {
      const expected = `a ${whole.has(name) ? 'whole' : 'positive'} number${mayBeZero.has(name) ? ', or 0' : ''}`;
      throw new RangeError(`The limit “${name}” must be ${expected}, but it is ${String(value)}.`);
    }
  }
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  return { ...defaultLimits, ...(Object.fromEntries(given) as Partial<Limits>) };
}
