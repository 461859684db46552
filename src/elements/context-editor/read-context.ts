import type { ContextStrings } from './context-strings.js';
import { parseValue, type ContextRow, type ContextVariables } from './context-rows.js';

export type ParsedContext =
  { readonly ok: true; readonly context: ContextVariables } | { readonly ok: false; readonly message: string };

/** Skips empty rows. */
export function fromRows(rows: readonly ContextRow[], strings: ContextStrings): ParsedContext {
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

/** An empty text is an empty context. */
export function fromJson(text: string, strings: ContextStrings): ParsedContext {
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
