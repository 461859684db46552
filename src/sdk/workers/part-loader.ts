import { PublicError } from '../../protocol/endpoint/call-errors.js';
import type { HostApi } from '../../protocol/methods.js';
import { resolveRunnerUrl } from './runner-location.js';

/** A part of the worker can't be loaded. In the worker it is a TypeError of this name. */
class WorkerPartError extends PublicError {
  override readonly name = 'WorkerPartError';
}

/** Texts by address and integrity: each is fetched once. */
const loaded = new Map<string, Promise<string>>();

/**
 * Loads a part of the worker from its file beside `runner.html`, for a worker has no network of its own. The name is one of a fixed list. The
 * integrity is what the kernel of the same build asks for: a file of another build, or one that was cut off, is refused by the browser.
 *
 * @throws WorkerPartError with a message for readers
 */
export function loadPart(
  runnerUrl: string | URL | undefined,
  { name, integrity }: Parameters<HostApi['loadPart']>[0],
  load: typeof fetch = fetch,
): Promise<string> {
  const url = new URL(`runner-${name}.js`, resolveRunnerUrl(runnerUrl)).href;
  const key = `${integrity} ${url}`;
  const known = loaded.get(key);
  if (known !== undefined) return known;
  const loading = fetchPart(url, integrity, load);
  loaded.set(key, loading);
  // The next try may work: the reader may be offline.
  loading.catch(() => loaded.delete(key));
  return loading;
}

async function fetchPart(url: string, integrity: string, load: typeof fetch): Promise<string> {
  let cause: unknown;
  // A cached file may be of an older build.
  for (const cache of ['default', 'reload'] as const) {
    try {
      const response = await load(url, { integrity, cache, credentials: 'omit', referrerPolicy: 'no-referrer' });
      if (response.ok) return await response.text();
      cause = `the server answered ${response.status}`;
    } catch (error) {
      cause = error;
    }
  }
  // The browser does not tell a file of another build from none.
  const reason = typeof cause === 'string' ? cause : 'it was not reached, or is not of the build of runner.html';
  throw new WorkerPartError(
    `Components need ${url}, which could not be loaded: ${reason}. Serve it beside runner.html, and run the code again.`,
    { cause },
  );
}
