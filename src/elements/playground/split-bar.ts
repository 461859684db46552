import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { LocalizedElement } from '../shared/localized-element.js';

const step = 4;
const least = 20;
const most = 80;

/**
 * The bar between two panes. A pointer drags it, the arrow keys move it, Home and End move it to its limits (20 % and 80 %), and a
 * double click moves it to the middle.
 *
 * @summary A movable separator between two panes.
 * @fires {CustomEvent<number>} split-change - the reader moved the bar; `detail` is the share of the first pane, in percent
 * @example
 * ```html
 * <codemode-split-bar value="40" stacked></codemode-split-bar>
 * ```
 */
export class CodemodeSplitBar extends LocalizedElement {
  static override styles = css`
    :host {
      display: block;
      position: relative;
      z-index: 1;
      flex: none;
      background: var(--_border);
      touch-action: none;
    }
    div {
      position: absolute;
      inset: -4px;
      cursor: col-resize;
      outline: none;
    }
    div[aria-orientation='horizontal'] {
      cursor: row-resize;
    }
    :host(:hover),
    :host(:focus-within) {
      background: var(--_accent);
    }
    :host(:focus-within) {
      box-shadow: 0 0 0 1px var(--_accent);
    }
  `;

  /** Share of the first pane, in percent. */
  @property({ type: Number }) value = 50;
  /** Whether one pane is above the other. */
  @property({ type: Boolean }) stacked = false;

  protected override render(): TemplateResult {
    return html`<div
      role="separator"
      tabindex="0"
      aria-label=${this.strings.resize}
      aria-orientation=${this.stacked ? 'horizontal' : 'vertical'}
      aria-valuenow=${Math.round(this.value)}
      aria-valuemin=${least}
      aria-valuemax=${most}
      @keydown=${this.onKeyDown}
      @pointerdown=${this.onPointerDown}
      @pointermove=${this.onPointerMove}
      @dblclick=${() => this.change(50)}
    ></div>`;
  }

  private onKeyDown(event: KeyboardEvent): void {
    const values: Record<string, number> = {
      ArrowLeft: this.value - step,
      ArrowUp: this.value - step,
      ArrowRight: this.value + step,
      ArrowDown: this.value + step,
      Home: least,
      End: most,
    };
    const value = values[event.key];
    if (value === undefined) return;
    event.preventDefault();
    this.change(value);
  }

  private onPointerDown(event: PointerEvent): void {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  }

  private onPointerMove(event: PointerEvent): void {
    if (!(event.currentTarget as HTMLElement).hasPointerCapture(event.pointerId)) return;
    const area =
      this.parentElement?.getBoundingClientRect() ?? (this.getRootNode() as ShadowRoot).host.getBoundingClientRect();
    const share = this.stacked ? (event.clientY - area.top) / area.height : (event.clientX - area.left) / area.width;
    this.change((getComputedStyle(this).direction === 'rtl' && !this.stacked ? 1 - share : share) * 100);
  }

  private change(value: number): void {
    this.value = Math.min(most, Math.max(least, value));
    this.dispatchEvent(new CustomEvent<number>('split-change', { detail: this.value }));
  }
}
