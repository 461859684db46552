/** Code as a link to the playground carries it. */
export interface LinkedCode {
  readonly code: string;
  /** Of the tab that shows it. */
  readonly name: string;
}

const marker = '#code=';
/** Characters of a link that is still read: enough for any example, too little to be a burden. */
const maxLength = 200_000;

/**
 * An address that shows code in the playground, which never runs it by itself. The code stands in the fragment, which no server sees.
 *
 * @param playground address of the playground, relative to `base`
 */
export function playgroundLink(playground: string, linked: LinkedCode, base: string): string {
  const url = new URL(playground, base);
  url.hash = marker + encode(JSON.stringify(linked));
  return url.href;
}

/** The code in the fragment of an address, `undefined` where there is none. Anybody can write such a link: show it, don't run it. */
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

/** UTF-8 as base64url (RFC 4648, section 5), without padding. */
function encode(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCodePoint(byte)).join('');
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function decode(text: string): string {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.codePointAt(0)!,
  );
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
