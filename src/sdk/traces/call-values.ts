import type { Span } from './span.js';

/** What a tool call was given and what it gave, as text for the page: JSON of 500 characters at most each, cut with `…`. */
export interface ToolCallValues {
  readonly arguments: string;
  /** Absent if the call has not succeeded. */
  readonly result?: string;
}

/** Thousands of calls are kept. */
const maxCharacters = 500;
/** Names of properties that hold secrets by custom. */
const secret = /passw|secret|token|api_?-?key|authori[sz]ation|cookie|credential/i;

/** Apart from the spans, so that whoever sends spans somewhere sends no values with them. */
const kept = new WeakMap<Span, ToolCallValues>();

export function keepCallValues(span: Span, values: ToolCallValues): void {
  kept.set(span, values);
}

export function callValuesOf(span: Span): ToolCallValues | undefined {
  return kept.get(span);
}

/** JSON of the beginning of a value: a large one is read no further. What is named like a secret becomes `"•••"`. */
export function valueText(value: unknown): string {
  let room = maxCharacters;
  const take = (text: string): string => {
    const taken = text.length > room ? `${text.slice(0, Math.max(0, room))}…` : text;
    room -= text.length;
    return taken;
  };
  const list = (length: number, entry: (index: number) => string, ends: string): string => {
    let text = take(ends[0]!);
    for (let index = 0; index < length; index += 1) {
      if (room <= 0) return text.endsWith('…') ? text : `${text}…`;
      text += (index === 0 ? '' : take(',')) + entry(index);
    }
    return text + take(ends[1]!);
  };
  const write = (one: unknown, depth: number): string => {
    if (typeof one === 'string') return take(JSON.stringify(one.slice(0, room + 1)));
    if (typeof one === 'bigint') return take(`${one}n`);
    if (typeof one !== 'object' || one === null || one instanceof Date) return take(JSON.stringify(one) ?? String(one));
    if (depth > 20) return take('…');
    if (Array.isArray(one)) return list(one.length, (index) => write(one[index], depth + 1), '[]');
    if (!isRecord(one)) return take(`"${Object.prototype.toString.call(one)}"`);
    const keys = Object.keys(one);
    const pair = (key: string): string =>
      take(`${JSON.stringify(key)}:`) +
      (secret.test(key) ? take('"•••"') : write((one as Record<string, unknown>)[key], depth + 1));
    return list(keys.length, (index) => pair(keys[index]!), '{}');
  };
  try {
    return value === undefined ? 'undefined' : write(value, 0);
  } catch {
    return '…';
  }
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
