import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { CodeMarker } from '../../../editor/markers.js';
import { define } from '../../shared/define.js';
import { LightView } from '../../code-editor/light-view.js';

const documentId = 'snippet';

/**
 * Code editor for touch and small screens. Inherits the custom properties of `<codemode-snippet>`; has no slots or parts.
 *
 * @summary Code editor for touch and small screens
 * @fires {CustomEvent<{ code: string }>} code-change - an edit; `detail.code` is the new code
 * @fires {CustomEvent<null>} code-run - Control+Enter or Command+Enter
 * @fires {CustomEvent<null>} code-leave - Escape
 * @example
 * <codemode-light-editor label="Code" code="1 + 1"></codemode-light-editor>
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
  /** Accessible name. */
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

  /** Moves the cursor to a position; line and column start at 1. */
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
