import { locateCode, type LocatedCode } from './code-text.js';

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
    return this.#expected && locateCode<Node>(this.#expected).text;
  }

  /** Gives the expected output a place of its own. */
  slotExpected(): void {
    const expected = this.#expected;
    if (expected !== undefined && expected.slot === '') expected.slot = 'expected';
  }

  get #located(): LocatedCode<Node> | undefined {
    return this.element && locateCode<Node>(this.element);
  }

  /** A child of the element, as only those have a slot; sites put things around their code blocks. */
  get #expected(): HTMLElement | undefined {
    let found = this.#host.querySelector<HTMLElement>(':scope > [slot=expected], pre.output');
    while (found !== null && found.parentElement !== this.#host) found = found.parentElement;
    return found ?? undefined;
  }
}

function isExpected(pre: HTMLElement): boolean {
  return pre.classList.contains('output') || pre.closest('[slot=expected]') !== null;
}
