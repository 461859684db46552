/** Options of `cutValue`. */
export interface CutOptions {
  /** Tokens of a model, of about four characters each. @default 6,000 */
  readonly maxTokens?: number;
}

const charactersOfToken = 4;
const keptStrings = [4000, 1000, 250, 60];
const keptItems = [200, 50, 15, 5, 2];

/**
 * A value that is short enough for a model, and valid JSON. It is cut by structure: long texts and long lists first lose their
 * ends, and a note in their place says how much; deep parts go last.
 *
 * @example
 * cutValue({ rows: Array.from({ length: 1000 }, (_, id) => ({ id })) }, { maxTokens: 100 });
 * // { rows: [{ id: 0 }, …, '… 985 more of 1000'] }
 */
export function cutValue(value: unknown, { maxTokens = 6000 }: CutOptions = {}): unknown {
  const budget = maxTokens * charactersOfToken;
  const plain = plainOf(value, new Set());
  if (lengthOf(plain) <= budget) return plain;
  for (const items of keptItems) {
    for (const characters of keptStrings) {
      const cut = shortened(plain, items, characters, 12);
      if (lengthOf(cut) <= budget) return cut;
    }
  }
  for (let depth = 6; depth > 0; depth--) {
    const cut = shortened(plain, 2, 60, depth);
    if (lengthOf(cut) <= budget) return cut;
  }
  return summary(plain);
}

function lengthOf(value: unknown): number {
  return (JSON.stringify(value) ?? 'null').length;
}

/** As JSON has it, with texts for what JSON has no form for. */
function plainOf(value: unknown, within: Set<object>): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'function' || typeof value === 'symbol' ? String(value) : value;
  }
  if (within.has(value)) return '… the same object as around it';
  within.add(value);
  const plain = plainObject(value, within);
  within.delete(value);
  return plain;
}

function plainObject(value: object, within: Set<object>): unknown {
  if (Array.isArray(value)) return (value as readonly unknown[]).map((item) => plainOf(item, within) ?? null);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Map) return { Map: [...value].map((entry) => plainOf(entry, within)) };
  if (value instanceof Set) return { Set: [...value].map((item) => plainOf(item, within)) };
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `${value.byteLength} bytes`;
  if (value instanceof Error) return { name: value.name, message: value.message };
  const { text } = value as { readonly text?: unknown };
  // What could not be sent arrives as a preview.
  if ('className' in value && typeof text === 'string') return text;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainOf(member, within)]));
}

function shortened(value: unknown, items: number, characters: number, depth: number): unknown {
  if (typeof value === 'string') {
    if (value.length <= characters) return value;
    const kept = value.slice(0, characters).replace(/[\uD800-\uDBFF]$/, '');
    return `${kept}… ${value.length - kept.length} more characters`;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return summary(value);
  const shorter = (item: unknown): unknown => shortened(item, items, characters, depth - 1);
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    const kept = list.slice(0, items).map(shorter);
    return list.length <= items ? kept : [...kept, `… ${list.length - items} more of ${list.length}`];
  }
  const entries = Object.entries(value);
  const kept = entries.slice(0, items).map(([key, member]) => [key, shorter(member)] as const);
  const more = entries.length - kept.length;
  return Object.fromEntries(more === 0 ? kept : [...kept, ['…', `${more} more properties of ${entries.length}`]]);
}

function summary(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return shortened(value, 1, 60, 1);
  return Array.isArray(value)
    ? `… a list of ${value.length}`
    : `… an object with ${Object.keys(value).length} properties`;
}
