import { html, nothing, type TemplateResult } from 'lit';
import { LateModule } from '../shared/late-module.js';
import { icon } from '../shared/icons.js';
import type { PositionDetail } from '../console/console-row.js';
import { summarize } from '../context-editor/context-rows.js';
import type { Strings } from '../shared/strings.js';
import type { PlaygroundTab, TabContext } from './playground-tab.js';

export type PanelName = 'console' | 'variables' | 'context';

/** What panels consist of, besides the console. */
const parts: Partial<Record<PanelName, LateModule>> = {
  variables: new LateModule(() => import('../namespace-panel/namespace-panel.js')),
  context: new LateModule(() => import('../context-editor/context-editor.js')),
};

export interface PanelActions {
  show(panel: PanelName): void;
  evaluate(code: string): void;
  select(position: PositionDetail): void;
  /** Renders again. */
  update(): void;
}

/** The panels beside the code: console with input line, variables, context. */
export function renderPanels(
  tab: PlaygroundTab,
  shown: PanelName,
  strings: Strings,
  actions: PanelActions,
): TemplateResult {
  const part = parts[shown];
  part?.need(actions.update);
  const counts: Record<PanelName, string> = {
    console: '',
    variables: tab.namespace.length === 0 ? '' : String(tab.namespace.length),
    context: summarize(tab.context, 28),
  };
  return html`
    <section class="panels" part="panels">
      <div class="panel-bar" role="group" aria-label=${strings.panels}>
        ${(['console', 'variables', 'context'] as const).map(
          (panel) => html`
            <button class="button panel-button" aria-pressed=${panel === shown} aria-label=${strings[panel]} @click=${() => actions.show(panel)}>
              ${strings[panel]}${counts[panel] === '' ? nothing : html`<span class="count">${counts[panel]}</span>`}
            </button>
          `,
        )}
      </div>
      <div class="panel" part="console" ?hidden=${shown !== 'console'} @position-select=${(event: CustomEvent<PositionDetail>) => actions.select(event.detail)}>
        <codemode-console .log=${tab.log} .expand=${tab.expand} .isLinked=${tab.isOwnCode}></codemode-console>
        <codemode-repl-line
          .history=${tab.history}
          .names=${tab.namespace.map((entry) => entry.name)}
          @repl-run=${(event: CustomEvent<string>) => actions.evaluate(event.detail)}
          @repl-clear=${() => tab.log.clear()}
        ></codemode-repl-line>
      </div>
      ${shown === 'console' ? nothing : html`<div class="panel">${part?.hasFailed ? renderFailure(part, strings, actions) : shown === 'variables' ? renderVariables(tab) : renderContext(tab)}</div>`}
    </section>
  `;
}

function renderFailure(part: LateModule, strings: Strings, actions: PanelActions): TemplateResult {
  return html`<p class="missing" role="status">
    ${icon('warning')} ${part.isBroken ? strings.partBroken : strings.partFailed}
    ${part.isBroken ? nothing : html`<button class="button" @click=${() => part.retry(actions.update)}>${strings.tryAgain}</button>`}
  </p>`;
}

function renderVariables(tab: PlaygroundTab): TemplateResult {
  return html`<codemode-namespace-panel part="variables" .entries=${tab.namespace} .expand=${tab.expand}></codemode-namespace-panel>`;
}

function renderContext(tab: PlaygroundTab): TemplateResult {
  return html`<codemode-context-editor
    part="context"
    .context=${tab.context}
    @context-change=${(event: CustomEvent<TabContext>) => (tab.context = event.detail)}
  ></codemode-context-editor>`;
}
