import { maxHistoryCells, maxHistoryCharacters, maxHistoryText } from '../../protocol/bounds.js';
import type { RecalledCell } from '../../protocol/messages/wire.js';
import type { Preview } from '../../protocol/previews/preview.js';
import type { ExecutionResult } from '../types.js';

/** The code of a session's latest cells, oldest first, and the preview of what each gave. */
export interface HistoryView {
  readonly in: readonly string[];
  /** `undefined` for code that failed or has not ended. Ask `session.expand` for the properties of an object. */
  readonly out: readonly (Preview | undefined)[];
}

interface Past {
  readonly cell: number;
  readonly code: string;
  hasEnded?: true;
  preview?: Preview;
  value?: unknown;
}

/** What a session has executed: the latest 5,000 cells, with at most 2 Mi characters of code. */
export class SessionHistory {
  readonly #cells = new Map<number, Past>();
  /** Cells with a value, in the order of their ends: the latest three. */
  #latest: Past[] = [];
  #characters = 0;

  get view(): HistoryView {
    const cells = [...this.#cells.values()];
    return { in: cells.map(({ code }) => code), out: cells.map(({ preview }) => preview) };
  }

  begin(cell: number, code: string): void {
    this.#cells.set(cell, { cell, code });
    this.#characters += code.length;
    for (const [oldest, { code: text }] of this.#cells) {
      if (this.#cells.size <= maxHistoryCells && this.#characters <= maxHistoryCharacters) break;
      this.#cells.delete(oldest);
      this.#characters -= text.length;
    }
  }

  end(cell: number, { ok, value, preview }: ExecutionResult): void {
    const past = this.#cells.get(cell);
    if (past === undefined) return;
    past.hasEnded = true;
    if (!ok) return;
    // Previews may be large, and this one can be asked for its properties.
    past.preview = preview.type === 'object' ? { ...preview, properties: [] } : preview;
    if (preview.type === 'undefined') return;
    past.value = isKept(value) ? value : undefined;
    this.#latest = [...this.#latest, past].slice(-3);
  }

  /** Those that have ended, for a new worker: the latest values come last. */
  cells(): RecalledCell[] {
    const earlier = [...this.#cells.values()].filter((past) => past.hasEnded && !this.#latest.includes(past));
    return [...earlier, ...this.#latest].map(({ cell, code, ...past }) =>
      'value' in past ? { cell, code, value: past.value } : { cell, code },
    );
  }
}

/** Other values are the worker's alone. */
function isKept(value: unknown): boolean {
  return typeof value === 'string' ? value.length <= maxHistoryText : value === null || typeof value !== 'object';
}
