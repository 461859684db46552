import { PublicError } from '../../protocol/endpoint/endpoint-errors.js';
import { nearestName } from './nearest-name.js';
import type { ExecutionPhase } from '../types.js';

/** Optional details of a `CodemodeError`. */
export interface CodemodeErrorOptions {
  readonly correlationId?: string | undefined;
  /** How far the execution got. */
  readonly phase?: ExecutionPhase | undefined;
  readonly cause?: unknown;
  /** Whether trying the same again may help, since nothing has been run. @default false */
  readonly transient?: boolean | undefined;
}

/**
 * What all errors of the SDK are. `name` tells them apart, also where `instanceof` can't: after a hop, in another bundle.
 * Their messages may cross to the code that called.
 */
export class CodemodeError extends PublicError {
  override readonly name: string = 'CodemodeError';
  readonly correlationId: string | undefined;
  readonly phase: ExecutionPhase | undefined;
  readonly transient: boolean;

  constructor(message: string, options: CodemodeErrorOptions = {}) {
    super(message);
    if (options.cause !== undefined) this.cause = options.cause;
    this.correlationId = options.correlationId;
    this.phase = options.phase;
    this.transient = options.transient ?? false;
  }
}

// Components

/** A component can't be registered: its name or its definition is invalid. */
export class InvalidComponentError extends CodemodeError {
  override readonly name = 'InvalidComponentError';

  constructor(
    readonly kind: string,
    readonly component: string,
    problem: string,
  ) {
    super(`Can't register the ${kind} "${component}": ${problem}`);
  }
}

/** The name is taken. */
export class ComponentExistsError extends CodemodeError {
  override readonly name = 'ComponentExistsError';

  constructor(
    readonly kind: string,
    readonly component: string,
  ) {
    super(`There is a ${kind} "${component}" already. Pass { overwrite: true } to replace it, or unregister it first.`);
  }
}

/** Nothing is registered under the name; the message lists what there is. */
export class ComponentNotFoundError extends CodemodeError {
  override readonly name = 'ComponentNotFoundError';
  /** Code that called a tool by a wrong name is told. */
  readonly public = true;
  readonly nearest: string | undefined;

  constructor(
    readonly kind: string,
    readonly component: string,
    readonly available: readonly string[],
    options: CodemodeErrorOptions = {},
  ) {
    // A tool may have been called without its namespace.
    const nearest = nearestName(component, available) ?? available.find((name) => name.endsWith(`.${component}`));
    super(
      `There is no ${kind} "${component}". ` +
        (nearest === undefined ? '' : `Did you mean ${nearest.includes('.') ? `tools.${nearest}` : `"${nearest}"`}? `) +
        (available.length === 0
          ? `No ${kind} is registered.`
          : `There ${available.length === 1 ? 'is' : 'are'}: ${cutList(available)}.`),
      options,
    );
    this.nearest = nearest;
  }
}

// States

/** An edge that the rules don't have, or a machine that is not where the caller expected it. */
export class IllegalTransitionError extends CodemodeError {
  override readonly name = 'IllegalTransitionError';

  constructor(
    readonly from: string,
    readonly to: string,
    /** Where the machine is; another than `from` where the caller's expectation was wrong. */
    readonly actual: string,
    legal: readonly string[],
  ) {
    super(
      actual === from
        ? `Can't go from "${from}" to "${to}". From "${from}" it goes to: ${legal.join(', ') || 'nowhere, it is final'}.`
        : `Can't go from "${from}" to "${to}": the state is "${actual}". Read the state again before the transition.`,
    );
  }
}

// Sessions and executions

/** The `Codemode` was closed. */
export class ClientClosedError extends CodemodeError {
  override readonly name = 'ClientClosedError';

  constructor(options: CodemodeErrorOptions = {}) {
    super('Client has been closed', { phase: 'not-started', ...options });
  }
}

/** The session was closed. */
export class SessionClosedError extends CodemodeError {
  override readonly name = 'SessionClosedError';

