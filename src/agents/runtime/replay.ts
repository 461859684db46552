import { DivergenceError } from './agent-errors.js';
import { after } from '../../protocol/resources/timers.js';
import type { LoggedCall } from './call-log.js';

/**
 * Gives code that runs again the answers of the log, in the order in which they reached it, one in a task of its own: code whose
 * calls raced then goes the same way. A call that the log does not have begins where the log ends.
 */
export class Replay {
  readonly #known: ReadonlyMap<string, LoggedCall>;
  readonly #order: readonly string[];
  /** Places of calls that the code has made again. */
  readonly #made = new Set<string>();
  readonly #waiting = new Map<string, () => void>();
  #next = 0;
  #isScheduled = false;

  /** @param order places of answers, in the order in which they reached the code */
  constructor(calls: readonly LoggedCall[], order: readonly string[]) {
    this.#known = new Map(calls.map((call) => [call.place, call]));
    this.#order = order;
  }

  /** Whether answers of the log are still to come. */
  get isReplaying(): boolean {
    return this.#next < this.#order.length;
  }

  /**
   * The call of the log at a place.
   * @throws DivergenceError where the log has another call there
   */
  find(place: string, name: string, args: unknown): LoggedCall | undefined {
    const known = this.#known.get(place);
    if (known === undefined) return undefined;
    if (known.name === name && canonicalText(known.args) === canonicalText(args)) {
      this.#made.add(place);
      return known;
    }
    throw new DivergenceError(
      `The code calls ${callText(name, args)}, where it called ${callText(known.name, known.args)} before.`,
      { name: known.name, args: known.args },
      { name, args },
    );
  }

  /** Resolves when it is the turn of an answer. One that never reached the code has its turn after all others. */
  async turnOf(place: string): Promise<void> {
    if (!this.#order.includes(place, this.#next)) {
      while (this.isReplaying) await new Promise<void>((resolve) => this.#waiting.set(`after ${place}`, resolve));
      return;
    }
    await new Promise<void>((resolve) => {
      this.#waiting.set(place, resolve);
      this.#schedule();
    });
  }

  /** What the code did before and, where it has ended, not this time. */
  get missed(): DivergenceError | undefined {
    const expected = this.#known.get(this.#order[this.#next] ?? '');
    if (expected === undefined || this.#made.has(expected.place)) return undefined;
    const { name, args } = expected;
    return new DivergenceError(`The code did not call ${name} again, as it did before.`, { name, args }, undefined);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    after(0, () => {
      this.#isScheduled = false;
      const place = this.#order[this.#next];
      const release = this.#waiting.get(place ?? '');
      if (place === undefined || release === undefined) return;
      this.#waiting.delete(place);
      this.#next++;
      release();
      if (this.isReplaying) this.#schedule();
      else this.#releaseRest();
    });
  }

  #releaseRest(): void {
    const rest = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const release of rest) release();
  }
}

function callText(name: string, args: unknown): string {
  const text = args === undefined ? '' : (JSON.stringify(args) ?? '');
  return `${name}(${text.length > 200 ? `${text.slice(0, 200)}…` : text})`;
}

/** JSON with the properties in the order of their names. */
function canonicalText(value: unknown): string {
  return (
    JSON.stringify(value, (_key, member: unknown) =>
      typeof member === 'object' && member !== null && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
        : typeof member === 'bigint'
          ? `${member}n`
          : member,
    ) ?? ''
  );
}
