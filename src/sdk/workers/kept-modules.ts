import { withTimeout } from '../checkpoints/storage-timeout.js';

/** Where entries lie. No request is ever made to it. */
const place = 'https://modules.codemode.invalid';
const cacheName = 'codemode-playground-modules';
/** Bytes of all entries. The oldest go first. */
const maxBytes = 64 * 1024 * 1024;
/** Milliseconds that the storage has for an answer. After one failure it is not asked again: compiling takes about as long. */
const storageTimeout = 500;

interface Opened {
  readonly cache: Cache;
  /** Digest of the page that brings the compiler. */
  readonly compiler: string;
}

/**
 * Compiled modules in the Cache storage of the page's origin, which no code of a reader reaches. An entry lies under the digest of
 * the compiler and of all that it was given, and tells the digest of its own bytes: another release reads nothing of it, and what
 * was cut off or changed is not taken.
 */
export class KeptModules {
  readonly #compiler: URL;
  #opened: Promise<Opened | undefined> | undefined;

  /** @param compiler address of the page that brings the compiler */
  constructor(compiler: URL) {
    this.#compiler = compiler;
    // While the first module is on its way. Who reads meets the error.
    this.#open().catch(() => undefined);
  }

  /** The compiled text, if it was kept. Never rejects. @param given all that the compiler is given */
  async read(given: string): Promise<ArrayBuffer | undefined> {
    try {
      return await withTimeout(storageTimeout, 'answer', this.#find(given));
    } catch {
      this.#opened = Promise.resolve(undefined);
      return undefined;
    }
  }

  async #find(given: string): Promise<ArrayBuffer | undefined> {
    const opened = await this.#open();
    if (opened === undefined) return undefined;
    const found = await opened.cache.match(await addressOf(opened.compiler, given), { ignoreSearch: true });
    const data = await found?.arrayBuffer();
    return data !== undefined && found?.headers.get('digest') === (await digestOf(data)) ? data : undefined;
  }

  /** Keeps what the compiler made. Never rejects. */
  async write(given: string, data: ArrayBuffer): Promise<void> {
    try {
      const opened = await this.#open();
      if (opened === undefined) return;
      const { cache, compiler } = opened;
      const headers = { digest: await digestOf(data) };
      await cache.put(`${await addressOf(compiler, given)}?${data.byteLength}`, new Response(data, { headers }));
      await evict(cache);
    } catch {
      // It is compiled again.
    }
  }

  #open(): Promise<Opened | undefined> {
    return (this.#opened ??= open(this.#compiler));
  }
}

async function open(compiler: URL): Promise<Opened | undefined> {
  // A page that is not secure has no storage of this kind.
  if (globalThis.caches === undefined) return undefined;
  const [cache, response] = await Promise.all([caches.open(cacheName), fetch(compiler)]);
  return response.ok ? { cache, compiler: await digestOf(await response.arrayBuffer()) } : undefined;
}

/** Removes the oldest entries until all together are few enough bytes. */
async function evict(cache: Cache): Promise<void> {
  const entries = await cache.keys();
  let bytes = 0;
  // From the latest: what lies under no size takes no room, and stays as long as what is around it.
  for (const entry of entries.toReversed()) {
    bytes += Number(new URL(entry.url).search.slice(1));
    if (bytes > maxBytes) await cache.delete(entry);
  }
}

const addressOf = async (compiler: string, given: string): Promise<string> =>
  `${place}/${compiler}/${await digestOf(new TextEncoder().encode(given).buffer as ArrayBuffer)}`;

async function digestOf(data: ArrayBuffer): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