  constructor(
    readonly session: string,
    options: CodemodeErrorOptions = {},
  ) {
    super(`The session "${session}" has been closed. Take a new one from codemode.session().`, {
      phase: 'not-started',
      ...options,
    });
  }
}

/** The worker or its frame was lost. `phase` tells whether code may have run. */
export class SessionCrashedError extends CodemodeError {
  override readonly name = 'SessionCrashedError';

  constructor(
    readonly session: string,
    readonly reason: string,
    options: CodemodeErrorOptions = {},
  ) {
    super(`The session "${session}" was lost: ${reason.replace(/\.$/, '')}. The next execution starts a new worker.`, {
      phase: 'unknown',
      ...options,
    });
  }
}

/** All workers that there may be belong to other sessions, and none of them could be spared in time. */
export class SessionLimitError extends CodemodeError {
  override readonly name = 'SessionLimitError';

  constructor(
    readonly limit: number,
    /** Milliseconds. */
    readonly waited: number,
    /** Names of the sessions that have a worker. */
    readonly sessions: readonly string[],
    options: CodemodeErrorOptions = {},
  ) {
    super(
      `No worker became free within ${waited} ms: there may be ${limit}, and the sessions that have them are running or hold what a checkpoint can't ` +
        `keep (${cutList(sessions)}). Close one of them, or raise limits.maxSessions.`,
      { phase: 'not-started', ...options },
    );
  }
}

/** The code took longer than it may. */
export class ExecutionTimeoutError extends CodemodeError {
  override readonly name = 'ExecutionTimeoutError';

  constructor(
    /** Milliseconds. */
    readonly timeout: number,
    options: CodemodeErrorOptions = {},
  ) {
    super(`The code ran longer than ${timeout} ms and was stopped. Pass { timeout } to execute() to allow more.`, {
      phase: 'running',
      ...options,
    });
  }
}

/** The worker did not answer in time; what it did is not known. */
export class RequestTimeoutError extends CodemodeError {
  override readonly name = 'RequestTimeoutError';

  constructor(
    readonly request: string,
    /** Milliseconds. */
    readonly timeout: number,
    options: CodemodeErrorOptions = {},
  ) {
    super(`The worker did not answer "${request}" within ${timeout} ms. Reset the session if this goes on.`, {
      phase: 'unknown',
      ...options,
    });
  }
}

/** Somebody stopped it: Stop, an aborted signal, or a session that closed. */
export class CancelledError extends CodemodeError {
  override readonly name = 'CancelledError';
  readonly public = true;

  constructor(
    readonly reason: string = 'The execution was stopped',
    options: CodemodeErrorOptions = {},
  ) {
    super(reason, options);
  }
}

/** `runner.html` can't be had. No code ran. */
export class RunnerUnavailableError extends CodemodeError {
  override readonly name = 'RunnerUnavailableError';

  constructor(
    readonly url: string,
    readonly problem: string,
    options: CodemodeErrorOptions = {},
  ) {
    super(
      `The runner at ${url} can't be used: ${problem} ` +
        'Serve runner.html from the package, set runnerUrl to its address, and allow it in frame-src of the page.',
      { phase: 'not-started', ...options },
    );
  }
}

/** The other side said something that the protocol does not have. Its port is closed at the first such message. */
export class ProtocolViolationError extends CodemodeError {
  override readonly name = 'ProtocolViolationError';

  constructor(
    readonly expected: string,
    readonly received: string,
    options: CodemodeErrorOptions = {},
  ) {
    super(`Expected ${expected}, but the worker sent ${received}. Its port was closed; reset the session to go on.`, {
      phase: 'unknown',
      ...options,
    });
  }
}

const listedNames = 20;

function cutList(names: readonly string[]): string {
  const more = names.length - listedNames;
  return names.slice(0, listedNames).join(', ') + (more > 0 ? `, and ${more} more` : '');
}
