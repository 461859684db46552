import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Preview } from '../../../protocol/previews/preview.js';
import { isFolded } from '../../console/console-filter.js';
import { ConsoleLog } from '../../console/console-log.js';
import { needElements, renderItem, type PositionDetail, type RowActions } from '../../console/console-row.js';
import { consoleStyles } from '../../console/console.styles.js';
import { previewStyles } from '../../preview/inline-preview.js';
import { LocalizedElement } from '../../shared/localized-element.js';
import { base } from '../../shared/tokens.js';

/** Number of rows shown at first, and added by each “Show earlier”. */
const pageSize = 100;

/**
 * The output and the result of a snippet. Grows with its content up to a maximum height. Shows everything as text and parses no HTML.
 * Inherits the custom properties of `<codemode-snippet>`; has no slots.
 *
 * @summary Output of a snippet
 * @fires {CustomEvent<PositionDetail>} position-select - a click on a position in the code
 * @csspart output-rows - the scrollable list of rows
 * @example
 * <codemode-snippet-output label="Output"></codemode-snippet-output>
 */
export class CodemodeSnippetOutput extends LocalizedElement {
  static override styles = [
    base,
    previewStyles,
    consoleStyles,
    css`
    :host {
      display: block;
    }
    .scroller {
      max-height: min(26rem, 70vh);
      overscroll-behavior: auto;
      padding-block: 6px;
    }
    .row {
      padding-block: 2px;
      border: 0;
    }
    .row.error,
    .row.warn {
      padding-block: 5px;
    }
    .took:not(:has(.chip)) {
      display: none;
    }
    .none {
      padding: 4px 14px;
      color: var(--_muted);
      font-family: var(--_font);
    }
    @media print {
      .scroller {
        max-height: none;
        overflow: visible;
      }
    }
  `,
  ];

  @property({ attribute: false }) log = new ConsoleLog(1);
  @property({ attribute: false }) expand: ((preview: Preview) => Promise<Preview>) | undefined;
  /** Whether positions in a file of this name are links. */
  @property({ attribute: false }) linked: (name: string) => boolean = () => false;
  /** Accessible name of the region. */
  @property() label = '';
  /** Text for empty output. */
  @property() emptyText = '';
  /** Returns the label of the button that shows `count` more rows. */
  @property({ attribute: false }) earlierText: (count: number) => string = String;
  @state() private shown = pageSize;
  private isScheduled = false;
  /** Renders at most once per frame, as code may write faster than rows render. */
  private readonly onChange = (): void => {
    if (this.isScheduled) return;
    this.isScheduled = true;
    requestAnimationFrame(() => {
      this.isScheduled = false;
      this.requestUpdate();
    });
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.log.addEventListener('change', this.onChange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.log.removeEventListener('change', this.onChange);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('log')) return;
    changed.get('log')?.removeEventListener('change', this.onChange);
    if (this.isConnected) this.log.addEventListener('change', this.onChange);
    this.shown = pageSize;
  }

  protected override render(): TemplateResult {
    const { strings } = this;
    const visible = this.log.items.filter((item) => !isFolded(item));
    const tail = visible.slice(-this.shown);
    const earlier = visible.length - tail.length;
    const actions: RowActions = {
      strings,
      source: this.log.source,
      toggle: (group) => this.log.toggle(group),
      isLinked: (name) => this.linked(name),
      select: (detail) => this.dispatchEvent(new CustomEvent<PositionDetail>('position-select', { detail })),
    };
    return html`
      <div class="scroller" part="output-rows" role="group" aria-label=${this.label} tabindex="0">
        ${this.log.dropped > 0 ? html`<div class="aside">${strings.droppedEntries(this.log.dropped)}</div>` : nothing}
        ${
          earlier > 0
            ? html`<button class="button earlier" @click=${() => (this.shown += pageSize)}>${this.earlierText(Math.min(earlier, pageSize))}</button>`
            : nothing
        }
        ${repeat(
          tail,
          (item) => item.id,
          (item) => renderItem(item, this.expand, actions),
        )}
        ${visible.length === 0 ? html`<div class="none">${this.emptyText}</div>` : nothing}
      </div>
    `;
  }

  protected override updated(): void {
    needElements(this.log.items);
  }
}
