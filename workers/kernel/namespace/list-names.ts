import { cut, maxListCharacters, maxTypeCharacters } from '../../../src/protocol/bounds.js';
import type { Preview, PrimitivePreview } from '../../../src/protocol/previews/preview.js';
import type { NamespaceEntry, NamespaceText } from '../../../src/protocol/messages/wire.js';
import type { Slot } from './slot.js';

export interface NameDescriptions {
  preview(value: unknown): Preview;
  /** One line of a few hundred characters. */
  briefPreview(value: unknown): Preview;
  typeOf(value: unknown): string;
  isPending(name: string): boolean;
}

/** The names of a namespace as JSON for the host. All share one size limit, so many names get shorter descriptions. */
export function listNames(slots: readonly Slot[], descriptions: NameDescriptions): NamespaceText {
  const entries: string[] = [];
  // Less the brackets; each entry also takes a comma.
  let room = maxListCharacters - 2;
  for (const [at, slot] of slots.entries()) {
    const share = Math.floor(room / (slots.length - at)) - 1;
    const json = entryWithin(share, slot, descriptions);
    entries.push(json);
    room -= json.length + 1;
  }
  return { data: new TextEncoder().encode(`[${entries.join(',')}]`).buffer };
}

function entryWithin(
  maxCharacters: number,
  slot: Slot,
  { preview, briefPreview, typeOf, isPending }: NameDescriptions,
): string {
  const { name, kind, value, owner, declaredAt } = slot;
  const write = (shown: Preview, type: string): string => {
    const entry: NamespaceEntry = {
      name,
      kind,
      preview: shown,
      type: type.length > maxTypeCharacters ? 'any' : type,
      mode: owner.mode,
      ...(owner.fileName === undefined ? {} : { fileName: owner.fileName }),
      time: Math.round(declaredAt),
      size: shown.text.length,
      pending: isPending(name),
    };
    return JSON.stringify(entry);
  };
  // Even a small preview takes some hundred characters.
  if (maxCharacters > 2_000) {
    const json = write(preview(value), typeOf(value));
    if (json.length <= maxCharacters) return json;
  }
  const json = write(briefPreview(value), 'any');
  return json.length <= maxCharacters ? json : write(leastPreview(value), 'any');
}

function leastPreview(value: unknown): Preview {
  if (value === null) return { type: 'null', text: 'null' };
  if (typeof value === 'object' || typeof value === 'function')
    return { type: 'object', kind: 'object', className: '', text: '…' };
  return { type: typeof value as PrimitivePreview['type'], text: typeof value === 'string' ? cut(value, 4) : '…' };
}
