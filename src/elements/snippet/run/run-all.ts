import { adoptStyles, css } from '@lit/reactive-element/css-tag.js';
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
 * Buttons that run all snippets of a session in page order and that restart the session. It has the custom properties of
 * `<codemode-playground>` and no slots.
 *
 * @summary Buttons to run all snippets and to start over
 * @attr {string} session - name of the session; default all snippets of the page
 * @csspart run - the Run all button; stops the snippets during a run
 * @csspart reset - the Start over button
 * @example
 * <codemode-run-all session="guide"></codemode-run-all>
 */
export class CodemodeRunAll extends AttributeElement {
  declare session: string | undefined;
  #unwatch: (() => void) | undefined;
  #isRunning = false;
  #isStopped = false;
  #run: HTMLButtonElement | undefined;
  #reset: HTMLButtonElement | undefined;

  /** The snippets to run, in page order. */
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

  /** Runs all snippets one after another until one fails. Resolves with `true` if none failed and none was stopped. */
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
      // The snippet shows the error.
      return false;
    } finally {
      this.#show(false);
    }
  }

  /** Stops the current snippet and does not run the remaining ones. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.snippets.map((snippet) => snippet.stop()));
  }

  /** Restarts the session without variables and clears the output. Keeps the readers' edits. */
  async startOver(): Promise<void> {
    await this.stop();
    const hasRun = this.snippets.filter(({ lastRun }) => lastRun !== undefined);
    if (hasRun.length === 0) return;
    const runs = await SnippetPage.of(this.ownerDocument).runs();
    for (const snippet of hasRun) (await snippet.goLive()).forget();
    await runs.reset([...new Set(hasRun.map(({ group }) => group))]);
  }

  /** Renders the texts again, for example after a change of the language. */
  requestUpdate(): void {
    const { snippet: strings } = locales.textsFor(this, english);
    if (this.#run === undefined || this.#reset === undefined) return;
    this.#run.textContent = this.#isRunning ? strings.stop : strings.runAll;
    this.#reset.textContent = strings.startOver;
    this.#reset.title = strings.startOverTitle;
  }

  #makeRoot(): void {
    const root = this.attachShadow({ mode: 'open' });
    adoptStyles(root, [...tokens, base, styles]);
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
