import { html, nothing, type TemplateResult } from 'lit';
import type { Preview, StackFrame } from '../../protocol/previews/preview.js';
import type { OutputLevel, SendableError } from '../../protocol/messages/wire.js';
import { summarize } from '../context-editor/context-rows.js';
import type { ComponentSource } from '../output/component-view.js';
import { richestType } from '../output/forms.js';
import { previewClass, previewText, renderPreview } from '../preview/inline-preview.js';
import { icon, type IconName } from '../shared/icons.js';
import { LateModule } from '../shared/late-module.js';
import type { Strings } from '../shared/strings.js';
import { rowRoom, TextBudget } from '../shared/text-budget.js';
import type {
  ConsoleItem,
  FailureItem,
  InputItem,
  OutputItem,
  ResultItem,
  RunBadge,
  ToolItem,
} from './console-item.js';
import { sanitizeStyle } from './styled-text.js';

/** Detail of `position-select`, a click on a position in the code. Line and column start at 1. */
export interface PositionDetail {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface RowActions {
  readonly strings: Strings;
  /** Stores a shown object under a name. */
  readonly store?: ((preview: Preview) => Promise<void>) | undefined;
  /** The session that has the code of components. */
  readonly source: ComponentSource | undefined;
  toggle(group: OutputItem): void;
  /** Whether positions in a file of this name are links. */
  isLinked(file: string): boolean;
  select(position: PositionDetail): void;
}

/** Actions and text budget of a row. */
interface Row extends RowActions {
  readonly budget: TextBudget;
}

type Expand = ((preview: Preview) => Promise<Preview>) | undefined;

const levelIcons: Record<OutputLevel, IconName | undefined> = {
  debug: 'debug',
  log: undefined,
  info: 'info',
  warn: 'warning',
  error: 'error',
};

/** Renders one row of the console. */
export function renderItem(item: ConsoleItem, expand: Expand, shared: RowActions): TemplateResult {
  const actions: Row = { ...shared, budget: new TextBudget() };
  switch (item.kind) {
    case 'output':
      return renderOutput(item, expand, actions);
    case 'input':
      return renderInput(item, actions);
    case 'result':
      return renderResult(item, expand, actions);
    case 'failure':
      return renderFailure(item, actions);
    case 'tool':
      return renderCall(item);
    case 'notice':
      return html`<div class="row notice"><span class="gutter"></span><div class="body">${actions.budget.take(item.text)}</div>${renderTime(item.time)}</div>`;
  }
}

const inspector = new LateModule(() => import('../inspector/inspector.js'));
const outputs = new LateModule(() => import('../output/output.js'));

/** Imports what shows these rows. Until it is there, they show text. */
export function needElements(items: readonly ConsoleItem[]): void {
  if (items.some(needsOutput)) outputs.need();
  if (items.some(needsInspector)) inspector.need();
}

/** Whether a row shows an expandable value. */
function needsInspector(item: ConsoleItem): boolean {
  if (item.kind === 'result') return item.preview.type === 'object';
  return item.kind === 'output' && item.entry.parts.some((part) => 'preview' in part && part.preview.type === 'object');
}

/** Whether a row shows a value in another form than text. */
function needsOutput(item: ConsoleItem): boolean {
  return item.kind === 'output' && item.entry.bundle !== undefined && richestType(item.entry.bundle) !== undefined;
}

/** Its element was imported with what made the row. */
function renderCall(item: ToolItem): TemplateResult {
  return html`<div class="row ${item.call.phase === 'failed' ? 'error' : ''}">
    <span class="gutter">${icon('tool')}</span>
    <codemode-tool-call class="body" .item=${item} .call=${item.call}></codemode-tool-call>
    ${renderBadge(item.run)} ${renderTime(item.time)}
  </div>`;
}

/** Which run and which context a row belongs to, where several ran at once. */
function renderBadge(run: RunBadge | undefined): TemplateResult | typeof nothing {
  if (run?.isInterleaved !== true) return nothing;
  const text = `${run.fileName} ${summarize(run.context, 1_000)}`;
  return html`<span class="chip badge" title=${text}>${run.fileName} ${summarize(run.context, 16)}</span>`;
}

function renderOutput(item: OutputItem, expand: Expand, actions: Row): TemplateResult {
  const { entry, count, collapsed } = item;
  const iconName = levelIcons[entry.level];
  const gutter =
    count > 1
      ? html`<span class="count" aria-label=${actions.strings.times(count)}>${count > 999 ? '999+' : count}</span>`
      : iconName === undefined
        ? nothing
        : html`<span role="img" aria-label=${actions.strings.level[entry.level]}>${icon(iconName)}</span>`;
  const content = needsOutput(item)
    ? html`<codemode-output .bundle=${entry.bundle} .source=${actions.source} .text=${entry.text}>${actions.budget.take(entry.text)}</codemode-output>`
    : html`<span class="text">${entry.method === 'uncaught' || entry.method === 'unhandledrejection' ? html`<span class="failed">${actions.strings.uncaught} </span>` : nothing}${entry.parts.map((part) => renderPart(part, expand, actions, rowRoom / entry.parts.length))}</span>`;
  return html`
    <div class="row ${entry.level}" .style=${`--depth: ${entry.depth}`}>
      <span class="gutter">${gutter}</span>
      <div class="body">
        ${
          collapsed === undefined
            ? content
            : html`<button class="group" aria-expanded=${!collapsed} @click=${() => actions.toggle(item)}>
              <span class="chevron">${icon('chevron')}</span>${entry.parts.length > 0 ? content : actions.strings.toggleGroup}
            </button>`
        }
        ${entry.table === undefined ? nothing : renderTable(entry.table, actions.strings)}
        ${entry.level === 'error' || entry.method === 'trace' ? renderFrames(entry.frames ?? [], actions) : nothing}
      </div>
      ${renderBadge(item.run)}
      ${entry.frames?.[0] === undefined ? nothing : html`<span class="origin">${renderPosition(entry.frames[0], actions)}</span>`}
      ${renderTime(item.time)}
    </div>
  `;
}

function renderPart(
  part: OutputItem['entry']['parts'][number],
  expand: Expand,
  row: Row,
  room: number,
): TemplateResult {
  const { budget } = row;
  if ('preview' in part) {
    const { preview } = part;
    return preview.type === 'string' ? html`${budget.take(preview.text)}` : renderValue(preview, expand, row, room);
  }
  const text = budget.take(part.text);
  return part.style === undefined
    ? html`${text}`
    : html`<span class="styled" .style=${sanitizeStyle(part.style)}>${text}</span>`;
}

/**
 * Renders a value. Shows its first line as text until the inspector has loaded.
 *
 * @param room text budget of the inspector's line
 */
function renderValue(preview: Preview, expand: Expand, { budget, store }: Row, room = rowRoom): TemplateResult {
  if (preview.type !== 'object') return renderPreview(preview, budget);
  return html`<codemode-inspector .preview=${preview} .expand=${expand} .store=${store} .room=${room}>${budget.take(previewText(preview))}</codemode-inspector>`;
}

function renderInput(item: InputItem, { strings, budget }: Row): TemplateResult {
  const summary = summarize(item.context);
  const chip =
    summary === '' ? nothing : html`<span class="chip" title=${summarize(item.context, 1000)}>${summary}</span>`;
  if (item.source === 'editor') {
    return html`<div class="row ran">
      <span class="gutter">${icon('run')}</span>
      <div class="body">${strings.ranCode}${chip}</div>
      ${renderBadge(item.run)}
      ${renderTime(item.time)}
    </div>`;
  }
  return html`<div class="row input"><span class="gutter">${icon('prompt')}</span><pre class="body text">${budget.take(item.code)}</pre>${renderTime(item.time)}</div>`;
}

function renderResult(item: ResultItem, expand: Expand, row: Row): TemplateResult {
  const { strings } = row;
  return html`
    <div class="row result">
      <span class="gutter">${icon('result')}</span>
      <div class="body">${renderValue(item.preview, expand, row)}</div>
      ${renderBadge(item.run)}
      <span class="origin took">${item.pending > 0 ? html`<span class="chip">${strings.pending(item.pending)}</span>` : nothing} ${strings.took(item.duration)}</span>
    </div>
  `;
}

function renderFailure(item: FailureItem, actions: Row): TemplateResult {
  return html`
    <div class="row error failure">
      <span class="gutter"><span role="img" aria-label=${actions.strings.level.error}>${icon('error')}</span></span>
      <div class="body">${renderError(item.error, actions)}</div>
      ${renderBadge(item.run)}
      ${renderTime(item.time)}
    </div>
  `;
}

function renderError(error: SendableError, actions: Row): TemplateResult {
  return html`<span class="text">${actions.budget.take(error.message.startsWith(error.name) ? error.message : `${error.name}: ${error.message}`)}</span
    >${renderFrames(error.frames, actions)}${
      error.cause === undefined
        ? nothing
        : html`<div class="cause">${actions.strings.causedBy} ${renderError(error.cause, actions)}</div>`
    }${error.errors?.map((one) => html`<div class="cause">${renderError(one, actions)}</div>`)}`;
}

/** Renders the frames of an error, unless the row is full: it may show very many errors. */
function renderFrames(frames: readonly StackFrame[], actions: Row): TemplateResult | typeof nothing {
  const { budget } = actions;
  if (frames.length === 0 || budget.isSpent) return nothing;
  return html`<ul class="frames">
    ${frames.map((frame) => html`<li>at ${frame.functionName === '' ? nothing : html`${budget.take(frame.functionName)} `}${renderPosition(frame, actions)}</li>`)}
  </ul>`;
}

function renderPosition(frame: StackFrame, actions: Row): TemplateResult {
  const { file, line, column } = frame;
  const text = actions.budget.take(`${file}:${line}:${column}`);
  if (!actions.isLinked(file)) return html`<span class="position">${text}</span>`;
  return html`<button class="position" title=${actions.strings.goTo(text)} @click=${() => actions.select({ file, line, column })}>${text}</button>`;
}

function renderTable(table: NonNullable<OutputItem['entry']['table']>, strings: Strings): TemplateResult {
  const budget = new TextBudget();
  const head = table.columns.map((column) => html`<th scope="col">${budget.take(column)}</th>`);
  const rows: TemplateResult[] = [];
  for (const row of table.rows) {
    if (budget.isSpent) break;
    rows.push(html`<tr>${row.map((cell, index) => renderCell(cell, index === 0, budget))}</tr>`);
  }
  const rest = table.rows.length - rows.length;
  return html`<div class="table" tabindex="0">
    <table>
      <thead>
        <tr>${head}</tr>
      </thead>
      <tbody>
        ${rows}${rest > 0 ? html`<tr><th scope="row">… ${strings.moreProperties(rest)}</th></tr>` : nothing}
      </tbody>
    </table>
  </div>`;
}

/** Renders a plain value without further elements, as a table may have thousands of them. */
function renderCell(cell: Preview, isHead: boolean, budget: TextBudget): TemplateResult {
  if (isHead) return html`<th scope="row">${budget.take(cell.text)}</th>`;
  const content = cell.type === 'object' ? renderPreview(cell, budget) : cell.text && budget.take(previewText(cell));
  return html`<td class=${previewClass(cell)}>${content}</td>`;
}

const timeFormat = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});

function renderTime(time: number): TemplateResult {
  return html`<time>${timeFormat.format(time)}</time>`;
}
