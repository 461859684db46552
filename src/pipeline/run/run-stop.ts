/** The stop of a run: its signal, and callbacks of all that waits in it. The signal has one listener, however much waits. */
export class RunStop {
  readonly #controller = new AbortController();
  readonly #callbacks = new Set<() => void>();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isStopped(): boolean {
    return this.signal.aborted;
  }

  /** The first reason counts. */
  stop(reason: Error): void {
    if (this.isStopped) return;
    this.#controller.abort(reason);
    for (const callback of this.#callbacks) callback();
    this.#callbacks.clear();
  }

  /** @throws the reason, of a run that was stopped */
  throwIfStopped(): void {
    this.signal.throwIfAborted();
  }

  /** Calls back once when the run is stopped, at once if it is. The returned function forgets it. */
  onStop(callback: () => void): () => void {
    if (this.isStopped) callback();
    else this.#callbacks.add(callback);
    return () => void this.#callbacks.delete(callback);
  }
}
