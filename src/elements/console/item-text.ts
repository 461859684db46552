import type { Preview } from '../../protocol/previews/preview.js';
import type { ConsoleItem } from './console-log.js';

/** An item as plain text: what the filter looks through, and what is copied. */
export function itemText(item: ConsoleItem): string {
  switch (item.kind) {
    case 'output':
      return item.entry.text;
    case 'input':
      return item.code;
    case 'result':
      return item.preview.text;
    case 'failure':
      return `${item.error.name}: ${item.error.message}`;
    case 'notice':
      return item.text;
  }
}

const perObject = 200;

/** Characters that an item keeps in memory, roughly. */
export function itemWeight(item: ConsoleItem): number {
  const weight = perObject + itemText(item).length;
  if (item.kind === 'result') return weight + previewWeight(item.preview);
  if (item.kind !== 'output') return weight;
  const { parts, table, frames } = item.entry;
  const shown = parts.reduce(
    (sum, part) => sum + ('text' in part ? part.text.length : previewWeight(part.preview)),
    weight,
  );
  const cells = (table?.rows ?? []).reduce(
    (sum, row) => row.reduce((all, cell) => all + previewWeight(cell), sum),
    shown,
  );
  return cells + (frames?.length ?? 0) * perObject;
}

function previewWeight(preview: Preview): number {
  if (preview.type !== 'object') return preview.text.length;
  const { text, source = '', properties = [] } = preview;
  return properties.reduce(
    (sum, { name, value }) => sum + name.length + previewWeight(value),
    perObject + text.length + source.length,
  );
}
