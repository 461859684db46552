import { agentTurnRules, StateMachine, type AgentTurnState, type Transition } from '../../sdk/internals.js';
import { CodemodeError, type CodemodeErrorOptions } from '../../sdk/index.js';

/** Cleaning up failed; all other clean-ups ran. */
export class TurnCleanupError extends CodemodeError {
  override readonly name = 'TurnCleanupError';

  constructor(
    readonly errors: readonly unknown[],
    options: CodemodeErrorOptions = {},
  ) {
    super(`${errors.length} of the turn's clean-ups failed; the first: ${String(errors[0])}`, {
      cause: errors[0],
      ...options,
    });
  }
}

/**
 * One turn of an agent, as a state machine: `user-input` leads to `assistant`, that to `tool-execution` or `response`,
 * `tool-execution` to `response`, and `response` to `assistant` again. What it opens is released at its end, on every path.
 *
 * @example
 * const turn = new AgentTurn();
 * turn.transition('user-input', 'assistant');
 * turn.onEnd(() => connection.close());
 * await turn.end();
 */
export class AgentTurn {
  readonly #machine = new StateMachine<AgentTurnState>(agentTurnRules, 'user-input');
  readonly #history: Transition<AgentTurnState>[] = [];
  readonly #controller = new AbortController();
  readonly #cleanUps: (() => unknown)[] = [];
  #ending: Promise<void> | undefined;

  constructor() {
    this.#machine.subscribe((transition) => void this.#history.push(transition));
  }

  get state(): AgentTurnState {
    return this.#machine.state;
  }

  /** Aborts when the turn ends. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isEnded(): boolean {
    return this.#ending !== undefined;
  }

  /** All transitions, in their order. */
  get history(): readonly Transition<AgentTurnState>[] {
    return this.#history;
  }

  can(to: AgentTurnState): boolean {
    return !this.isEnded && this.#machine.can(to);
  }

  /**
   * Goes to `to` if the state is `expectedFrom` and the rules have that edge, else changes nothing.
   * @throws IllegalTransitionError
   */
  transition(expectedFrom: AgentTurnState, to: AgentTurnState, detail?: unknown): Transition<AgentTurnState> {
    return this.#machine.transition(expectedFrom, to, detail);
  }

  /** Called after each transition. @returns a function that ends it */
  subscribe(listener: (transition: Transition<AgentTurnState>) => void): () => void {
    return this.#machine.subscribe(listener, { signal: this.signal });
  }

  /** Runs when the turn ends, the newest first; at once where it has ended. */
  onEnd(cleanUp: () => unknown): void {
    if (this.isEnded) void cleanUp();
    else this.#cleanUps.push(cleanUp);
  }

  /**
   * Ends the turn and releases what it opened. Safe to call twice.
   * @throws TurnCleanupError
   */
  end(reason?: unknown): Promise<void> {
    this.#ending ??= this.#end(reason);
    return this.#ending;
  }

  async #end(reason: unknown): Promise<void> {
    this.#controller.abort(reason);
    const errors: unknown[] = [];
    for (const cleanUp of this.#cleanUps.splice(0).reverse()) {
      try {
        await cleanUp();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new TurnCleanupError(errors);
  }
}
