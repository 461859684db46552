import { html, nothing, type TemplateResult } from 'lit';
import type { PositionDetail } from '../console/console-row.js';
import { summarize } from '../context-editor/context-rows.js';
import type { PlaygroundTab } from '../playground/playground-tab.js';
import { icon } from '../shared/icons.js';
import { LateModule } from '../shared/late-module.js';
import type { Strings } from '../shared/strings.js';
import type { PanelModule, PanelName, PanelView } from './panel-view.js';

/** The panels besides the console, in their order. Each is loaded when it is first shown. */
const modules: Record<Exclude<PanelName, 'console'>, LateModule<PanelModule>> = {
  variables: new LateModule(() => import('../namespace-panel/namespace-panel.js')),
  context: new LateModule(() => import('../context-editor/context-editor.js')),
  tools: new LateModule(() => import('../tools-panel/tools-panel.js')),
  history: new LateModule(() => import('../history-panel/history-panel.js')),
  pending: new LateModule(() => import('../pending-panel/pending-panel.js')),
  timeline: new LateModule(() => import('../timeline/timeline-panel.js')),
};

const names = ['console', ...Object.keys(modules)] as readonly PanelName[];
/** Panels whose buttons are there in a narrow playground too; a menu has the others. */
const inReach = 3;

/** What a panel holds, in few characters; empty if nothing. */
const counts: Partial<Record<PanelName, (tab: PlaygroundTab) => string>> = {
  variables: ({ namespace }) => String(namespace.length || ''),
  context: ({ context }) => summarize(context, 28),
  pending: ({ pending }) => String(pending || ''),
};

/** The panels beside the code, of which one is shown. */
export function renderPanels(view: PanelView, shown: PanelName, strings: Strings): TemplateResult {
  const { tab } = view;
  const labels = { ...strings, ...strings.panelNames };
  const button = (panel: PanelName): TemplateResult => {
    const count = counts[panel]?.(tab) ?? '';
    return html`
      <button class="button panel-button" aria-pressed=${panel === shown} aria-label=${labels[panel]} @click=${(event: Event) => choose(event, () => view.show(panel))}>
        ${labels[panel]}${count === '' ? nothing : html`<span class="count ${panel}">${count}</span>`}
      </button>
    `;
  };
  const isInMenu = names.indexOf(shown) >= inReach;
  return html`
    <section class="panels" part="panels">
      <div class="panel-bar" role="group" aria-label=${strings.panels}>
        ${names.slice(0, inReach).map(button)}
        <button class="button panel-button more ${isInMenu ? 'current' : ''}" popovertarget="menu" aria-label=${isInMenu ? `${strings.morePanels}: ${labels[shown]}` : strings.morePanels}>
          ${isInMenu ? labels[shown] : strings.morePanels}${icon('chevron')}
        </button>
        <div class="menu" id="menu" popover @beforetoggle=${placeMenu}>${names.slice(inReach).map(button)}</div>
      </div>
      <div class="panel" part="console" ?hidden=${shown !== 'console'} @position-select=${(event: CustomEvent<PositionDetail>) => view.select(event.detail)}>
        <codemode-console .log=${tab.log} .expand=${tab.expand} .store=${tab.store} .isLinked=${tab.isOwnCode}></codemode-console>
        <codemode-repl-line
          .history=${tab.history}
          .names=${tab.namespace.map((entry) => entry.name)}
          @repl-run=${(event: CustomEvent<string>) => view.evaluate(event.detail)}
          @repl-clear=${() => tab.log.clear()}
        ></codemode-repl-line>
      </div>
      ${shown === 'console' ? nothing : html`<div class="panel">${renderPart(modules[shown], view, strings)}</div>`}
    </section>
  `;
}

function renderPart(part: LateModule<PanelModule>, view: PanelView, strings: Strings): TemplateResult | typeof nothing {
  part.need(view.update);
  if (!part.hasFailed) return part.module?.renderPanel(view) ?? nothing;
  return html`<p class="missing" role="status">
    ${icon('warning')} ${part.isBroken ? strings.partBroken : strings.partFailed}
    ${part.isBroken ? nothing : html`<button class="button" @click=${() => part.retry(view.update)}>${strings.tryAgain}</button>`}
  </p>`;
}

function choose({ currentTarget }: Event, show: () => void): void {
  const menu = (currentTarget as Element).closest<HTMLElement>('.menu:popover-open');
  menu?.hidePopover();
  show();
}

/** A popover is above everything, so it has no place of its own. */
function placeMenu({ currentTarget }: Event): void {
  const menu = currentTarget as HTMLElement;
  const { bottom, left } = menu.previousElementSibling!.getBoundingClientRect();
  menu.style.inset = `${bottom + 4}px auto auto min(${left}px, 100vw - 180px)`;
}
