/** Under which name a page may keep what outlives it; nobody else has it until it is released. */
export interface PageClaim {
  readonly page: string;
  release(): void;
}

/** How long a page that was loaded anew waits for the one before it to be gone, in milliseconds. */
const handover = 1_000;
const storageKey = 'codemode-playground:tab';

/** Keys that this page has claimed: one Codemode each. */
const claimedHere = new Set<string>();

/**
 * Claims a name for this browser tab: the same again when its page is loaded anew, and another in a tab that was duplicated, so
 * that two tabs never write to the same place.
 * @throws Error in words for the reader, where the page can't have one
 */
export async function claimPage(key: string): Promise<PageClaim> {
  if (claimedHere.has(key))
    throw new Error(`another Codemode of this page has the key “${key}”: give each a persistenceKey of its own`);
  claimedHere.add(key);
  try {
    const known = sessionStorage.getItem(storageKey);
    const tab = known ?? newTab();
    const release = await hold(`${storageKey} ${key} ${tab}`, wasLoadedAnew() ? handover : 0);
    if (release !== undefined) return claim(key, tab, release);
    // The tab is a copy of another that is open still.
    const own = newTab();
    return claim(key, own, (await hold(`${storageKey} ${key} ${own}`, 0)) ?? (() => undefined));
  } catch (error) {
    claimedHere.delete(key);
    throw error;
  }
}

function claim(key: string, tab: string, release: () => void): PageClaim {
  return {
    page: `${key} ${tab}`,
    release: () => {
      claimedHere.delete(key);
      release();
    },
  };
}

function newTab(): string {
  const tab = crypto.getRandomValues(new Uint32Array(4)).join('-');
  sessionStorage.setItem(storageKey, tab);
  return tab;
}

function wasLoadedAnew(): boolean {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry?.type === 'reload' || entry?.type === 'back_forward';
}

/** Holds a lock until the function it gives is called; `undefined` where another page holds it for longer than may be waited. */
async function hold(name: string, patience: number): Promise<(() => void) | undefined> {
  // Only secure contexts have locks.
  if (navigator.locks === undefined) return () => undefined;
  return await new Promise((resolve, reject) => {
    const held = (lock: Lock | null): Promise<void> | undefined => {
      if (lock === null) {
        resolve(undefined);
        return undefined;
      }
      return new Promise((release) => resolve(release));
    };
    if (patience === 0) navigator.locks.request(name, { ifAvailable: true }, held).catch(reject);
    else navigator.locks.request(name, { signal: AbortSignal.timeout(patience) }, held).catch(() => resolve(undefined));
  });
}
