import { $contents } from './internals.js';

/** What the parser builds. */
interface Parent {
  readonly nodeType: number;
  readonly localName?: string;
  readonly namespaceURI?: string;
  appendChild(node: never): unknown;
  readonly [$contents]?: unknown;
}

interface Makers<N> {
  element(name: string, into: N): N;
  text(data: string): N;
  comment(data: string): N;
}

/** What is written as markup. */
interface Writable {
  readonly nodeType: number;
  readonly childNodes: readonly Writable[];
  readonly data?: unknown;
  readonly shadowRoot?: Writable | null;
  readonly localName?: string;
  readonly [$contents]?: Writable;
  getAttributeNames?(): string[];
  getAttribute?(name: string): string | null;
}

const voidElements = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;
const rawElements = /^(?:script|style|textarea|title)$/;
/** An element that begins closes these, up to the nearest of those that hold it. */
const closedBy: Readonly<Record<string, RegExp | undefined>> = {
  __proto__: null as never,
  li: /^li$/,
  p: /^p$/,
  dt: /^d[dt]$/,
  dd: /^d[dt]$/,
  option: /^option$/,
  tr: /^t[rdh]$/,
  td: /^t[dh]$/,
  th: /^t[dh]$/,
};
const entities: Readonly<Record<string, string | undefined>> = {
  __proto__: null as never,
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  times: '×',
  middot: '·',
  larr: '←',
  rarr: '→',
};
const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/**
 * Parses markup into a node: well-formed HTML and SVG as people and templates write it, with unclosed list items, cells and
 * paragraphs. It has none of the repairs that a browser makes of broken markup.
 */
export function parseMarkup<N extends Parent>(into: N, markup: string, make: Makers<N>): void {
  const open: N[] = [into];
  const place = (): N => (open.at(-1)![$contents] ?? open.at(-1)!) as N;
  const append = (node: N): unknown => place().appendChild(node as never);
  const close = (name: string): void => {
    for (let at = open.length - 1; at > 0; at--)
      if (open[at]!.localName?.toLowerCase() === name) {
        open.length = at;
        return;
      }
  };
  let at = 0;
  const upTo = (end: string, from: number): number => {
    const found = markup.indexOf(end, from);
    return found < 0 ? markup.length : found;
  };
  while (at < markup.length) {
    const next = markup[at] === '<' ? at : upTo('<', at);
    if (next > at) {
      append(make.text(decodeEntities(markup.slice(at, next))));
      at = next;
      continue;
    }
    if (markup.startsWith('<!--', at)) {
      const end = upTo('-->', at + 4);
      append(make.comment(markup.slice(at + 4, end)));
      at = end + 3;
    } else if (markup.startsWith('<?', at)) {
      const end = upTo('>', at);
      append(make.comment(markup.slice(at + 1, end)));
      at = end + 1;
    } else if (markup.startsWith('<!', at)) {
      at = upTo('>', at) + 1;
    } else if (/^<\/[a-z]/i.test(markup.slice(at, at + 3))) {
      const end = upTo('>', at);
      close(
        markup
          .slice(at + 2, end)
          .trim()
          .toLowerCase(),
      );
      at = end + 1;
    } else if (/^<[a-z]/i.test(markup.slice(at, at + 2))) at = openTag(at);
    else {
      append(make.text('<'));
      at++;
    }
  }

  /** Returns where the tag ends. */
  function openTag(start: number): number {
    const name = /^[^\s/>]+/.exec(markup.slice(start + 1, start + 101))?.[0] ?? '';
    const end = endOfTag(start + 1 + name.length);
    const lower = name.toLowerCase();
    const closes = closedBy[lower];
    if (closes !== undefined && closes.test(open.at(-1)!.localName ?? '')) open.length--;
    if (lower === 'tr' && /^tr$/.test(open.at(-1)!.localName ?? '')) open.length--;
    const element = make.element(name, open.at(-1)!);
    const inside = markup.slice(start + 1 + name.length, end);
    for (const [, key, double, single, bare] of inside.matchAll(attribute))
      (element as unknown as { setAttribute(name: string, value: string): void }).setAttribute(
        key!,
        decodeEntities(double ?? single ?? bare ?? ''),
      );
    append(element);
    const isClosed = voidElements.test(lower) || (inside.endsWith('/') && isForeign(element));
    if (isClosed) return end + 1;
    if (!rawElements.test(lower)) {
      open.push(element);
      return end + 1;
    }
    const closing = new RegExp(`</${lower}`, 'i').exec(markup.slice(end + 1));
    const last = closing === null ? markup.length : end + 1 + closing.index;
    const raw = markup.slice(end + 1, last);
    if (raw !== '') element.appendChild(make.text(lower.startsWith('t') ? decodeEntities(raw) : raw) as never);
    return upTo('>', last) + 1;
  }

  /** A `>` in quotes ends no tag. */
  function endOfTag(from: number): number {
    let quote = '';
    for (let index = from; index < markup.length; index++) {
      const letter = markup[index]!;
      if (quote !== '') quote = letter === quote ? '' : quote;
      else if (letter === '>') return index;
      else if ((letter === '"' || letter === "'") && markup[index - 1] === '=') quote = letter;
    }
    return markup.length;
  }
}

const isForeign = ({ namespaceURI = 'xhtml' }: Parent): boolean => !namespaceURI.endsWith('xhtml');

function decodeEntities(text: string): string {
  return text.includes('&')
    ? text.replaceAll(/&(?:#(x?)([\da-f]{1,6})|([a-z]{2,6}));/gi, (all, hex: string, digits: string, name: string) => {
        if (name !== undefined) return entities[name] ?? all;
        const code = parseInt(digits, hex === '' ? 10 : 16);
        return code <= 0x10_ff_ff ? String.fromCodePoint(code) : all;
      })
    : text;
}

const escapeText = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (letter) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt' }[letter] ?? 'quot'};`);

/** A node as markup. @param withShadows whether shadow trees are written too, as templates that a browser makes shadow trees of */
export function writeMarkup(node: Writable, withShadows = false): string {
  if (node.nodeType === 3) return escapeText(String(node.data));
  if (node.nodeType === 8) return `<!--${String(node.data)}-->`;
  const inside = (parent: Writable, isRaw: boolean): string =>
    parent.childNodes
      .map((child) => (isRaw && child.nodeType === 3 ? String(child.data) : writeMarkup(child, withShadows)))
      .join('');
  if (node.nodeType !== 1) return inside(node, false);
  const { localName = '' } = node;
  const attributes = (node.getAttributeNames?.() ?? [])
    .map((name) => ` ${name}="${escapeText(node.getAttribute?.(name) ?? '')}"`)
    .join('');
  if (voidElements.test(localName)) return `<${localName}${attributes}>`;
  const shadow =
    withShadows && node.shadowRoot != null
      ? `<template shadowrootmode="open">${inside(node.shadowRoot, false)}</template>`
      : '';
  return `<${localName}${attributes}>${shadow}${inside(node[$contents] ?? node, /^(?:script|style)$/.test(localName))}</${localName}>`;
}
