import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { PendingEntry } from '../../protocol/messages/wire.js';
import type { SessionLike } from '../../sdk/types.js';
import { PanelElement } from '../panels/panel-element.js';
import { panelStyles } from '../panels/panel.styles.js';
import type { PanelView } from '../panels/panel-view.js';
import { define } from '../shared/define.js';
import { icon } from '../shared/icons.js';
import { base } from '../shared/tokens.js';
import { PendingList } from './pending-list.js';

/** Entries shown. */
const most = 200;

/**
 * What is pending in a session: promises that names are bound to, timers, listeners, tool calls; each with its run and its age.
 *
 * @summary A list of the pending work of a session.
 * @csspart entry - each entry
 * @example
 * ```html
 * <codemode-pending-panel></codemode-pending-panel>
 * <script type="module">
 *   document.querySelector('codemode-pending-panel').session = codemode.session('tab-1');
 * </script>
 * ```
 */
export class CodemodePendingPanel extends PanelElement {
  static override styles = [
    base,
    panelStyles,
    css`
      li {
        display: grid;
        grid-template-columns: 76px minmax(0, 1fr) minmax(0, auto) 44px;
        gap: 10px;
        align-items: baseline;
        padding: 4px 14px;
        font: 12px / 18px var(--_mono);
      }
      li:hover {
        background: var(--_hover);
      }
      .kind {
        color: var(--_keyword);
      }
      .name,
      .run {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .run,
      .age {
        color: var(--_muted);
      }
      .age {
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  /** The session whose pending work is shown. */
  @property({ attribute: false }) session: SessionLike | undefined;
  /** Gives the file name of a run. */
  @property({ attribute: false }) fileNameOf: ((runId: string) => string | undefined) | undefined;
  private readonly list = new PendingList(() => this.requestUpdate());
  private clock: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.list.watch(this.session);
    this.clock = setInterval(() => this.list.entries.length > 0 && this.requestUpdate(), 1_000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.list.watch(undefined);
    clearInterval(this.clock);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('session') && this.isConnected) this.list.watch(this.session);
  }

  protected override render(): TemplateResult {
    const { entries } = this.list;
    const texts = this.strings.pendingPanel;
    if (entries.length === 0)
      return html`<div class="empty" role="status">${icon('check')}<p>${texts.empty}</p><p class="hint">${texts.emptyHint}</p></div>`;
    return html`
      <div class="bar">
        <span role="status">${texts.count(entries.length)}</span><span class="space"></span>
        <button class="button" title=${texts.cancelAllTitle} @click=${() => void this.session?.cancelPending?.()}>${icon('stop', true)}${texts.cancelAll}</button>
      </div>
      <div class="scroller" tabindex="0" role="region" aria-label=${this.strings.panelNames.pending}>
        <ul>
          ${entries.slice(0, most).map((entry) => this.renderEntry(entry))}
          ${entries.length > most ? html`<li class="muted">… ${this.strings.moreProperties(entries.length - most)}</li>` : nothing}
        </ul>
      </div>
    `;
  }

  private renderEntry({ kind, name, runId, since }: PendingEntry): TemplateResult {
    const texts = this.strings.pendingPanel;
    const age = Math.max(0, Math.floor((Date.now() - since) / 1_000));
    return html`<li part="entry">
      <span class="kind">${texts.kinds[kind]}</span>
      <span class=${name ? 'name' : 'name muted'} title=${name ?? nothing}>${name || texts.unnamed}</span>
      <span class="run">${this.fileNameOf?.(runId) ?? ''}</span>
      <span class="age" title=${texts.since(new Date(since).toLocaleTimeString())}>${texts.age(age)}</span>
    </li>`;
  }
}

export function renderPanel({ tab }: PanelView): TemplateResult {
  return html`<codemode-pending-panel
    part="pending"
    .session=${tab.session}
    .fileNameOf=${(runId: string) => tab.fileNameOf({ runId })}
  ></codemode-pending-panel>`;
}

define('codemode-pending-panel', CodemodePendingPanel);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-pending-panel': CodemodePendingPanel;
  }
}
