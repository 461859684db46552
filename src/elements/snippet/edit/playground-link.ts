/** Code in a link to the playground. */
export interface LinkedCode {
  readonly code: string;
  /** Name of the tab. */
  readonly name: string;
}

const marker = '#code=';
/** Maximum length of a link in characters: enough for any example, too short to slow the page down. */
const maxLength = 200_000;

/**
 * Returns a link that opens code in the playground. The playground does not run it by itself. The code is in the fragment, so no server
 * sees it.
 *
 * @param playground URL of the playground, relative to `base`
 */
export function playgroundLink(playground: string, linked: LinkedCode, base: string): string {
  const url = new URL(playground, base);
  url.hash = marker + encode(JSON.stringify(linked));
  return url.href;
}

/** Reads the code from a URL's fragment; `undefined` if it has none. Links are untrusted: show the code, never run it. */
export function readPlaygroundLink(hash: string): LinkedCode | undefined {
  if (!hash.startsWith(marker) || hash.length > maxLength) return undefined;
  try {
    const { code, name } = JSON.parse(decode(hash.slice(marker.length))) as Partial<Record<keyof LinkedCode, unknown>>;
    if (typeof code !== 'string' || typeof name !== 'string') return undefined;
    return { code, name: name.slice(0, 80) };
  } catch {
    return undefined;
  }
}

/** Encodes text as UTF-8 in base64url (RFC 4648, section 5), without padding. */
function encode(text: string): string {
  const bytes = [...new TextEncoder().encode(text)].map((byte) => String.fromCodePoint(byte)).join('');
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function decode(text: string): string {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.codePointAt(0)!,
  );
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
