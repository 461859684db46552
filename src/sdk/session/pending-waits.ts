type Values = Record<string, unknown>;

/**
 * Waits for pending promises, which a stop ends. The worker ends those that it knows of, with what they have; one that it does not
 * know yet has nothing.
 */
export class PendingWaits {
  readonly #waits = new Set<() => void>();

  /** What the worker answers; nothing if a stop comes first. */
  async wait(answer: Promise<Values>): Promise<Values> {
    let end = (): void => undefined;
    const ended = new Promise<Values>((resolve) => {
      end = () => resolve({});
    });
    this.#waits.add(end);
    try {
      return await Promise.race([answer, ended]);
    } finally {
      this.#waits.delete(end);
    }
  }

  /** Ends those that began before, once the worker has stopped. */
  async endAfter<T>(stopped: Promise<T>): Promise<T> {
    const waits = [...this.#waits];
    const result = await stopped;
    for (const end of waits) end();
    return result;
  }
}
