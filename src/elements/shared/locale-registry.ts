/** Texts by their key, in one language; what is missing is shown in English. */
export type Texts = object;
/** Loads the texts of a language when an element in that language first shows itself. */
export type LoadTexts = () => Promise<Texts>;

/** What shows texts and can be asked to show them anew; Lit's elements are such. */
export interface LocalizedHost {
  requestUpdate(): void;
}

/**
 * The texts of all languages, and which of them an element shows: those of the nearest `lang`, or of the locale set for the page.
 * Each element has its English texts itself.
 */
export class LocaleRegistry {
  readonly #registered = new Map<string, Texts>();
  readonly #loaders = new Map<string, LoadTexts>();
  readonly #loading = new Map<string, Promise<void>>();
  readonly #hosts = new Set<LocalizedHost>();
  /** Complete texts, by the English ones that fill their gaps and by their language. */
  #complete = new WeakMap<object, Map<string, object>>();
  #pageLocale: string | undefined;
  #observer: MutationObserver | undefined;

  /** Adds texts of a language (a BCP 47 tag), or replaces some of them. */
  register(tag: string, texts: Texts | LoadTexts): void {
    const key = tag.toLowerCase();
    if (typeof texts === 'function') {
      this.#registered.delete(key);
      this.#loading.delete(key);
      this.#loaders.set(key, texts as LoadTexts);
    } else {
      this.#registered.set(key, withTexts(this.#registered.get(key), texts));
    }
    this.#showAnew();
  }

  /**
   * Sets the language of all elements; without one, each follows the nearest `lang`.
   *
   * @returns when the texts are there
   * @throws what the function that loads them throws
   */
  async setLocale(tag: string | undefined): Promise<void> {
    this.#pageLocale = tag;
    this.#showAnew();
    if (tag !== undefined) await this.#load(this.#resolve(tag));
  }

  /** The texts for an element, with the English ones given where there are no others. Begins to load what is not there. */
  textsFor<T extends object>(element: Element, english: T): T {
    const key = this.#resolve(this.#pageLocale ?? nearestLanguage(element));
    void this.#load(key).catch(() => undefined);
    const texts = this.#registered.get(key);
    if (texts === undefined) return english;
    const byLanguage = this.#complete.get(english) ?? new Map<string, object>();
    this.#complete.set(english, byLanguage);
    const complete = byLanguage.get(key) ?? withTexts(english, texts);
    byLanguage.set(key, complete);
    return complete as T;
  }

  /** Asks an element to show itself anew whenever its language may be another. Call the result when it leaves the page. */
  watch(host: LocalizedHost): () => void {
    this.#hosts.add(host);
    if (this.#observer === undefined) {
      this.#observer = new MutationObserver(() => this.#showAnew());
      this.#observer.observe(document, { subtree: true, attributeFilter: ['lang'] });
    }
    return () => {
      this.#hosts.delete(host);
      if (this.#hosts.size > 0) return;
      this.#observer?.disconnect();
      this.#observer = undefined;
    };
  }

  /** The longest prefix of a tag that there are texts for (lookup of RFC 4647, section 3.4), else English. */
  #resolve(tag: string): string {
    const subtags = tag.toLowerCase().split('-');
    for (; subtags.length > 0; subtags.pop()) {
      const range = subtags.join('-');
      if (this.#registered.has(range) || this.#loaders.has(range)) return range;
    }
    return 'en';
  }

  /** Loads a language once. What was registered before the loader answers stays as it is. */
  #load(key: string): Promise<void> {
    const loader = this.#loaders.get(key);
    if (loader === undefined) return Promise.resolve();
    const known = this.#loading.get(key);
    if (known !== undefined) return known;
    const loading = (async () => {
      const texts = await loader();
      if (this.#loaders.get(key) !== loader) return;
      this.#registered.set(key, withTexts(texts, this.#registered.get(key)));
      this.#showAnew();
    })();
    this.#loading.set(key, loading);
    loading.catch((error: unknown) =>
      console.error(`The texts for "${key}" could not be loaded; English ones stand in.`, error),
    );
    return loading;
  }

  #showAnew(): void {
    this.#complete = new WeakMap();
    for (const host of this.#hosts) host.requestUpdate();
  }
}

/** The first texts with the second in their place; groups of texts are put together one by one. */
function withTexts(first: object | undefined, second: object | undefined): object {
  const result: Record<string, unknown> = { ...first };
  for (const [key, text] of Object.entries(second ?? {})) {
    const before = result[key];
    result[key] = isGroup(before) && isGroup(text) ? { ...before, ...text } : text;
  }
  return result;
}

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The `lang` that holds at an element, also from outside the shadow roots it stands in. Empty where none is set. */
function nearestLanguage(element: Element): string {
  for (let at: Element | undefined = element; at !== undefined;) {
    const language = at.closest('[lang]')?.getAttribute('lang');
    if (language != null) return language;
    const root = at.getRootNode();
    at = 'host' in root && root.host instanceof Element ? root.host : undefined;
  }
  return '';
}
