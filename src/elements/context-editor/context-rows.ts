export type ContextVariables = Readonly<Record<string, unknown>>;
/** A key and its value, as the texts of the two fields. */
export interface ContextRow {
  readonly key: string;
  readonly value: string;
}

/** A string without quotes if it reads back as the same string; any other value as JSON. */
export function toRows(context: ContextVariables): ContextRow[] {
  return Object.entries(context).map(([key, value]) => {
    const isPlain = typeof value === 'string' && value !== '' && value === value.trim() && parseValue(value) === value;
    return { key, value: isPlain ? value : (JSON.stringify(value) ?? '') };
  });
}

/** `{client_id: "acme", …}` in at most `length` characters. */
export function summarize(context: ContextVariables, length = 40): string {
  const text = toRows(context)
    .map(({ key, value }) => `${key}: ${value}`)
    .join(', ');
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** Reads numbers, `true`, `null`, and JSON in brackets or quotes. Any other text is a string. */
export function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.trim();
  }
}
