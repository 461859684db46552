import type { AmbientMapping } from '../current.js';
import { is } from '../pristine-built-ins.js';

/** A cause: the context of a call, which may be the empty one. */
export interface Cause {
  readonly mapping: AmbientMapping | undefined;
}

interface Write extends Cause {
  readonly chunk: unknown;
  next: Write | undefined;
}

/** The calls that may cause one stream to call its source, sink or transformer. */
export class StreamContexts {
  /** The latest `read()`, or the beginning of an iteration or of a pipe from it. */
  read: Cause | undefined;
  closed: Cause | undefined;
  /** `abort()` or `cancel()`. */
  aborted: Cause | undefined;
  /** The beginning of a pipe into it, which then writes and ends without any call. */
  pipedInto: Cause | undefined;
  /** Whether chunks that are written arrive at a method. */
  takesChunks = false;
  // Its own list, since user code may have patched arrays.
  #first: Write | undefined;
  #last: Write | undefined;

  constructor(readonly constructed: Cause) {}

  /** The context of the call that causes a method, however late the method runs; `undefined` if unknown. */
  causeOf(method: string, chunk: unknown): Cause | undefined {
    switch (method) {
      case 'pull':
        return this.read;
      case 'cancel':
        return this.aborted ?? this.read;
      case 'write':
      case 'transform':
        return this.#takeWrite(chunk) ?? this.pipedInto;
      case 'close':
      case 'flush':
        this.takesChunks = false;
        return this.closed ?? this.pipedInto;
      case 'abort':
        return this.aborted ?? this.pipedInto;
      default:
        return this.constructed;
    }
  }

  written(chunk: unknown, mapping: AmbientMapping | undefined): void {
    if (!this.takesChunks) return;
    const write: Write = { chunk, mapping, next: undefined };
    if (this.#last === undefined) this.#first = write;
    else this.#last.next = write;
    this.#last = write;
  }

  /** Chunks arrive in the order in which they were written; those before this one were refused. */
  #takeWrite(chunk: unknown): Cause | undefined {
    for (let write = this.#first; write !== undefined; write = write.next) {
      if (!is(write.chunk, chunk)) continue;
      this.#first = write.next;
      if (write.next === undefined) this.#last = undefined;
      return write;
    }
    return undefined;
  }

  /** Nothing that was written arrives any more. */
  forgetWrites(): void {
    this.#first = this.#last = undefined;
  }
}
