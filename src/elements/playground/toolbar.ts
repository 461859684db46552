import { html, nothing, type TemplateResult } from 'lit';
import type { ExecutionMode } from '../../protocol/messages/wire.js';
import { icon } from '../shared/icons.js';
import type { Strings } from '../shared/strings.js';
import type { PlaygroundTab } from './playground-tab.js';

export interface ToolbarActions {
  run(): void;
  stop(): void;
  reset(): void;
  showPending(): void;
}

const isApple = /Mac|iP(?:hone|ad|od)/.test(globalThis.navigator?.platform ?? '');
const shortcut = isApple ? '⌘↵' : 'Ctrl ↵';

/** The toolbar: Run, Stop, Reset, the mode and the state of the session. */
export function renderToolbar(tab: PlaygroundTab, strings: Strings, actions: ToolbarActions): TemplateResult {
  return html`
    <div class="toolbar" part="toolbar" role="toolbar" aria-label=${strings.toolbar}>
      <button class="button primary" part="run" title=${strings.runTitle(shortcut)} @click=${actions.run}>
        ${icon('run', true)}<span>${strings.run}</span><kbd aria-hidden="true">${shortcut}</kbd>
      </button>
      <button class="button" part="stop" title=${strings.stopTitle} aria-label=${strings.stop} ?disabled=${!tab.isBusy} @click=${actions.stop}>
        ${icon('stop', true)}<span class="label">${strings.stop}</span>
      </button>
      <button class="button" part="reset" title=${strings.resetTitle} aria-label=${strings.reset} @click=${actions.reset}>
        ${icon('reset')}<span class="label">${strings.reset}</span>
      </button>
      <slot name="actions"></slot>
      <span class="space"></span>
      ${renderState(tab, strings, actions)}
      <label class="mode" title=${strings.modeTitle}>
        <span class="visually-hidden">${strings.mode}</span>
        <select @change=${(event: Event) => (tab.mode = (event.target as HTMLSelectElement).value as ExecutionMode)}>
          ${(['async', 'sync', 'thread'] as const).map((mode) => html`<option value=${mode} ?selected=${tab.mode === mode}>${mode}</option>`)}
        </select>
      </label>
    </div>
  `;
}

function renderState(tab: PlaygroundTab, strings: Strings, { showPending }: ToolbarActions): TemplateResult {
  const took =
    tab.isRunning || tab.duration === undefined
      ? nothing
      : html`<span class="took">${strings.took(tab.duration)}</span>`;
  return html`<span class="state ${tab.state}" part="state"><span role="status"><span class="word">${strings.state[tab.state]}</span>${tab.pending > 0 && !tab.isRunning ? html`<button class="pending" @click=${showPending}>${strings.pending(tab.pending)}</button>` : nothing}</span>${took}</span>`;
}
