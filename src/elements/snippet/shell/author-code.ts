import { locateCode, type LocatedCode } from './code-text.js';

/** The author's markup in a snippet: the highlighted code and the expected output. */
export class AuthorCode {
  readonly #host: HTMLElement;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** The element that contains the code; undefined until the parser reaches it. */
  get element(): HTMLElement | undefined {
    const block = [...this.#host.querySelectorAll<HTMLElement>('pre')].find((pre) => !isExpected(pre));
    return block?.querySelector<HTMLElement>('code') ?? block;
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

  /** Returns a direct child, as only children can be slotted and sites wrap their code blocks. */
  get #expected(): HTMLElement | undefined {
    let found = this.#host.querySelector<HTMLElement>(':scope > [slot=expected], pre.output');
    while (found !== null && found.parentElement !== this.#host) found = found.parentElement;
    return found ?? undefined;
  }
}

function isExpected(pre: HTMLElement): boolean {
  return pre.classList.contains('output') || pre.closest('[slot=expected]') !== null;
}
