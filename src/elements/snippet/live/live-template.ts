import { html, nothing, type TemplateResult } from 'lit';
import type { PositionDetail } from '../../console/console-row.js';
import type { SnippetStrings } from '../../shared/snippet-strings.js';
import type { LiveSnippet } from './live-snippet.js';
import { renderToolbar } from './toolbar.js';
import { typographyOf } from './typography.js';

/** All that a live snippet shows: tools, code or editor, offers, output. */
export function renderLive(snippet: LiveSnippet): TemplateResult {
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
    <div class="visually-hidden" role="status">${view?.summary ?? snippet.problem}</div>
  `;
}

function renderTools(snippet: LiveSnippet, strings: SnippetStrings): TemplateResult {
  const { element, view } = snippet;
  return renderToolbar(
    {
      strings,
      status: snippet.isLoading ? 'loading' : (view?.status ?? 'idle'),
      took: view?.duration === undefined ? '' : strings.took(view.duration),
      outdated: snippet.outdated,
      expectation: view?.expectation,
      isEditing: snippet.editing !== undefined,
      isEdited: !element.isPageCode,
      canEdit: !element.readonly && element.editor !== 'none',
      canReset: !element.isPageCode || view !== undefined,
      isCopied: snippet.isCopied,
      link: element.playgroundUrl === undefined ? undefined : () => element.playgroundLink,
    },
    {
      // What goes wrong is shown.
      run: () => void snippet.run().catch(() => undefined),
      stop: () => void snippet.stop(),
      edit: () =>
        void (snippet.editing === undefined ? snippet.edit().catch(() => undefined) : snippet.leaveEditor(true)),
      reset: () => void snippet.reset(),
      copy: () => void snippet.copy(),
    },
  );
}

function renderEditor(snippet: LiveSnippet, strings: SnippetStrings): TemplateResult | undefined {
  const { before, body } = snippet.part;
  const unseen = before.split('\n').length - 1;
  return snippet.editing?.render(
    {
      code: body,
      markers: (snippet.view?.markers ?? [])
        .map((marker) => ({ ...marker, line: marker.line - unseen }))
        .filter(({ line }) => line > 0),
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

function renderOffer({ readers }: LiveSnippet, strings: SnippetStrings): TemplateResult | typeof nothing {
  const { offer } = readers;
  if (offer === undefined) return nothing;
  const isOther = offer.kind === 'other-tab';
  // After a change by the author the reader's own version is the one that is offered; else it is the one that is shown.
  const [keepMine, takeOther] = isOther
    ? (['declineOffer', 'acceptOffer'] as const)
    : (['acceptOffer', 'declineOffer'] as const);
  return html`<div class="notice" part="notice" role="status">
    <span>${isOther ? strings.otherTab : strings.pageChanged}</span>
    <button class="button" @click=${() => readers[keepMine]()}>${strings.keepMine}</button>
    <button class="button" @click=${() => readers[takeOther]()}>${isOther ? strings.useTheOther : strings.useThePage}</button>
  </div>`;
}

function renderOutput(snippet: LiveSnippet, strings: SnippetStrings): TemplateResult | typeof nothing {
  const { view, problem } = snippet;
  if (problem !== '') return html`<p class="problem" part="output">${problem}</p>`;
  if (view === undefined || (view.status === 'running' && view.log.items.length === 0)) return nothing;
  return html`<codemode-snippet-output
    class="output"
    part="output"
    .log=${view.log}
    .expand=${view.expand}
    .label=${strings.output}
    .emptyText=${view.status === 'stopped' ? strings.stopped : strings.noOutput}
    .linked=${(name: string) => snippet.isInPage(name)}
    @position-select=${({ detail }: CustomEvent<PositionDetail>) => snippet.goTo(detail)}
  ></codemode-snippet-output>`;
}
