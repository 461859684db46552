// User code may patch built-ins, so this module takes its copies before user code runs.
const getRandomValues = crypto.getRandomValues.bind(crypto);
const digits = '0123456789abcdef';
/** Fetched at once: asking the platform for a few bytes takes as long as for these. */
const pool = new Uint8Array(1_024);
let next = 0;

/** Lower-case hex of that many random bytes. `crypto.randomUUID` is missing in insecure contexts; this is not. */
export function randomHex(bytes: number): string {
  let text = '';
  for (let index = 0; index < bytes; index += 1) {
    if ((next %= 1_024) === 0) getRandomValues(pool);
    const byte = pool[next++]!;
    text += `${digits[byte >> 4]}${digits[byte & 15]}`;
  }
  return text;
}
