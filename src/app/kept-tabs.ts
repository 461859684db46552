import type { TabOptions } from '../elements/index.js';

/** A tab as it is kept. */
export type KeptTab = Required<Pick<TabOptions, 'name' | 'code' | 'context'>>;

/** The place of the tabs of one example, or of one link. */
export interface KeptPlace {
  /** Name of the slot. What is written replaces what the slot held. */
  readonly slot: string;
  /** Where the code came from. A slot gives back only tabs of the same source. */
  readonly source: string;
}

type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Characters of JSON that one slot may hold. Storage of a site has room for about 5 million. */
export const maxKeptCharacters = 400_000;

/** The reader's versions of the examples, in the storage of the browser. If it is full or blocked, they last as long as the page. */
export class KeptTabs {
  readonly #storage: () => TextStorage;
  /** What this page has read or written, by slot: what another page wrote stays while nothing changes here. */
  readonly #known = new Map<string, string | undefined>();

  /** @param storage read late, as the browser may throw */
  constructor(storage: () => TextStorage = () => localStorage) {
    this.#storage = storage;
  }

  /** The tabs that were kept; undefined if there are none. */
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

  /** Keeps tabs. Those of the author as they are, or more than fits, are not kept. */
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
      // They last as long as the page.
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
