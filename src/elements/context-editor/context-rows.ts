import type { Strings } from '../shared/strings.js';

export type ContextVariables = Readonly<Record<string, unknown>>;
/** A key and its value as they stand in the two fields. */
export interface ContextRow {
  readonly key: string;
  readonly value: string;
}
export type ParsedContext =
  { readonly ok: true; readonly context: ContextVariables } | { readonly ok: false; readonly message: string };

/** A value is shown bare where reading it back gives the same string, and as JSON otherwise. */
export function toRows(context: ContextVariables): ContextRow[] {
  return Object.entries(context).map(([key, value]) => {
    const isPlain = typeof value === 'string' && value !== '' && value === value.trim() && parseValue(value) === value;
    return { key, value: isPlain ? value : (JSON.stringify(value) ?? '') };
  });
}

/** Rows in which nothing is filled in are left out. */
export function fromRows(rows: readonly ContextRow[], strings: Strings): ParsedContext {
  const context = new Map<string, unknown>();
  for (const { key: typed, value } of rows) {
    const key = typed.trim();
    if (key === '' && value.trim() === '') continue;
    if (key === '') return { ok: false, message: strings.contextNoKey };
    if (context.has(key)) return { ok: false, message: strings.contextDuplicate(key) };
    context.set(key, parseValue(value));
  }
  return { ok: true, context: Object.fromEntries(context) };
}

/** Empty text is the empty context. */
export function fromJson(text: string, strings: Strings): ParsedContext {
  if (text.trim() === '') return { ok: true, context: {} };
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return { ok: true, context: parsed as ContextVariables };
    return { ok: false, message: strings.contextNotObject };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

export function toJson(context: ContextVariables): string {
  return JSON.stringify(context, null, 2);
}

/** `{client_id: "acme", …}` in at most `length` characters. */
export function summarize(context: ContextVariables, length = 40): string {
  const text = toRows(context)
    .map(({ key, value }) => `${key}: ${value}`)
    .join(', ');
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** Numbers, `true`, `null`, and JSON in brackets or quotes are read as such; all else is a string. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.trim();
  }
}
