const getRandomValues = crypto.getRandomValues.bind(crypto);
const digits = '0123456789abcdef';

/** Random bytes, taken from the front: a request to the browser costs as much as writing ten ids. */
const store = new Uint8Array(512);
let taken = store.length;

/** Lower-case hex of that many random bytes, at most 512. `crypto.randomUUID` is missing in insecure contexts; this is not. */
export function randomHex(bytes: number): string {
  if (taken + bytes > store.length) {
    getRandomValues(store);
    taken = 0;
  }
  let text = '';
  for (const end = taken + bytes; taken < end; taken += 1) {
    const byte = store[taken]!;
    text += digits.charAt(byte >> 4) + digits.charAt(byte & 15);
  }
  return text;
}
