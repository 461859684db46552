import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { CodeMarker } from '../../../editor/markers.js';
import { define } from '../../shared/define.js';
import { LightView } from '../../code-editor/light-view.js';

/** The editor of a snippet has one document. */
const documentId = 'snippet';

/**
 * Edits code on touch and small screens.
 *
 * @fires code-change - the code was edited
 * @fires code-run - Control+Enter or Command+Enter was pressed
 * @fires code-leave - Escape was pressed
 */
export class CodemodeLightEditor extends LitElement {
  static override styles = css`
    :host {
      display: block;
      background: var(--_background);
    }
    .view {
      height: 100%;
    }
    :host(:focus-within) .view {
      box-shadow: inset 0 0 0 2px var(--_accent);
    }
  `;

  @property() code = '';
  @property({ attribute: false }) markers: readonly CodeMarker[] = [];
  /** Name for assistive technology. */
  @property() label = '';
  private view: LightView | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.view?.dispose();
    this.view = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override focus(): void {
    this.view?.focus();
  }

  /** Puts the cursor at a position; line and column from 1. */
  reveal(line: number, column: number): void {
    this.view?.reveal(line, column);
  }

  protected override render(): TemplateResult {
    return html`<div class="view"></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const isNew = this.view === undefined;
    this.view ??= new LightView({
      parent: this.renderRoot.querySelector<HTMLElement>('.view')!,
      root: this.renderRoot as ShadowRoot,
      label: this.label,
      onChange: (_document, code) => this.dispatchEvent(new CustomEvent('code-change', { detail: { code } })),
      onRun: () => this.dispatchEvent(new CustomEvent('code-run')),
      onLeave: () => this.dispatchEvent(new CustomEvent('code-leave')),
    });
    if (isNew || changed.has('code')) this.view.show(documentId, this.code);
    if (isNew || changed.has('markers')) this.view.setMarkers(documentId, this.markers);
  }
}

define('codemode-light-editor', CodemodeLightEditor);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-light-editor': CodemodeLightEditor;
  }
}
