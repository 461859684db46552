/**
 * Lets executions of a session in: any number of ordinary ones together, an exclusive one alone. First come, first served,
 * so that a stream of ordinary ones does not starve an exclusive one.
 */
export class ExecutionGate {
  #inside = 0;
  #exclusiveInside = false;
  #waiting: { readonly exclusive: boolean; readonly enter: () => void }[] = [];

  /** Resolves with the way out, to be called once. */
  enter(exclusive: boolean): Promise<() => void> {
    return new Promise((resolve) => {
      this.#waiting.push({
        exclusive,
        enter: () => {
          this.#inside++;
          this.#exclusiveInside = exclusive;
          let isInside = true;
          resolve(() => {
            if (!isInside) return;
            isInside = false;
            this.#inside--;
            this.#exclusiveInside = false;
            this.#admit();
          });
        },
      });
      this.#admit();
    });
  }

  #admit(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (this.#exclusiveInside || (first.exclusive && this.#inside > 0)) return;
      this.#waiting.shift();
      first.enter();
    }
  }
}
