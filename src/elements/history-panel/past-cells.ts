import type { Preview } from '../../protocol/previews/preview.js';

/** A cell that a session has executed. */
export interface PastCell {
  /** From 1, as in `In[n]` and `Out[n]`. */
  readonly number: number;
  readonly code: string;
  /** Of its value; undefined where it gave none. */
  readonly preview: Preview | undefined;
}

/** Cells whose code, or the line that shows their value, has the filter's text. */
export function pastCells(
  history: { readonly in: readonly string[]; readonly out: readonly (Preview | undefined)[] },
  filter: string,
): PastCell[] {
  const text = filter.trim().toLowerCase();
  return history.in
    .map((code, at) => ({ number: at + 1, code, preview: history.out[at] }))
    .filter(({ code, preview }) => `${code}\n${preview?.text ?? ''}`.toLowerCase().includes(text));
}
