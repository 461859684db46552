import { html, nothing, type TemplateResult } from 'lit';
import type { PositionDetail } from '../../console/console-row.js';
import type { AmbientNames } from '../../../editor/ambient/tool-types.js';
import type { EditorKind } from '../edit/editors.js';
import type { ReadersCode } from '../edit/readers-code.js';
import type { EditablePart } from '../shell/regions.js';
import type { SnippetStrings } from '../../shared/snippet-strings.js';
import { renderToolbar } from './toolbar.js';
import type { ErrorMarks } from './error-marks.js';
import type { SnippetHost } from './snippet-host.js';
import type { SnippetView } from './snippet-view.js';

/** State and actions of a live snippet. */
export interface LiveState {
  readonly element: SnippetHost;
  readonly readers: Pick<ReadersCode, 'offer' | 'acceptOffer' | 'declineOffer'>;
  readonly marks: Pick<ErrorMarks, 'render'>;
  readonly view: SnippetView | undefined;
  /** The open editor. */
  readonly editing: EditorKind | undefined;
  readonly names: AmbientNames;
  readonly isLoading: boolean;
  readonly isCopied: boolean;
  /** Message of a failed load; empty if nothing failed. */
  readonly problem: string;
  readonly outdated: 'own' | 'above' | undefined;
  readonly part: EditablePart;
  run(): Promise<unknown>;
  stop(): Promise<void>;
  edit(): Promise<void>;
  leaveEditor(always?: boolean): Promise<void>;
  reset(): Promise<void>;
  copy(): Promise<void>;
  typed(body: string): void;
  goTo(position: PositionDetail): void;
  isInPage(file: string): boolean;
}

/** Renders a live snippet: toolbar, code or editor, offer, output. */
export function renderLive(snippet: LiveState): TemplateResult {
  const { element, editing, view } = snippet;
  const { strings } = element;
  const isOwn = !element.isPageCode;
  const hasExpected = element.author.expected !== undefined && !isOwn && view?.expectation !== 'met';
  return html`
    ${renderTools(snippet, strings)} ${editing === undefined ? nothing : renderEditor(snippet, strings)}
    <div class="code" part="code" ?hidden=${editing !== undefined}>
      <slot ?hidden=${isOwn}></slot>
      ${
        isOwn && editing === undefined
          ? html`<pre class="own" tabindex="0" style=${typographyOf(element.author.element)}>${snippet.part.body}</pre>`
          : nothing
      }
      ${snippet.marks.render(strings.errorLine)}
    </div>
    ${renderOffer(snippet, strings)} ${renderOutput(snippet, strings)}
    <div class="expected" part="expected" ?hidden=${!hasExpected}>
      <slot name="expected"></slot>
      ${view?.expectation === 'missed' ? html`<span class="caption">${strings.expected}</span>` : nothing}
    </div>
    <div class="visually-hidden" role="status">${view?.summary ?? snippet.problem}${renderPending(view, strings)}</div>
  `;
}

function renderPending(view: SnippetView | undefined, strings: SnippetStrings): string {
  const count = view?.pending() ?? 0;
  return count === 0 ? '' : ` ${strings.pending(count)}`;
}

function renderTools(snippet: LiveState, strings: SnippetStrings): TemplateResult {
  const { element, view } = snippet;
  return renderToolbar(
    {
      strings,
      status: snippet.isLoading ? 'loading' : (view?.status ?? 'idle'),
      took: view?.duration === undefined ? '' : strings.took(view.duration),
      outdated: snippet.outdated,
      expectation: view?.expectation,
      pending: view?.pending() ?? 0,
      isEditing: snippet.editing !== undefined,
      isEdited: !element.isPageCode,
      canEdit: !element.readonly && element.editor !== 'none',
      canReset: !element.isPageCode || view !== undefined,
      isCopied: snippet.isCopied,
      link: element.playgroundUrl === undefined ? undefined : () => element.playgroundLink,
    },
    {
      // The snippet shows the error.
      run: () => void snippet.run().catch(() => undefined),
      stop: () => void snippet.stop(),
      edit: () =>
        void (snippet.editing === undefined ? snippet.edit().catch(() => undefined) : snippet.leaveEditor(true)),
      reset: () => void snippet.reset(),
      copy: () => void snippet.copy(),
    },
  );
}

function renderEditor(snippet: LiveState, strings: SnippetStrings): TemplateResult | undefined {
  const { body } = snippet.part;
  return snippet.editing?.render(
    {
      code: body,
      markers: snippet.view?.markers ?? [],
      names: snippet.names,
      style: `${typographyOf(snippet.element.author.element)}; --lines: ${body.split('\n').length}`,
      label: strings.editor,
    },
    {
      change: (code) => snippet.typed(code),
      run: () => void snippet.run().catch(() => undefined),
      leave: () => void snippet.leaveEditor(),
    },
  );
}

function renderOffer({ readers }: LiveState, strings: SnippetStrings): TemplateResult | typeof nothing {
  const { offer } = readers;
  if (offer === undefined) return nothing;
  const isOther = offer.kind === 'other-tab';
  // After a change by the author, the offer is the reader's own version; otherwise the reader's version is shown.
  const [keepMine, takeOther] = isOther
    ? (['declineOffer', 'acceptOffer'] as const)
    : (['acceptOffer', 'declineOffer'] as const);
  return html`<div class="notice" part="notice" role="status">
    <span>${isOther ? strings.otherTab : strings.pageChanged}</span>
    <button class="button" @click=${() => readers[keepMine]()}>${strings.keepMine}</button>
    <button class="button" @click=${() => readers[takeOther]()}>${isOther ? strings.useTheOther : strings.useThePage}</button>
  </div>`;
}

function renderOutput(snippet: LiveState, strings: SnippetStrings): TemplateResult | typeof nothing {
  const { view, problem } = snippet;
  if (problem !== '') return html`<p class="problem" part="output">${problem}</p>`;
  if (view === undefined || (view.status === 'running' && view.log.items.length === 0)) return nothing;
  return html`<codemode-snippet-output
    class="output"
    part="output"
    .log=${view.log}
    .expand=${view.expand}
    .label=${strings.output}
    .earlierText=${strings.showEarlier}
    .emptyText=${view.status === 'stopped' ? strings.stopped : strings.noOutput}
    .linked=${(name: string) => snippet.isInPage(name)}
    @position-select=${({ detail }: CustomEvent<PositionDetail>) => snippet.goTo(detail)}
  ></codemode-snippet-output>`;
}

/** Returns the typography of the site's code as declarations for its replacement. */
function typographyOf(element: HTMLElement | undefined): string {
  if (element === undefined) return '';
  const { fontFamily, fontSize, lineHeight } = getComputedStyle(element);
  const { backgroundColor, padding } = getComputedStyle(element.closest('pre') ?? element);
  const line = Number.parseFloat(lineHeight) || Number.parseFloat(fontSize) * 1.5;
  return `--_mono: ${fontFamily}; --_code-size: ${fontSize}; --_line: ${line}px; --_code-background: ${backgroundColor}; --_code-padding: ${padding}`;
}
