import type { Span } from '../../sdk/traces/span.js';

/** How a context is told from the others: by a letter, a colour and, when the colours are used up, a pattern. */
export interface ContextMark {
  /** `A` to `Z`, then `AA` …; empty for a context without variables. */
  readonly letter: string;
  /** `client_id: acme, tenant: 7`; empty for a context without variables. */
  readonly text: string;
  /** 0 to 6; -1 for a context without variables. */
  readonly hue: number;
  /** 0, a plain surface, to 3. */
  readonly pattern: number;
}

export const hues = 7;
export const patterns = 4;
const prefix = 'codemode.context.';
const none: ContextMark = { letter: '', text: '', hue: -1, pattern: 0 };

/**
 * The marks of contexts: one that was seen keeps its mark while it is in use. Its colour comes from its variables, so it is the same
 * after a reload, unless another context has it.
 */
export class SpanContexts {
  #marks = new Map<string, ContextMark>();

  /** Those in use, in the order of their letters. */
  get all(): readonly ContextMark[] {
    return [...this.#marks.values()];
  }

  /** Gives each execution its mark, and forgets contexts that none of them has. @returns marks in the order of the executions */
  assign(executions: readonly Span[]): ContextMark[] {
    const texts = executions.map(textOf);
    const used = new Set(texts);
    for (const text of this.#marks.keys()) if (!used.has(text)) this.#marks.delete(text);
    return texts.map((text) => (text === '' ? none : this.#mark(text)));
  }

  #mark(text: string): ContextMark {
    const known = this.#marks.get(text);
    if (known !== undefined) return known;
    const taken = new Set([...this.#marks.values()].map(({ hue, pattern }) => pattern * hues + hue));
    const letters = new Set([...this.#marks.values()].map(({ letter }) => letter));
    let number = 0;
    while (letters.has(letterOf(number))) number += 1;
    const wanted = hash(text) % hues;
    let slot = wanted;
    for (let tried = 0; taken.has(slot) && tried < hues * patterns; tried += 1)
      slot = Math.floor((tried + 1) / hues) * hues + ((wanted + tried + 1) % hues);
    const mark = { letter: letterOf(number), text, hue: slot % hues, pattern: Math.floor(slot / hues) % patterns };
    this.#marks.set(text, mark);
    return mark;
  }
}

function textOf({ attributes }: Span): string {
  return Object.entries(attributes)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => `${key.slice(prefix.length)}: ${value}`)
    .toSorted()
    .join(', ');
}

/** `A`, `B` … `Z`, `AA`, `AB` … */
function letterOf(number: number): string {
  const last = String.fromCodePoint(65 + (number % 26));
  return number < 26 ? last : letterOf(Math.floor(number / 26) - 1) + last;
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value;
}
