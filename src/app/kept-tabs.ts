import type { TabOptions } from '../elements/index.js';

/** The stored form of a tab. */
export type KeptTab = Required<Pick<TabOptions, 'name' | 'code' | 'context'>>;

/** The storage slot for the tabs of one example or one link. */
export interface KeptPlace {
  /** Name of the slot. A write replaces its contents. */
  readonly slot: string;
  /** Source of the code. A slot returns only tabs of the same source. */
  readonly source: string;
}

type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Limit of one slot, in characters of JSON. The storage of a site holds about 5 million. */
export const maxKeptCharacters = 400_000;

/** The reader's versions of the examples, in browser storage. If it is full or blocked, they last as long as the page. */
export class KeptTabs {
  readonly #storage: () => TextStorage;
  /** Last contents that this page has read or written, by slot. Without a change here, the data of other pages stays. */
  readonly #known = new Map<string, string | undefined>();

  /** @param storage a getter, because the browser may throw on access */
  constructor(storage: () => TextStorage = () => localStorage) {
    this.#storage = storage;
  }

  /** The stored tabs, or undefined. */
  read({ slot, source }: KeptPlace): readonly KeptTab[] | undefined {
    try {
      const kept: unknown = JSON.parse(this.#storage().getItem(keyOf(slot)) ?? 'null');
      if (!isKept(kept) || kept.source !== source) return undefined;
      this.#known.set(slot, JSON.stringify(kept.tabs));
      return kept.tabs;
    } catch {
      return undefined;
    }
  }

  /** Stores tabs, unless they equal the author's or exceed the limit. */
  write({ slot, source }: KeptPlace, tabs: readonly KeptTab[], original: readonly KeptTab[]): void {
    const text = JSON.stringify(tabs);
    const isOriginal = text === JSON.stringify(original);
    const known = isOriginal ? undefined : text;
    if (text.length > maxKeptCharacters || known === this.#known.get(slot)) return;
    try {
      if (isOriginal) this.#storage().removeItem(keyOf(slot));
      else this.#storage().setItem(keyOf(slot), JSON.stringify({ source, tabs }));
      this.#known.set(slot, known);
    } catch {
      // The tabs last as long as the page.
    }
  }
}

function keyOf(slot: string): string {
  return `codemode-playground:${slot}`;
}

function isKept(value: unknown): value is { source: string; tabs: KeptTab[] } {
  const { source, tabs } = (value ?? {}) as { source?: unknown; tabs?: unknown };
  return typeof source === 'string' && Array.isArray(tabs) && tabs.length > 0 && tabs.every(isKeptTab);
}

function isKeptTab(value: unknown): value is KeptTab {
  const { name, code, context } = (value ?? {}) as Partial<Record<keyof KeptTab, unknown>>;
  return typeof name === 'string' && typeof code === 'string' && typeof context === 'object' && context !== null;
}
