/** Executions that are sent to a worker before it has begun them. The others wait here, where they are stopped at once. */
const maxStarting = 8;

/** The place of an execution among those of its session. */
export interface Pass {
  /** Its code has begun. Twice is safe. */
  begun(): void;
  /** It has ended. Twice is safe. */
  leave(): void;
}

/**
 * Lets executions of a session in: ordinary ones together, an exclusive one alone. First come, first served, so that a stream of
 * ordinary ones does not starve an exclusive one.
 */
export class ExecutionGate {
  #inside = 0;
  #starting = 0;
  #exclusiveInside = false;
  #waiting: { readonly exclusive: boolean; readonly enter: () => void }[] = [];

  enter(exclusive: boolean): Promise<Pass> {
    return new Promise((resolve) => {
      this.#waiting.push({
        exclusive,
        enter: () => {
          this.#inside++;
          this.#starting++;
          this.#exclusiveInside = exclusive;
          let isStarting = true;
          let isInside = true;
          const begun = (): void => {
            if (!isStarting) return;
            isStarting = false;
            this.#starting--;
            this.#admit();
          };
          const leave = (): void => {
            if (!isInside) return;
            isInside = false;
            this.#inside--;
            this.#exclusiveInside = false;
            begun();
            this.#admit();
          };
          resolve({ begun, leave });
        },
      });
      this.#admit();
    });
  }

  #admit(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (this.#exclusiveInside || (first.exclusive && this.#inside > 0) || this.#starting >= maxStarting) return;
      this.#waiting.shift();
      first.enter();
    }
  }
}
