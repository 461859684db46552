import { css } from '@lit/reactive-element/css-tag.js';
import { locales } from '../../shared/locale.js';
import { snippetStrings } from '../../shared/snippet-strings.js';
import { base, tokens } from '../../shared/tokens.js';
import { AttributeElement } from '../shell/attribute-element.js';
import type { CodemodeSnippet } from '../shell/snippet.js';
import { SnippetPage } from '../shell/snippet-page.js';

const english = { snippet: snippetStrings };

const styles = css`
  :host {
    display: inline-flex;
    gap: 4px;
    font: 13px / 20px var(--_font);
  }
  :host([hidden]) {
    display: none;
  }
  .button {
    border-color: var(--_border-strong);
    background: var(--_background);
  }
  @media (pointer: coarse) {
    .button {
      min-height: 36px;
    }
  }
  @media print {
    :host {
      display: none;
    }
  }
`;

/**
 * Buttons that run all snippets of a session in page order, and that give it a new worker.
 *
 * @attr {string} session - the session whose snippets run; default all of the page
 * @csspart run - the button that runs all, and stops them while they run
 * @csspart reset - the button that starts over
 */
export class CodemodeRunAll extends AttributeElement {
  declare session: string | undefined;
  #unwatch: (() => void) | undefined;
  #isRunning = false;
  #isStopped = false;
  #run: HTMLButtonElement | undefined;
  #reset: HTMLButtonElement | undefined;

  /** What it runs, in page order. */
  get snippets(): readonly CodemodeSnippet[] {
    const { session } = this;
    const all = SnippetPage.of(this.ownerDocument).all as readonly CodemodeSnippet[];
    return all.filter((snippet) => session === undefined || snippet.session === session);
  }

  connectedCallback(): void {
    this.takeEarlyProperties();
    if (this.shadowRoot === null) this.#makeRoot();
    this.#unwatch = locales.watch(this);
    this.requestUpdate();
  }

  disconnectedCallback(): void {
    this.#unwatch?.();
  }

  /** Runs all, one after another, up to the first that fails. Resolves with whether none did. */
  async run(): Promise<boolean> {
    if (this.#isRunning) return false;
    this.#isStopped = false;
    this.#show(true);
    try {
      for (const snippet of this.snippets) {
        if (this.#isStopped) return false;
        const { ok } = await snippet.run();
        if (!ok) return false;
      }
      return true;
    } catch {
      // The snippet shows what kept it from running.
      return false;
    } finally {
      this.#show(false);
    }
  }

  /** Stops the one that runs, and runs no further. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.snippets.map((snippet) => snippet.stop()));
  }

  /** A new worker without variables, and no output. What readers have edited stays. */
  async startOver(): Promise<void> {
    await this.stop();
    const hasRun = this.snippets.filter(({ lastRun }) => lastRun !== undefined);
    if (hasRun.length === 0) return;
    const runs = await SnippetPage.of(this.ownerDocument).runs();
    for (const snippet of hasRun) (await snippet.goLive()).forget();
    await runs.reset([...new Set(hasRun.map(({ group }) => group))]);
  }

  /** Shows its texts anew: they may be in another language now. */
  requestUpdate(): void {
    const { snippet: strings } = locales.textsFor(this, english);
    if (this.#run === undefined || this.#reset === undefined) return;
    this.#run.textContent = this.#isRunning ? strings.stop : strings.runAll;
    this.#reset.textContent = strings.startOver;
    this.#reset.title = strings.startOverTitle;
  }

  #makeRoot(): void {
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [...tokens, base, styles].map((sheet) =>
      sheet instanceof CSSStyleSheet ? sheet : sheet.styleSheet!,
    );
    const button = (part: string, press: () => unknown): HTMLButtonElement => {
      const element = document.createElement('button');
      element.className = 'button';
      element.part.add(part);
      element.addEventListener('click', () => void press());
      root.append(element);
      return element;
    };
    this.#run = button('run', () => (this.#isRunning ? this.stop() : this.run()));
    this.#reset = button('reset', () => this.startOver());
  }

  #show(isRunning: boolean): void {
    this.#isRunning = isRunning;
    this.requestUpdate();
  }
}

CodemodeRunAll.reflect(['session'], []);
