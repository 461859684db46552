import type { WorkerPart } from '../../src/protocol/messages/worker-parts.js';

/** Integrity of each part of this build, which the host's `fetch` compares. The build puts it in; tests have none. */
declare const __PART_INTEGRITY__: Readonly<Record<WorkerPart, string>>;

const integrity: Partial<Record<WorkerPart, string>> =
  typeof __PART_INTEGRITY__ === 'undefined' ? {} : __PART_INTEGRITY__;
// Read before the reader's code runs: it compiles what the reader evaluates.
const indirectEval = globalThis.eval;

/** What loads and evaluates a part. */
export interface PartSource {
  loadPart(name: WorkerPart, integrity: string): Promise<string>;
  after<T, R>(promise: Promise<T>, then: (value: T) => R, failed: (thrown: unknown) => R): Promise<R>;
}

/** A part of the kernel that its worker loads when it is first needed. Call it in the bracket. */
export class LatePart<Exports> {
  readonly #name: WorkerPart;
  readonly #source: PartSource;
  readonly #loaded: (exports: Exports) => void;
  #loading: Promise<void> | undefined;

  /** @param loaded called once, in the bracket */
  constructor(name: WorkerPart, source: PartSource, loaded: (exports: Exports) => void) {
    this.#name = name;
    this.#source = source;
    this.#loaded = loaded;
  }

  /** Rejects with the host's error; the next call tries again. */
  load(): Promise<void> {
    const { loadPart, after } = this.#source;
    return (this.#loading ??= after(
      loadPart(this.#name, integrity[this.#name] ?? ''),
      (text) => this.#loaded(indirectEval(`(()=>{${text}\nreturn codemode})()`) as Exports),
      (thrown) => {
        this.#loading = undefined;
        throw thrown;
      },
    ));
  }
}
