import { structuredSerializer } from './structured.js';

type Node = readonly [tag: string, ...parts: unknown[]];
type Entry = readonly [key: string, index: number];

const text = (value: unknown): string => JSON.stringify(value);
const bytes = (base64: unknown): string => `Uint8Array.from(atob(${text(base64)}), (c) => c.charCodeAt(0)).buffer`;

/** An expression of JavaScript that makes a value like this one. @returns `undefined` for what cannot be serialised */
export function sourceOf(value: unknown): string | undefined {
  if (!structuredSerializer.accepts(value)) return undefined;
  const nodes = JSON.parse(structuredSerializer.serialize(value)) as readonly Node[];
  const begun = nodes.map(([tag, first, second]) => begin(tag, first, second));
  // Later nodes are parts of earlier ones; a map has the keys that are complete.
  const filled = nodes.map((node, index) => fill(node, `n[${index}]`)).reverse();
  return `(() => { const n = [${begun.join(', ')}]; ${filled.join('')} return n[0]; })()`;
}

/** The value of a node, without its parts. */
function begin(tag: string, first: unknown, second: unknown): string {
  switch (tag) {
    case 'v':
      return text(first);
    case 'n':
      return `Number(${text(first)})`;
    case 'b':
      return (first as string).startsWith('-') ? `-0x${(first as string).slice(1)}n` : `0x${first as string}n`;
    case 'd':
      return `new Date(${first === null ? 'NaN' : text(first)})`;
    case 'r':
      return `new RegExp(${text(first)}, ${text(second)})`;
    case 'B':
      return bytes(first);
    case 't':
      return `new ${first as string}(${bytes(second)})`;
    case 'a':
      return '[]';
    case 'h':
      return `Object.assign([], { length: ${text(first)} })`;
    case 'm':
      return 'new Map()';
    case 'e':
      return 'new Set()';
    case 'o':
      return '{}';
    case 'z':
      return 'Object.create(null)';
    default:
      return 'undefined';
  }
}

function fill([tag, ...parts]: Node, name: string): string {
  switch (tag) {
    case 'a':
      return parts.length === 0 ? '' : `${name}.push(${parts.map((index) => `n[${String(index)}]`).join()});`;
    case 'h':
    case 'o':
    case 'z':
      return ((tag === 'h' ? parts.slice(1) : parts) as Entry[])
        .map(([key, index]) => `${name}[${text(key)}] = n[${index}];`)
        .join('');
    case 'm':
      return (parts as [number, number][]).map(([key, each]) => `${name}.set(n[${key}], n[${each}]);`).join('');
    case 'e':
      return parts.map((index) => `${name}.add(n[${String(index)}]);`).join('');
    default:
      return '';
  }
}
