import { IllegalTransitionError } from './illegal-transition-error.js';
import { reportListenerError } from '../errors/report-listener-error.js';

/** For each state the states that may follow it. */
export type TransitionRules<State extends string> = { readonly [From in State]: readonly State[] };

/** One step of a state machine. */
export interface Transition<State extends string> {
  readonly from: State;
  readonly to: State;
  /** From 1, without gaps, in the order in which the transitions took place. */
  readonly sequence: number;
  readonly detail: unknown;
}

/** Called after each transition. */
export type TransitionListener<State extends string> = (transition: Transition<State>) => void;

/** Options of a `StateMachine`. */
export interface StateMachineOptions {
  /** Gets what a listener throws; the other listeners are called all the same. @default the global `reportError` */
  readonly onListenerError?: (error: unknown) => void;
}

/**
 * A state that changes only along the edges of its rules, one whole step at a time.
 * Listeners hear of every transition in its order, after it is complete, and never one within another: a listener that
 * makes a transition itself has it take place at once and announced when the present one has been heard by all.
 */
export class StateMachine<State extends string> {
  readonly #rules: TransitionRules<State>;
  readonly #onListenerError: (error: unknown) => void;
  readonly #listeners = new Set<TransitionListener<State>>();
  readonly #unannounced: Transition<State>[] = [];
  #state: State;
  #sequence = 0;
  #announcing = false;

  constructor(rules: TransitionRules<State>, initial: State, options: StateMachineOptions = {}) {
    this.#rules = rules;
    this.#state = initial;
    this.#onListenerError = options.onListenerError ?? reportListenerError;
  }

  get state(): State {
    return this.#state;
  }

  /** Whether the state has no successor. */
  get final(): boolean {
    return this.#rules[this.#state].length === 0;
  }

  can(to: State): boolean {
    return this.#rules[this.#state].includes(to);
  }

  /**
   * Compare and set: goes to `to` if the state is `expectedFrom` and the rules have that edge, else changes nothing.
   * @throws IllegalTransitionError
   */
  transition(expectedFrom: State, to: State, detail?: unknown): Transition<State> {
    if (this.#state !== expectedFrom || !this.can(to)) {
      throw new IllegalTransitionError(expectedFrom, to, this.#state, this.#rules[this.#state]);
    }
    this.#state = to;
    this.#sequence += 1;
    const transition = Object.freeze({ from: expectedFrom, to, sequence: this.#sequence, detail });
    this.#unannounced.push(transition);
    this.#announce();
    return transition;
  }

  /** Ends with the function it gives, or with the signal. */
  subscribe(listener: TransitionListener<State>, options: { readonly signal?: AbortSignal } = {}): () => void {
    const { signal } = options;
    // A listener of its own, so that one function subscribed twice is called twice.
    const own: TransitionListener<State> = (transition) => listener(transition);
    const unsubscribe = (): void => {
      this.#listeners.delete(own);
      signal?.removeEventListener('abort', unsubscribe);
    };
    if (signal?.aborted !== true) {
      this.#listeners.add(own);
      signal?.addEventListener('abort', unsubscribe, { once: true });
    }
    return unsubscribe;
  }

  #announce(): void {
    if (this.#announcing) return;
    this.#announcing = true;
    for (let transition = this.#unannounced.shift(); transition !== undefined; transition = this.#unannounced.shift()) {
      const listeners = [...this.#listeners]; // who subscribes now hears of the next one
      for (const listener of listeners) {
        if (!this.#listeners.has(listener)) continue;
        try {
          listener(transition);
        } catch (error) {
          this.#reportSafely(error);
        }
      }
    }
    this.#announcing = false;
  }

  #reportSafely(error: unknown): void {
    try {
      this.#onListenerError(error);
    } catch (reporterError) {
      reportListenerError(reporterError);
    }
  }
}
