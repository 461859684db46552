import { declaredTypes } from '../../editor/ambient/declared-types.js';
import type { NamespaceEntry } from '../../protocol/messages/wire.js';
import type { Preview } from '../../protocol/previews/preview.js';

/** How large a value is, in the unit of its kind. */
export interface ShownSize {
  readonly unit: 'characters' | 'items' | 'bytes';
  readonly count: number;
}

/** The size of what a preview shows; undefined for a value without one, such as a number. */
export function shownSize(preview: Preview): ShownSize | undefined {
  if (preview.type === 'string') return { unit: 'characters', count: preview.length ?? preview.text.length };
  if (preview.type !== 'object' || preview.size === undefined) return undefined;
  if (preview.kind === 'arraybuffer') return { unit: 'bytes', count: preview.size };
  if (preview.kind !== 'typedarray') return { unit: 'items', count: preview.size };
  const array = (globalThis as unknown as Record<string, { readonly BYTES_PER_ELEMENT?: number } | undefined>)[
    preview.className
  ];
  return { unit: 'bytes', count: preview.size * (array?.BYTES_PER_ELEMENT ?? 1) };
}

/** The types that cells declare for names; the newest cell that declares a name counts. Remembers what it read of each cell. */
export class DeclaredTypes {
  #read = new Map<string, ReadonlyMap<string, string | undefined>>();

  of(cells: readonly string[]): ReadonlyMap<string, string | undefined> {
    const known = this.#read;
    this.#read = new Map(cells.map((cell) => [cell, known.get(cell) ?? declaredTypes(cell)]));
    return new Map(cells.flatMap((cell) => [...this.#read.get(cell)!]));
  }
}

/** The type as declared, else the class of the value, else its type by structure; `''` if there is nothing to tell. */
export function shownType({ preview, type }: NamespaceEntry, declared: string | undefined): string {
  if (declared !== undefined) return declared;
  if (preview.type !== 'object') return preview.type;
  const { kind, className } = preview;
  if (kind === 'class') return '';
  if (kind === 'function') return type === 'unknown' || type === 'any' ? kind : type;
  const isPlain = className === '' || className === 'Object' || className === 'Array';
  return isPlain && type !== 'unknown' && type !== 'any' ? type : className;
}

/** Entries whose name has the filter's text, pinned ones first. Pinned names without a value are left to the caller. */
export function orderedNames(
  entries: readonly NamespaceEntry[],
  filter: string,
  pinned: ReadonlySet<string>,
): NamespaceEntry[] {
  const text = filter.trim().toLowerCase();
  const matching = entries.filter(({ name }) => name.toLowerCase().includes(text));
  return [...matching.filter(({ name }) => pinned.has(name)), ...matching.filter(({ name }) => !pinned.has(name))];
}
