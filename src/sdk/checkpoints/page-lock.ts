import { requestLock } from './request-lock.js';

/** A name for the stored data of a page. No other page has it until it is released. */
export interface PageLock {
  readonly page: string;
  release(): void;
}

/** Milliseconds that a reloaded page waits for the page before it to release its lock. */
const reloadTimeout = 1_000;
const storageKey = 'codemode-playground:tab';

/** Keys that Codemodes of this page have locked. */
const lockedKeys = new Set<string>();

/**
 * Locks a name for this browser tab. A reloaded page gets the same name again. A duplicated tab gets another one, so that two
 * tabs never write to the same place.
 * @throws Error in words for the reader, if another Codemode of the page has the key
 */
export async function lockPage(key: string): Promise<PageLock> {
  if (lockedKeys.has(key))
    throw new Error(`another Codemode of this page uses the key “${key}”. Give each its own persistenceKey`);
  lockedKeys.add(key);
  try {
    const tab = sessionStorage.getItem(storageKey) ?? newTab();
    const release = await requestLock(`${storageKey} ${key} ${tab}`, isReload() ? reloadTimeout : 0);
    if (release !== undefined) return pageLock(key, tab, release);
    // The tab is a copy of another that is still open.
    const copy = newTab();
    return pageLock(key, copy, (await requestLock(`${storageKey} ${key} ${copy}`, 0)) ?? (() => undefined));
  } catch (error) {
    lockedKeys.delete(key);
    throw error;
  }
}

function pageLock(key: string, tab: string, release: () => void): PageLock {
  return {
    page: `${key} ${tab}`,
    release: () => {
      lockedKeys.delete(key);
      release();
    },
  };
}

function newTab(): string {
  const tab = crypto.getRandomValues(new Uint32Array(4)).join('-');
  sessionStorage.setItem(storageKey, tab);
  return tab;
}

function isReload(): boolean {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry?.type === 'reload' || entry?.type === 'back_forward';
}
