// User code may patch built-ins, so this module takes its copies before user code runs.
const getRandomValues = crypto.getRandomValues.bind(crypto);
const PristineBytes = Uint8Array;
const digits = '0123456789abcdef';

/** Lower-case hex of that many random bytes. `crypto.randomUUID` is missing in insecure contexts; this is not. */
export function randomHex(bytes: number): string {
  const random = getRandomValues(new PristineBytes(bytes));
  let text = '';
  for (let index = 0; index < bytes; index += 1) {
    const byte = random[index] ?? 0;
    text += `${digits[byte >> 4]}${digits[byte & 15]}`;
  }
  return text;
}
