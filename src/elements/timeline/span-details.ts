import { html, nothing, type TemplateResult } from 'lit';
import { callValuesOf } from '../../sdk/traces/call-values.js';
import type { TimelineStrings } from './timeline-strings.js';
import type { PlacedSpan } from './layout.js';
import { linksOf, type CauseLink } from './plot/links.js';
import { durationText } from './plot/ruler.js';
import type { Layout } from './layout.js';

/** A place in the code of a session. Line and column start at 1. */
export interface TimelinePosition {
  readonly session: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface DetailsActions {
  select(span: PlacedSpan): void;
  close(): void;
  goTo(position: TimelinePosition): void;
  isLinked(position: TimelinePosition): boolean;
  sessionName(session: string): string;
}

/** Causes and effects that are listed. */
const maxListed = 20;

export type SpanState = keyof TimelineStrings['states'];

export const stateOf = ({ span }: PlacedSpan): SpanState => (span.isRunning ? 'running' : span.status.code);

/** Milliseconds; until now for what runs. */
export const durationOf = ({ span }: PlacedSpan): number => span.end - span.start;

/** The name of an execution or a tool call; the kind of others in the reader's language. */
export function nameOf({ span }: PlacedSpan, strings: TimelineStrings): string {
  return span.kind === 'execution' || span.kind === 'tool' ? span.name : strings.kinds[span.kind];
}

export const sessionOf = ({ execution }: PlacedSpan): string =>
  String(execution.span.attributes['codemode.session'] ?? '');

/** One line about a span, for a screen reader and the tip at the pointer. */
export function summaryOf(one: PlacedSpan, strings: TimelineStrings): string {
  return strings.summary(
    strings.kinds[one.span.kind],
    nameOf(one, strings),
    durationText(durationOf(one)),
    strings.states[stateOf(one)],
  );
}

/** The letter and the variables of a context. */
export function renderMark({ mark }: Pick<PlacedSpan, 'mark'>, strings: TimelineStrings): TemplateResult {
  return html`<span class="mark" data-hue=${mark.hue}>${mark.letter === '' ? nothing : html`<b class="letter">${mark.letter}</b>`}<span class="variables">${mark.text || strings.noContext}</span></span>`;
}

/** All about the selected span. */
export function renderDetails(
  one: PlacedSpan,
  layout: Layout,
  strings: TimelineStrings,
  actions: DetailsActions,
): TemplateResult {
  const { span } = one;
  const values = callValuesOf(span);
  const exception = span.events.find(({ name }) => name === 'exception');
  const stop = span.events.find(({ name }) => name === 'stop');
  const error =
    exception === undefined
      ? span.status.message
      : `${exception.attributes['exception.type']}: ${exception.attributes['exception.message']}`;
  const links = linksOf(one, layout);
  const linked = (kind: CauseLink['kind'], end: 'from' | 'to'): PlacedSpan[] =>
    links.flatMap((link) => (link.kind === kind && link[end === 'from' ? 'to' : 'from'] === one ? link[end] : []));
  return html`
    <section class="details" part="details" aria-label=${strings.details}>
      <div class="details-head">
        <strong class="title ${stateOf(one)}">${nameOf(one, strings)}</strong>
        <span class="state ${stateOf(one)}">${strings.states[stateOf(one)]}</span>
        <span class="took">${durationText(durationOf(one))}</span>
        <button class="button square" aria-label=${strings.closeDetails} title=${strings.closeDetails} @click=${actions.close}>
          <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M4.5 4.5l7 7M11.5 4.5l-7 7" /></svg>
        </button>
      </div>
      <dl>
        ${renderField(strings.kind, strings.kinds[span.kind])} ${renderField(strings.session, actions.sessionName(sessionOf(one)))}
        ${renderField(strings.context, renderMark(one, strings))}
        ${renderField(strings.start, durationText(one.start))}
        ${values === undefined ? nothing : renderField(strings.arguments, html`<pre tabindex="0">${indented(values.arguments)}</pre>`)}
        ${values?.result === undefined ? nothing : renderField(strings.result, html`<pre tabindex="0">${indented(values.result)}</pre>`)}
        ${error === undefined ? nothing : renderField(strings.error, html`<span class="error">${error}</span>`)}
        ${stop === undefined ? nothing : renderField(strings.stopped, String(stop.attributes['reason'] ?? ''))}
        ${renderPosition(one, strings, actions)} ${renderSpans(strings.cause, linked('starts', 'from'), strings, actions)}
        ${renderSpans(strings.effects, linked('starts', 'to'), strings, actions)}
        ${renderSpans(strings.resumes, linked('resumes', 'to'), strings, actions)}
        ${renderSpans(strings.resumedBy, linked('resumes', 'from'), strings, actions)}
        ${renderField(strings.trace, html`<code>${span.traceId}-${span.spanId}</code>`)}
      </dl>
    </section>
  `;
}

function renderField(name: string, value: unknown): TemplateResult {
  return html`<div class="field"><dt>${name}</dt><dd>${value}</dd></div>`;
}

function renderSpans(
  name: string,
  spans: readonly PlacedSpan[],
  strings: TimelineStrings,
  actions: DetailsActions,
): TemplateResult | typeof nothing {
  if (spans.length === 0) return nothing;
  const more = spans.length - maxListed;
  return renderField(
    name,
    html`<span class="spans">${spans.slice(0, maxListed).map((one) => html`<button class="span" @click=${() => actions.select(one)}>${nameOf(one, strings)} <span class="took">${durationText(durationOf(one))}</span></button>`)}${more > 0 ? html`<span>${strings.moreContexts(more)}</span>` : nothing}</span>`,
  );
}

/** Where an error was thrown, or else the begin of the code. */
function renderPosition(one: PlacedSpan, strings: TimelineStrings, actions: DetailsActions): unknown {
  const { span, execution } = one;
  if (span.kind !== 'execution' && span.kind !== 'run') return nothing;
  const place = execution.span.events.find(({ name }) => name === 'exception')?.attributes ?? {};
  const {
    'code.file.path': file = execution.span.name,
    'code.line.number': line = 1,
    'code.column.number': column = 1,
  } = place;
  const position = { session: sessionOf(one), file: String(file), line: Number(line), column: Number(column) };
  const text = place['code.file.path'] === undefined ? position.file : `${file}:${line}:${column}`;
  return renderField(
    strings.position,
    actions.isLinked(position)
      ? html`<button class="position" title=${strings.goTo(text)} @click=${() => actions.goTo(position)}>${text}</button>`
      : html`<code>${text}</code>`,
  );
}

/** With line breaks, unless it was cut. */
function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2);
  } catch {
    return json;
  }
}
