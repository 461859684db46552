import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from '../../shared/icons.js';
import type { SnippetStrings } from '../../shared/snippet-strings.js';
import { runShortcut } from '../shell/shell-toolbar.js';
import type { SnippetStatus } from './snippet-view.js';

export interface ToolbarState {
  readonly strings: SnippetStrings;
  readonly status: SnippetStatus;
  readonly took: string;
  readonly outdated: 'own' | 'above' | undefined;
  readonly expectation: 'met' | 'missed' | undefined;
  /** What ended runs have left. */
  readonly pending: number;
  readonly isEditing: boolean;
  readonly isEdited: boolean;
  readonly canEdit: boolean;
  readonly canReset: boolean;
  readonly isCopied: boolean;
  /** Returns the playground URL with this code; no link without it. */
  readonly link: (() => string) | undefined;
}

export interface ToolbarActions {
  run(): void;
  stop(): void;
  edit(): void;
  reset(): void;
  copy(): void;
}

/** Renders the toolbar above the code. Run and Stop are one button, so that it keeps the focus. */
export function renderToolbar(state: ToolbarState, actions: ToolbarActions): TemplateResult {
  const { strings, isEditing, isCopied } = state;
  const isRunning = state.status === 'running' || state.status === 'loading';
  const [part, label, title] = isRunning
    ? (['stop', strings.stop, strings.stopTitle] as const)
    : (['run', strings.run, strings.runTitle(runShortcut())] as const);
  return html`
    <div class="bar" part="toolbar" role="group" aria-label=${strings.toolbar}>
      <button class="button run" part=${part} aria-label=${label} title=${title} @click=${() => (isRunning ? actions.stop() : actions.run())}>
        ${icon(part, true)}<span>${label}</span>
      </button>
      <span class="state" part="state">${renderState(state)}</span>
      ${
        state.pending > 0 && !isRunning
          ? html`<button class="button pending" part="stop" aria-label="${strings.stop}: ${strings.pending(state.pending)}" title=${strings.stopPendingTitle} @click=${() => actions.stop()}>
              ${icon('stop', true)}<span>${strings.pending(state.pending)}</span>
            </button>`
          : nothing
      }
      ${
        state.canEdit
          ? renderTool({
              name: isEditing ? 'check' : 'edit',
              part: 'edit',
              label: isEditing ? strings.done : strings.edit,
              title: isEditing ? strings.doneTitle : strings.editTitle,
              press: () => actions.edit(),
            })
          : nothing
      }
      ${state.canReset ? renderTool({ name: 'reset', part: 'reset', label: strings.reset, title: strings.resetTitle, press: () => actions.reset() }) : nothing}
      ${renderTool({
        name: isCopied ? 'check' : 'copy',
        part: 'copy',
        label: isCopied ? strings.copied : strings.copy,
        title: isCopied ? strings.copied : strings.copy,
        press: () => actions.copy(),
      })}
      ${state.link === undefined ? nothing : renderLink(state.link, strings.open)}
    </div>
  `;
}

function renderTool({
  name,
  part,
  label,
  title,
  press,
}: {
  name: IconName;
  part: string;
  label: string;
  title: string;
  press: () => void;
}): TemplateResult {
  return html`<button class="button tool" part=${part} aria-label=${label} title=${title} @click=${press}>${icon(name)}<span>${label}</span></button>`;
}

/** Adds the code to the link only when the reader is about to follow it. */
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

function renderState({
  strings,
  status,
  took,
  outdated,
  expectation,
  isEdited,
}: ToolbarState): TemplateResult | string {
  if (status === 'loading') return strings.loading;
  if (status === 'running') return strings.running;
  if (outdated !== undefined)
    return renderBadge('outdated', 'warning', outdated === 'own' ? strings.outdatedOwn : strings.outdatedAbove);
  if (status === 'failed') return renderBadge('failed', 'error', strings.failed);
  if (status === 'stopped') return strings.stopped;
  if (expectation === 'missed') return renderBadge('outdated', 'warning', strings.notAsExpected);
  if (status === 'ok')
    return renderBadge('succeeded', 'check', expectation === 'met' ? `${strings.asExpected} · ${took}` : took);
  return isEdited ? strings.edited : '';
}

function renderBadge(className: string, name: IconName, text: string): TemplateResult {
  return html`<span class=${className}>${icon(name)}<span dir="auto">${text}</span></span>`;
}
