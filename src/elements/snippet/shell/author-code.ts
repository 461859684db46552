import { isAddition } from './addition.js';
import { locateCode, type LocatedCode } from './code-text.js';

/** The author's markup in a snippet: the highlighted code and the expected output. */
export class AuthorCode {
  readonly #host: HTMLElement;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** The element that contains the code; undefined until the parser reaches it. */
  get element(): HTMLElement | undefined {
    const blocks = [...this.#host.querySelectorAll<HTMLElement>('pre')].filter((pre) => !isExpected(pre));
    if (blocks.length < 2) return codeOf(blocks[0]);
    // Line numbers may stand in a block of their own, and each line too.
    const [first, second] = blocks.filter((pre) => !this.#isAdded(pre) && hasText(pre));
    const table = first?.closest('table');
    return second !== undefined && table?.contains(second) === true && this.#host.contains(table)
      ? table
      : codeOf(first ?? blocks[0]);
  }

  /** `tsx`, `js`, …: the language that the markup names. */
  get language(): string | undefined {
    for (let at: Element | null | undefined = this.element; at != null && at !== this.#host; at = at.parentElement) {
      const found = /(?:^|\s)(?:language|highlight|lang)-(\w+)/.exec(
        `${at.className} lang-${at.getAttribute('data-lang') ?? ''}`,
      );
      if (found !== null) return found[1];
    }
    return undefined;
  }

  /** Read on every access, as the site may replace its markup. */
  get text(): string {
    return this.#located?.text ?? '';
  }

  /** Text of the expected output: a `<pre class="output">` or an element with `slot="expected"`. */
  get expected(): string | undefined {
    return this.#expected && locateCode<Node>(this.#expected).text;
  }

  /** Assigns the expected output to its slot. */
  slotExpected(): void {
    const expected = this.#expected;
    if (expected !== undefined && expected.slot === '') expected.slot = 'expected';
  }

  get #located(): LocatedCode<Node> | undefined {
    return this.element && locateCode<Node>(this.element);
  }

  #isAdded(pre: HTMLElement): boolean {
    for (let at: Element | null = pre; at !== null && at !== this.#host; at = at.parentElement)
      if (isAddition(at)) return true;
    return false;
  }

  /** Returns a direct child, as only children can be slotted and sites wrap their code blocks. */
  get #expected(): HTMLElement | undefined {
    let found = this.#host.querySelector<HTMLElement>(':scope > [slot=expected], pre.output');
    while (found !== null && found.parentElement !== this.#host) found = found.parentElement;
    return found ?? undefined;
  }
}

/** A block may hold two elements of code, the first with line numbers, as react-syntax-highlighter writes them. */
function codeOf(block: HTMLElement | undefined): HTMLElement | undefined {
  const codes = [...(block?.querySelectorAll<HTMLElement>('code') ?? [])];
  return codes.find(hasText) ?? codes[0] ?? block;
}

const hasText = (element: HTMLElement): boolean => locateCode<Node>(element).text !== '';

function isExpected(pre: HTMLElement): boolean {
  return pre.classList.contains('output') || pre.closest('[slot=expected]') !== null;
}
