import { locateCode, type LocatedCode } from './code-text.js';
import { codeRegions, type CodeRegion } from './regions.js';

/** The author's markup in a snippet: its code as the site has highlighted it, and the output it says to expect. */
export class AuthorCode {
  readonly #host: HTMLElement;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** What holds the code; undefined while the parser has not come to it. */
  get element(): HTMLElement | undefined {
    const block = [...this.#host.querySelectorAll<HTMLElement>('pre')].find((pre) => !isExpected(pre));
    return block?.querySelector<HTMLElement>('code') ?? block;
  }

  /** Read anew each time: the site may replace its markup. */
  get text(): string {
    return this.#located?.text ?? '';
  }

  /** What the author expects to be written: a `<pre class="output">` or what has `slot="expected"`. */
  get expected(): string | undefined {
    return this.#expected?.textContent;
  }

  /** Gives the expected output a place of its own. */
  slotExpected(): void {
    const expected = this.#expected;
    if (expected !== undefined && expected.slot === '') expected.slot = 'expected';
  }

  /** How the site sets its code, for what takes its place. */
  get typography(): Record<`--${string}`, string> {
    const element = this.element;
    if (element === undefined) return {};
    const { fontFamily, fontSize, lineHeight } = getComputedStyle(element);
    const { backgroundColor } = getComputedStyle(element.closest('pre') ?? element);
    const height = Number.parseFloat(lineHeight) || Number.parseFloat(fontSize) * 1.5;
    return { '--_mono': fontFamily, '--_code-size': fontSize, '--_line': `${height}px`, '--_code-background': backgroundColor };
  }

  /**
   * Hides the hidden regions and folds the folded ones, in the site's own markup. Done once for each code element.
   *
   * @param foldLabel the text of the button that opens and closes a region of so many lines
   */
  applyRegions(foldLabel: (title: string, lines: number) => string): void {
    const { element } = this;
    if (element === undefined || element.dataset['codemodeRegions'] !== undefined) return;
    const regions = codeRegions(this.text);
    if (regions.length === 0) return;
    element.dataset['codemodeRegions'] = '';
    for (const region of regions) hideRegion(element, region, foldLabel);
  }

  get #located(): LocatedCode<Node> | undefined {
    return this.element && locateCode<Node>(this.element);
  }

  get #expected(): HTMLElement | undefined {
    return this.#host.querySelector<HTMLElement>(':scope > [slot=expected], pre.output') ?? undefined;
  }
}

/** The box of a line of code, in pixels of the viewport; undefined where it is not shown. Lines count from 1. */
export function lineBox(element: HTMLElement, line: number): DOMRect | undefined {
  const { text, pieces } = locateCode<Node>(element);
  const lines = text.split('\n');
  if (line < 1 || line > lines.length) return undefined;
  const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  const end = start + lines[line - 1]!.length;
  const inLine = pieces.filter((piece) => piece.node instanceof Text && piece.start < Math.max(end, start + 1) && piece.start + piece.text.length > start);
  const [first, last] = [inLine[0], inLine.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const range = document.createRange();
  range.setStart(first.node!, Math.max(0, start - first.start));
  range.setEnd(last.node!, Math.min(last.text.length, Math.max(end, start + 1) - last.start));
  const box = range.getBoundingClientRect();
  return box.height === 0 ? undefined : box;
}

function isExpected(pre: HTMLElement): boolean {
  return pre.classList.contains('output') || pre.closest('[slot=expected]') !== null;
}

function hideRegion(element: HTMLElement, { kind, title, start, end }: CodeRegion, foldLabel: (title: string, lines: number) => string): void {
  if (kind === 'hidden') {
    hide(element, start, end);
    return;
  }
  const opening = hide(element, start, start);
  const content = end - start > 1 ? hide(element, start + 1, end - 1) : [];
  hide(element, end, end);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'codemode-fold';
  button.textContent = foldLabel(title, Math.max(0, end - start - 1));
  button.setAttribute('aria-expanded', 'false');
  button.addEventListener('click', () => {
    const isOpen = button.getAttribute('aria-expanded') !== 'true';
    button.setAttribute('aria-expanded', String(isOpen));
    for (const part of content) part.toggleAttribute('data-codemode-hidden', !isOpen);
  });
  opening.find((part) => part.parentElement?.closest('[data-codemode-hidden]') === null)?.before(button);
}

/** Marks whole lines so that the light styles hide them. Returns all elements that are marked. */
function hide(element: HTMLElement, firstLine: number, lastLine: number): Element[] {
  const { text, pieces } = locateCode<Node>(element);
  const lines = text.split('\n');
  const lengthOf = (count: number): number => lines.slice(0, count).reduce((sum, { length }) => sum + length + 1, 0);
  // The last lines take the line break before them along: there is none after them.
  const from = lengthOf(firstLine - 1) - (lastLine === lines.length ? 1 : 0);
  const to = lengthOf(lastLine);
  const marked: Element[] = [];
  for (const { node, text: content, start } of pieces) {
    if (node === undefined || start >= to || start + content.length <= from) continue;
    const part = node instanceof Text ? wrap(node, Math.max(0, from - start), Math.min(content.length, to - start)) : (node as Element);
    part.setAttribute('data-codemode-hidden', '');
    marked.push(part, ...hideAround(part, element));
  }
  return marked;
}

function wrap(node: Text, from: number, to: number): Element {
  const middle = from === 0 ? node : node.splitText(from);
  if (to - from < middle.length) middle.splitText(to - from);
  const span = document.createElement('span');
  middle.replaceWith(span);
  span.append(middle);
  return span;
}

/** An element around a line may have a height of its own, so it is marked as well when all in it is. */
function hideAround(part: Element, root: Element): Element[] {
  const marked: Element[] = [];
  for (let parent = part.parentElement; parent !== null && parent !== root; parent = parent.parentElement) {
    const isHidden = locateCode<Node>(parent).pieces.every(({ node }) => {
      const holder = node instanceof Element ? node : node?.parentElement;
      return holder == null || holder.closest('[data-codemode-hidden]') !== null;
    });
    if (!isHidden) break;
    parent.setAttribute('data-codemode-hidden', '');
    marked.push(parent);
  }
  return marked;
}

let lightSheet: CSSStyleSheet | undefined;

/** Styles for what a snippet puts into the author's markup; adopted once by the document or shadow root that holds it. */
export function adoptLightStyles(root: Node): void {
  if (!(root instanceof Document || root instanceof ShadowRoot)) return;
  if (lightSheet === undefined) {
    lightSheet = new CSSStyleSheet();
    lightSheet.replaceSync(`
      [data-codemode-hidden] { display: none !important; }
      .codemode-fold {
        display: block; margin: 0; padding: 0 0.6em; border: 1px solid currentColor; border-radius: 0.4em; background: none;
        color: inherit; font: inherit; font-size: 0.85em; opacity: 0.75; cursor: pointer; user-select: none;
      }
      .codemode-fold:hover { opacity: 1; }
      .codemode-fold::before { content: '▸ '; }
      .codemode-fold[aria-expanded='true']::before { content: '▾ '; }
      @media print { .codemode-fold { display: none; } }
    `);
  }
  if (!root.adoptedStyleSheets.includes(lightSheet)) root.adoptedStyleSheets.push(lightSheet);
}
