/** Texts of one language by key. English replaces missing ones. */
export type Texts = object;
/** Loads the texts of a language when an element first needs them. */
export type LoadTexts = () => Promise<Texts>;

/** Milliseconds after a failure in which texts are not asked for again. Each time that an element is rendered asks for them. */
const pause = 10_000;

/** An element that can render its texts again, such as a Lit element. */
export interface LocalizedHost {
  requestUpdate(): void;
}

/**
 * The texts of all languages. An element uses the language of the page's locale if it is set, else of the nearest `lang`. Each element
 * contains its own English texts.
 */
export class LocaleRegistry {
  readonly #registered = new Map<string, Texts>();
  readonly #loaders = new Map<string, LoadTexts>();
  readonly #loading = new Map<string, Promise<void>>();
  readonly #hosts = new Set<LocalizedHost>();
  /** Complete texts by their English defaults, then by language. */
  #complete = new WeakMap<object, Map<string, object>>();
  #pageLocale: string | undefined;
  #observer: MutationObserver | undefined;

  /** Adds or replaces texts of a language (a BCP 47 tag). */
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
   * Sets the language of all elements; `undefined` follows the nearest `lang`.
   *
   * @returns a promise that resolves once the texts are loaded
   * @throws errors of the loader
   */
  async setLocale(tag: string | undefined): Promise<void> {
    this.#pageLocale = tag;
    this.#showAnew();
    if (tag !== undefined) await this.#load(this.#resolve(tag));
  }

  /** Returns the texts for an element, with `english` for missing ones. Starts to load texts that are not loaded. */
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

  /** Updates an element on each possible change of its language. Call the returned function when the element leaves the page. */
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

  /** Returns the longest prefix of a tag with texts (lookup of RFC 4647, section 3.4), else English. */
  #resolve(tag: string): string {
    const subtags = tag.toLowerCase().split('-');
    for (; subtags.length > 0; subtags.pop()) {
      const range = subtags.join('-');
      if (this.#registered.has(range) || this.#loaders.has(range)) return range;
    }
    return 'en';
  }

  /** Loads a language once. Texts registered in the meantime take precedence. */
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
    loading.catch((error: unknown) => {
      console.error(`The texts for "${key}" could not be loaded. English texts are shown instead.`, error);
      setTimeout(() => {
        if (this.#loading.get(key) === loading) this.#loading.delete(key);
      }, pause);
    });
    return loading;
  }

  #showAnew(): void {
    this.#complete = new WeakMap();
    for (const host of this.#hosts) host.requestUpdate();
  }
}

/** Merges the second texts into the first; merges groups of texts text by text. */
function withTexts(first: object | undefined, second: object | undefined): object {
  const result: Record<string, unknown> = { ...first };
  for (const [key, text] of Object.entries(second ?? {})) {
    const before = result[key];
    result[key] = isGroup(before) && isGroup(text) ? { ...before, ...text } : text;
  }
  return result;
}

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Returns the effective `lang` of an element, also from outside its shadow roots; empty if there is none. */
function nearestLanguage(element: Element): string {
  for (let at: Element | undefined = element; at !== undefined;) {
    const language = at.closest('[lang]')?.getAttribute('lang');
    if (language != null) return language;
    const root = at.getRootNode();
    at = 'host' in root && root.host instanceof Element ? root.host : undefined;
  }
  return '';
}
