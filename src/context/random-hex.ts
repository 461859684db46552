const getRandomValues = crypto.getRandomValues.bind(crypto);
const digits = '0123456789abcdef';

/** Lower-case hex of that many random bytes. `crypto.randomUUID` is missing in insecure contexts; this is not. */
export function randomHex(bytes: number): string {
  const random = getRandomValues(new Uint8Array(bytes));
  let text = '';
  for (let index = 0; index < bytes; index += 1) {
    const byte = random[index] ?? 0;
    text += digits.charAt(byte >> 4) + digits.charAt(byte & 15);
  }
  return text;
}
