import { $handler, $listens, $parent, $setHandler, $types } from './internals.js';

/** A listener, as `addEventListener` takes it. */
export type Listener = ((this: unknown, event: Event) => unknown) | { handleEvent(event: Event): unknown };

interface Listening {
  readonly listener: Listener;
  readonly capture: boolean;
  readonly once: boolean;
}

interface ListenOptions {
  readonly capture?: boolean;
  readonly once?: boolean;
  readonly signal?: AbortSignal;
}

/** Tells of what a listener throws; set where the worker's document is made. */
export const uncaught: { report(error: unknown): void } = { report: () => undefined };

const defineProperty = Object.defineProperty;

/** What events come to: along the parents, down and up again, as in a document. */
export class DomTarget {
  #listening: Map<string, Listening[]> | undefined;
  #handlers: Map<string, unknown> | undefined;

  /** The next target on the way of an event. */
  protected get [$parent](): DomTarget | null {
    return null;
  }

  /** Somebody listens to this type for the first time. */
  protected [$listens](_type: string): void {}

  /** Types of events that somebody listens to. */
  get [$types](): readonly string[] {
    return [...(this.#listening?.keys() ?? []), ...(this.#handlers?.keys() ?? [])];
  }

  addEventListener(type: string, listener: Listener | null, options?: boolean | ListenOptions): void {
    if (listener == null) return;
    const {
      capture = false,
      once = false,
      signal,
    } = typeof options === 'boolean' ? { capture: options } : (options ?? {});
    if (signal?.aborted === true) return;
    this.#listening ??= new Map();
    const name = String(type);
    const list = this.#listening.get(name) ?? [];
    if (list.some((one) => one.listener === listener && one.capture === capture)) return;
    this.#listening.set(name, [...list, { listener, capture, once }]);
    signal?.addEventListener('abort', () => this.removeEventListener(name, listener, capture));
    this[$listens](name);
  }

  removeEventListener(type: string, listener: Listener | null, options?: boolean | ListenOptions): void {
    const capture = typeof options === 'boolean' ? options : (options?.capture ?? false);
    const list = this.#listening?.get(String(type));
    if (list === undefined) return;
    const left = list.filter((one) => one.listener !== listener || one.capture !== capture);
    if (left.length > 0) this.#listening!.set(String(type), left);
    else this.#listening!.delete(String(type));
  }

  /** The handler that code has put at `on…`. */
  [$handler](type: string): unknown {
    return this.#handlers?.get(type) ?? null;
  }

  [$setHandler](type: string, handler: unknown): void {
    if (typeof handler === 'function') {
      (this.#handlers ??= new Map()).set(type, handler);
      this[$listens](type);
    } else this.#handlers?.delete(type);
  }

  dispatchEvent(event: Event): boolean {
    const path: DomTarget[] = [this];
    for (let target = this[$parent]; target !== null; target = target[$parent]) path.push(target);
    const fields = { currentTarget: null as unknown, eventPhase: 0, isStopped: false };
    define(event, 'target', { get: () => targetFor(fields.currentTarget, this) });
    define(event, 'srcElement', { get: () => targetFor(fields.currentTarget, this) });
    define(event, 'currentTarget', { get: () => fields.currentTarget });
    define(event, 'eventPhase', { get: () => fields.eventPhase });
    define(event, 'composedPath', { value: () => (fields.currentTarget === null ? [] : [...path]) });
    define(event, 'stopImmediatePropagation', {
      value: () => {
        fields.isStopped = true;
        event.stopPropagation();
      },
    });
    const fire = (target: DomTarget, capture: boolean): void => {
      fields.currentTarget = target;
      fields.eventPhase = target === this ? 2 : capture ? 1 : 3;
      target.#fire(event, capture, () => fields.isStopped);
    };
    for (let at = path.length - 1; at >= 0 && !event.cancelBubble; at--) fire(path[at]!, true);
    const last = event.bubbles ? path.length : 1;
    for (let at = 0; at < last && !event.cancelBubble; at++) fire(path[at]!, false);
    fields.currentTarget = null;
    fields.eventPhase = 0;
    return !event.defaultPrevented;
  }

  #fire(event: Event, capture: boolean, isStopped: () => boolean): void {
    for (const { listener, capture: isCapturing, once } of this.#listening?.get(event.type) ?? []) {
      if (isCapturing !== capture) continue;
      if (isStopped()) return;
      if (once) this.removeEventListener(event.type, listener, capture);
      reporting(() => (typeof listener === 'function' ? listener.call(this, event) : listener.handleEvent(event)));
    }
    const handler = capture ? undefined : this.#handlers?.get(event.type);
    if (typeof handler !== 'function' || isStopped()) return;
    reporting(() => {
      if ((handler as Listener & ((event: Event) => unknown)).call(this, event) === false) event.preventDefault();
    });
  }
}

/** Outside of a shadow tree, its host is the target. */
function targetFor(current: unknown, target: DomTarget): unknown {
  let shown: unknown = target;
  if (!isNode(current)) return shown;
  const root = current.getRootNode();
  while (isNode(shown)) {
    const own: unknown = shown.getRootNode();
    if (own === root || !isShadow(own)) return shown;
    shown = own.host;
  }
  return shown;
}

const isNode = (value: unknown): value is { getRootNode(): unknown } =>
  typeof value === 'object' && value !== null && 'getRootNode' in value;
const isShadow = (value: unknown): value is { readonly host: unknown } =>
  typeof value === 'object' && value !== null && 'host' in value;

function define(event: Event, name: string, property: PropertyDescriptor): void {
  defineProperty(event, name, { ...property, configurable: true });
}

function reporting(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    uncaught.report(error);
  }
}
