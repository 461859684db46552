/** Milliseconds after a failure in which a module is not asked for again by itself. */
const pause = 10_000;

/** A module that elements import when the first of them needs it. */
export class LateModule<Module = unknown> {
  readonly #load: () => Promise<Module>;
  readonly #waiting = new Set<() => void>();
  #isLoading = false;
  #error: unknown;
  #failedAt = 0;
  #module: Module | undefined;

  constructor(load: () => Promise<Module>) {
    this.#load = load;
  }

  /** Once it has arrived. */
  get module(): Module | undefined {
    return this.#module;
  }

  get hasFailed(): boolean {
    return this.#error !== undefined;
  }

  /** Whether it did not arrive whole. The browser keeps such a module until the page is loaded again. */
  get isBroken(): boolean {
    return this.#error instanceof SyntaxError;
  }

  /**
   * Imports the module, unless that is done or has just failed.
   *
   * @param settled called once, when the module has arrived or has not
   */
  need(settled?: () => void): void {
    if (this.hasFailed && (this.isBroken || performance.now() - this.#failedAt < pause)) return;
    this.retry(settled);
  }

  /** Imports the module now, unless that is done. */
  retry(settled?: () => void): void {
    if (this.#module !== undefined) return;
    if (settled !== undefined) this.#waiting.add(settled);
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#load().then(
      (module) => {
        this.#module = module;
        this.#settle(undefined);
      },
      (error: unknown) => {
        console.error('A part of an element could not be loaded:', error);
        this.#settle(error);
      },
    );
  }

  #settle(error: unknown): void {
    this.#isLoading = false;
    this.#error = error;
    this.#failedAt = performance.now();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const settled of waiting) settled();
  }
}
