/** Milliseconds that the address has to answer once more. */
const answerTimeout = 2_000;

/** Says what an address serves instead of a runner, as a sentence, as far as the page may know it. */
export async function whatCame(address: string, isOnline = globalThis.navigator?.onLine !== false): Promise<string> {
  if (!isOnline) return 'The browser is offline.';
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(answerTimeout) });
    const type = response.headers.get('content-type')?.split(';')[0] || 'no type';
    if (!response.ok) return `The server answered with status ${response.status}.`;
    if (type !== 'text/html') return `The server sent it as ${type}, and a frame needs text/html.`;
    const text = await response.text();
    if (!text.includes('Content-Security-Policy')) return `The server sent another page (${text.length} characters).`;
    return `The server sent a runner of ${text.length} characters. It is not whole, or its headers forbid frames.`;
  } catch {
    return 'The server could not be reached, or does not let this page read what it sends.';
  }
}
