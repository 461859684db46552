/** An EventTarget whose events are CustomEvents, with the types of their details by event type. */
export abstract class DetailEventTarget<Details extends object> extends EventTarget {
  /** Types that somebody has listened to. */
  readonly #heard = new Set<string>();

  override addEventListener<K extends keyof Details & string>(
    type: K,
    listener: (event: CustomEvent<Details[K]>) => void,
    options?: AddEventListenerOptions | boolean,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: AddEventListenerOptions | boolean,
  ): void;
  override addEventListener(type: string, listener: unknown, options?: AddEventListenerOptions | boolean): void {
    this.#heard.add(type);
    super.addEventListener(type, listener as EventListenerOrEventListenerObject | null, options);
  }

  override removeEventListener<K extends keyof Details & string>(
    type: K,
    listener: (event: CustomEvent<Details[K]>) => void,
    options?: EventListenerOptions | boolean,
  ): void;
  override removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: EventListenerOptions | boolean,
  ): void;
  override removeEventListener(type: string, listener: unknown, options?: EventListenerOptions | boolean): void {
    super.removeEventListener(type, listener as EventListenerOrEventListenerObject | null, options);
  }

  protected dispatchDetail<K extends keyof Details & string>(type: K, detail: Details[K]): void {
    // An execution has seven events, which nobody may listen to.
    if (this.#heard.has(type)) this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
