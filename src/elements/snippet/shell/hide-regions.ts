import { locateCode } from './code-text.js';
import { codeRegions, type CodeRegion } from './regions.js';

type FoldLabel = (title: string, lines: number) => string;

/**
 * Hides the hidden regions of code and collapses the folded ones in the site's own markup. Runs once for each code element.
 *
 * @param element the element that contains the code
 * @param foldLabel returns the label of the fold button for a region with a given number of lines
 */
export function hideRegions(element: HTMLElement, foldLabel: FoldLabel): void {
  if (element.dataset['codemodeRegions'] !== undefined) return;
  element.dataset['codemodeRegions'] = '';
  adoptLightStyles(element.getRootNode());
  for (const region of codeRegions(locateCode<Node>(element).text)) hideRegion(element, region, foldLabel);
}

function hideRegion(element: HTMLElement, { kind, title, start, end }: CodeRegion, foldLabel: FoldLabel): void {
  if (kind === 'hidden') {
    hide(element, start, end);
    return;
  }
  const opening = hide(element, start, start);
  const content = end - start > 1 ? hide(element, start + 1, end - 1, 'folded') : [];
  hide(element, end, end);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'codemode-fold';
  button.textContent = foldLabel(title, Math.max(0, end - start - 1));
  button.setAttribute('aria-expanded', 'false');
  button.addEventListener('click', () => {
    const isOpen = button.getAttribute('aria-expanded') !== 'true';
    button.setAttribute('aria-expanded', String(isOpen));
    for (const part of content) {
      if (isOpen) part.removeAttribute('data-codemode-hidden');
      else part.setAttribute('data-codemode-hidden', 'folded');
    }
  });
  opening.find((part) => part.parentElement?.closest('[data-codemode-hidden]') === null)?.before(button);
}

/** Marks whole lines for the light styles to hide. Returns the marked elements. */
function hide(element: HTMLElement, firstLine: number, lastLine: number, how: 'folded' | '' = ''): Element[] {
  const { text, pieces } = locateCode<Node>(element);
  const lines = text.split('\n');
  const lengthOf = (count: number): number => lines.slice(0, count).reduce((sum, { length }) => sum + length + 1, 0);
  // At the end of the code, hide the preceding line break: no line break follows.
  const from = lengthOf(firstLine - 1) - (lastLine === lines.length ? 1 : 0);
  const to = lengthOf(lastLine);
  const marked: Element[] = [];
  for (const { node, text: content, start } of pieces) {
    if (node === undefined || start >= to || start + content.length <= from) continue;
    const part =
      node instanceof Text
        ? wrap(node, Math.max(0, from - start), Math.min(content.length, to - start))
        : (node as Element);
    part.setAttribute('data-codemode-hidden', how);
    marked.push(part, ...hideAround(part, element, how));
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

/** Also marks an ancestor if all of its content is marked, as it may have its own height. */
function hideAround(part: Element, root: Element, how: string): Element[] {
  const marked: Element[] = [];
  for (let parent = part.parentElement; parent !== null && parent !== root; parent = parent.parentElement) {
    const isHidden = locateCode<Node>(parent).pieces.every(({ node }) => {
      const holder = node instanceof Element ? node : node?.parentElement;
      return holder == null || holder.closest('[data-codemode-hidden]') !== null;
    });
    if (!isHidden) break;
    parent.setAttribute('data-codemode-hidden', how);
    marked.push(parent);
  }
  return marked;
}

let lightSheet: CSSStyleSheet | undefined;

/** Adopts the styles for additions to the author's markup, once for each document or shadow root. */
function adoptLightStyles(root: Node & Partial<DocumentOrShadowRoot>): void {
  // Not by its class: old libraries replace `Document`.
  if (root.adoptedStyleSheets === undefined) return;
  if (lightSheet === undefined) {
    lightSheet = new CSSStyleSheet();
    lightSheet.replaceSync(`
      [data-codemode-hidden=''] { display: none !important; }
      @media not print { [data-codemode-hidden='folded'] { display: none !important; } }
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
