/** A secret shorter than that is replaced only where it is the whole of a text: its letters occur everywhere. */
export const shortestPart = 4;

/** How a secret may look in a text: as it is, in JSON, addresses and HTML, in Base64 (also inside a longer text), in hex. Always in this order. */
export function formsOf(value: string): readonly string[] {
  const bytes = new TextEncoder().encode(value);
  const json = JSON.stringify(value).slice(1, -1);
  const uri = encodeURIComponent(new TextDecoder().decode(bytes));
  const html = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const base64 = base64Forms(bytes);
  const forms = [
    value,
    json,
    JSON.stringify(json).slice(1, -1),
    uri,
    uri.replaceAll('%20', '+'),
    html,
    html.replaceAll('"', '&quot;'),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ];
  // What an encoding left of a short secret would match by chance.
  return forms.map((form) => (form.length < shortestPart ? '' : form));
}

/** Inside a longer text a secret begins at one of three places of a group; the characters that it shares with others are left out. */
function base64Forms(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((offset) => {
    const shifted = new Uint8Array(offset + bytes.length);
    shifted.set(bytes, offset);
    let binary = '';
    for (const byte of shifted) binary += String.fromCharCode(byte);
    return btoa(binary).slice(Math.ceil((offset * 8) / 6), Math.floor((shifted.length * 8) / 6));
  });
}
