import { apply } from '../../../src/context/pristine-built-ins.js';
import type { AmbientMapping } from '../../../src/context/current.js';
import { isObject } from '../../../src/context/is-object.js';
import { contextOfThrown, rememberThrown, thrownPrimitives } from '../../../src/context/platform/errors.js';
import { getterOf } from '../../../src/context/platform/patches.js';
import { PristineWeakMap } from '../../../src/context/pristine-collections.js';

// Read before the kernel patches them, and before the reader's code may.
const PristinePromise = Promise;
const { reject } = Promise;
const queueNow = queueMicrotask.bind(globalThis);
const eventPrototype = (globalThis as { PromiseRejectionEvent?: { prototype: object } }).PromiseRejectionEvent
  ?.prototype;
const promiseOf = getterOf(eventPrototype, 'promise') ?? (() => undefined);
const reasonOf = getterOf(eventPrototype, 'reason') ?? (() => undefined);
const { stopImmediatePropagation } = Event.prototype;

/** A rejection without a handler that says whose the ones after it are. */
interface Marker {
  readonly mapping: AmbientMapping | undefined;
}

/**
 * Attributes promises that are rejected with a primitive. Nothing of a primitive can be recorded, and an async function does not know
 * its promise. But the platform reports rejections in their order, so a promise is rejected for nothing right before: the next event
 * is of the same context. The job after it ends that.
 */
export class PrimitiveRejections {
  readonly #markers = new PristineWeakMap<object, Marker>();
  /** Of the marker that was made last, and of the one that was reported last. */
  #made: AmbientMapping | undefined;
  #reported: AmbientMapping | undefined;
  #isEnding = false;

  /** From now on primitives that code throws or rejects with are marked. */
  install(): void {
    thrownPrimitives.onThrown = (mapping) => {
      if (mapping !== this.#made) this.#mark(mapping);
      if (mapping === undefined || this.#isEnding) return;
      this.#isEnding = true;
      queueNow(() => {
        this.#isEnding = false;
        if (this.#made !== undefined) this.#mark(undefined);
      });
    };
  }

  /** Whether an event reports a marker, which nobody else sees then. Records the context of any other promise. */
  takes(event: PromiseRejectionEvent): boolean {
    const promise = apply(promiseOf, event, []) as object;
    const marker = this.#markers.get(promise);
    if (marker !== undefined) {
      this.#reported = marker.mapping;
      apply(stopImmediatePropagation, event, []);
      return true;
    }
    const reason = apply(reasonOf, event, []);
    if (!isObject(reason) && this.#reported !== undefined && contextOfThrown(reason, promise) === undefined)
      rememberThrown(promise, this.#reported);
    return false;
  }

  #mark(mapping: AmbientMapping | undefined): void {
    this.#made = mapping;
    this.#markers.set(apply(reject, PristinePromise, [undefined]), { mapping });
  }
}
