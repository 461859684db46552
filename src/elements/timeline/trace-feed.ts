import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Span } from '../../sdk/traces/span.js';
import { traceSources, watchTraceSources, type TraceSource } from '../../sdk/traces/page-traces.js';

/** Milliseconds between two readings of the traces, as code may begin thousands of spans in a second. */
const interval = 120;

/** The spans of one `Codemode`, or of all of the page, read anew when something begins or ends. */
export class TraceFeed implements ReactiveController {
  /** By source; each by start. */
  spans: readonly (readonly Span[])[] = [];
  readonly #host: ReactiveControllerHost;
  readonly #given: () => TraceSource | undefined;
  #sources: readonly TraceSource[] = [];
  #unwatch: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStale = true;
  #isConnected = false;

  /** @param given the source to show; without it, all of the page are shown */
  constructor(host: ReactiveControllerHost, given: () => TraceSource | undefined) {
    this.#host = host;
    this.#given = given;
    host.addController(this);
  }

  hostConnected(): void {
    this.#isConnected = true;
    this.#connect();
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#disconnect();
  }

  /** Another source is to be shown. */
  reconnect(): void {
    if (this.#isConnected) this.#connect();
  }

  /** Reads what has changed. */
  read(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.spans = this.#sources.map((source) => source.trace({ running: true }).spans);
  }

  #connect(): void {
    this.#disconnect();
    const given = this.#given();
    this.#sources = given === undefined ? traceSources() : [given];
    this.#unwatch = this.#sources.map((source) => source.watchTrace(this.#onChange));
    if (given === undefined) this.#unwatch.push(watchTraceSources(() => this.#connect()));
    this.#isStale = true;
    this.#host.requestUpdate();
  }

  #disconnect(): void {
    for (const unwatch of this.#unwatch) unwatch();
    this.#unwatch = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The first change is read at once, and those that follow it closely together. */
  readonly #onChange = (): void => {
    this.#isStale = true;
    if (this.#timer !== undefined) return;
    this.#host.requestUpdate();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isStale) this.#onChange();
    }, interval);
  };
}
