import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from '../shared/icons.js';
import type { SnippetStrings } from '../shared/snippet-strings.js';
import type { SnippetStatus } from './snippet-view.js';

export interface ToolbarState {
  readonly strings: SnippetStrings;
  readonly status: SnippetStatus;
  readonly took: string;
  readonly outdated: 'own' | 'above' | undefined;
  readonly expectation: 'met' | 'missed' | undefined;
  readonly isEditing: boolean;
  readonly isEdited: boolean;
  readonly canEdit: boolean;
  readonly canReset: boolean;
  readonly isCopied: boolean;
  /** Address of the playground with this code; without one there is no link. */
  readonly link: (() => string) | undefined;
}

export interface ToolbarActions {
  run(): void;
  stop(): void;
  edit(): void;
  reset(): void;
  copy(): void;
}

const shortcut = (): string => (/Mac|iP(?:hone|ad)/.test(navigator.platform) ? '⌘ Enter' : 'Ctrl+Enter');

/** The row above the code. */
export function renderToolbar(state: ToolbarState, actions: ToolbarActions): TemplateResult {
  const { strings } = state;
  const isRunning = state.status === 'running' || state.status === 'loading';
  return html`
    <div class="bar" part="toolbar" role="group" aria-label=${strings.toolbar}>
      ${isRunning
        ? html`<button class="button run" part="stop" title=${strings.stopTitle} @click=${() => actions.stop()}>
            ${icon('stop', true)}<span>${strings.stop}</span>
          </button>`
        : html`<button class="button run" part="run" title=${strings.runTitle(shortcut())} @click=${() => actions.run()}>
            ${icon('run', true)}<span>${strings.run}</span>
          </button>`}
      <span class="state" part="state">${renderState(state)}</span>
      ${state.canEdit
        ? renderTool({
            name: state.isEditing ? 'check' : 'edit', part: 'edit', label: state.isEditing ? strings.done : strings.edit,
            title: state.isEditing ? strings.doneTitle : strings.editTitle, press: () => actions.edit(),
          })
        : nothing}
      ${state.canReset ? renderTool({ name: 'reset', part: 'reset', label: strings.reset, title: strings.resetTitle, press: () => actions.reset() }) : nothing}
      ${renderTool({
        name: state.isCopied ? 'check' : 'copy', part: 'copy', label: state.isCopied ? strings.copied : strings.copy,
        title: state.isCopied ? strings.copied : strings.copy, press: () => actions.copy(),
      })}
      ${state.link === undefined ? nothing : renderLink(state.link, strings.open)}
    </div>
  `;
}

function renderTool({ name, part, label, title, press }: { name: IconName; part: string; label: string; title: string; press: () => void }): TemplateResult {
  return html`<button class="button tool" part=${part} aria-label=${label} title=${title} @click=${press}>${icon(name)}<span>${label}</span></button>`;
}

/** The code goes into the address when somebody is about to follow it, not before. */
function renderLink(link: () => string, label: string): TemplateResult {
  const setAddress = ({ currentTarget }: Event): void => {
    (currentTarget as HTMLAnchorElement).href = link();
  };
  return html`<a
    class="button tool square"
    part="open"
    href="#"
    target="_blank"
    rel="noopener"
    aria-label=${label}
    title=${label}
    @pointerenter=${setAddress}
    @focus=${setAddress}
    @click=${setAddress}
    >${icon('open')}</a
  >`;
}

function renderState({ strings, status, took, outdated, expectation, isEdited }: ToolbarState): TemplateResult | typeof nothing {
  if (status === 'loading') return html`<span class="muted">${strings.loading}</span>`;
  if (status === 'running') return html`<span class="muted">${strings.running}</span>`;
  if (outdated !== undefined) {
    return html`<span class="outdated">${icon('warning')}<span>${outdated === 'own' ? strings.outdatedOwn : strings.outdatedAbove}</span></span>`;
  }
  if (status === 'failed') return html`<span class="failed">${icon('error')}<span>${strings.failed}</span></span>`;
  if (status === 'stopped') return html`<span class="muted">${strings.stopped}</span>`;
  if (expectation === 'missed') return html`<span class="outdated">${icon('warning')}<span>${strings.notAsExpected}</span></span>`;
  if (status === 'ok') {
    return html`<span class="succeeded">${icon('check')}<span>${expectation === 'met' ? strings.asExpected : took}</span></span>`;
  }
  return isEdited ? html`<span class="muted">${strings.edited}</span>` : nothing;
}
