import { type Brand, brandOf } from '../intrinsics/brand.js';
import type { ObjectPreview, PropertyPreview } from './preview.js';
import { sizeOf } from './describe.js';
import { markMade } from './value-preview.js';
import { Previewer } from './make-preview.js';
import type { MemberRange } from './members.js';
import type { PreviewOptions } from './options.js';

const maxMembers = 100;
const expandBounds = { maxDepth: 0, maxCharacters: 200_000 };

/** A handle as `expandPreview` gives it: of an object, or of a range of its elements. */
export interface ExpandTarget {
  readonly handle: string;
  readonly range?: MemberRange;
}

/** Takes a handle apart: `'7'` is all of object 7, `'7:100-200'` its elements from 100 on and before 200. */
export function parseHandle(handle: string): ExpandTarget {
  const match = /^(.*):(\d{1,10})-(\d{1,10})$/.exec(handle);
  return match === null ? { handle } : { handle: match[1]!, range: { from: Number(match[2]), to: Number(match[3]) } };
}

/**
 * One level of an object: its own properties, hidden ones and `[[Prototype]]` too. Of more than 100 elements or entries
 * it shows ranges, which expand through handles of their own, and of more than 100 properties the first, and how many
 * more.
 */
export function expandPreview(object: object, options: PreviewOptions, range?: MemberRange): ObjectPreview {
  return markMade(expand(object, options, range));
}

function expand(object: object, options: PreviewOptions, range: MemberRange | undefined): ObjectPreview {
  const previewer = new Previewer({ ...options, preview: { ...expandBounds, ...options.preview } });
  const brand = brandOf(object, previewer.options.isProxy);
  const summary = previewer.summary(object, brand);
  const all = range ?? { from: 0, to: countsElements(brand) ? sizeOf(object, brand)! : 0 };
  if (all.to - all.from <= maxMembers || summary.handle === undefined) {
    const elements = range === undefined ? {} : { range, properties: false };
    return { ...summary, ...previewer.members(object, brand, { limit: 2 * maxMembers, hidden: true, ...elements }, 0) };
  }
  const ranges = split(all).map((part) => rangeProperty(part, summary));
  if (range !== undefined) return { ...summary, properties: ranges };
  const others = previewer.members(object, brand, { limit: maxMembers, hidden: true, range: { from: 0, to: 0 } }, 0);
  return { ...summary, ...others, properties: [...ranges, ...others.properties] };
}

const countsElements = (brand: Brand): boolean =>
  brand === 'array' || brand === 'typedarray' || brand === 'map' || brand === 'set';

/** At most 100 parts, each of 100, or of 10,000, 1,000,000 … elements. */
function split({ from, to }: MemberRange): MemberRange[] {
  let size = maxMembers;
  while ((to - from) / size > maxMembers) size *= maxMembers;
  const parts: MemberRange[] = [];
  for (let at = from; at < to; at += size) parts.push({ from: at, to: Math.min(at + size, to) });
  return parts;
}

function rangeProperty({ from, to }: MemberRange, { kind, className, handle }: ObjectPreview): PropertyPreview {
  const text = `[${from}…${to - 1}]`;
  return {
    name: text,
    key: 'index',
    enumerable: true,
    value: { type: 'object', kind, className, text, size: to - from, handle: `${handle}:${from}-${to}` },
  };
}
