import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { TimelineStrings } from './timeline-strings.js';
import type { PlacedSpan } from './layout.js';
import { durationText } from './plot/ruler.js';
import { durationOf, nameOf, renderMark, sessionOf, stateOf } from './span-details.js';

/** Rows that are in the document at a time. */
export const pageSize = 100;

export interface TableActions {
  select(span: PlacedSpan): void;
  sessionName(session: string): string;
  /** @param first index of the first row */
  turn(first: number): void;
}

/** The spans as a table, a hundred at a time. */
export function renderTable(
  all: readonly PlacedSpan[],
  first: number,
  selected: PlacedSpan | undefined,
  strings: TimelineStrings,
  actions: TableActions,
): TemplateResult {
  const shown = all.slice(first, first + pageSize);
  const columns = [
    strings.name,
    strings.kind,
    strings.session,
    strings.context,
    strings.start,
    strings.duration,
    strings.state,
  ];
  return html`
    <div class="table" part="table" tabindex="0" role="region" aria-label=${strings.label}>
      <table aria-rowcount=${all.length + 1}>
        <caption class="visually-hidden">${strings.plot}</caption>
        <thead>
          <tr aria-rowindex="1">${columns.map((column) => html`<th scope="col" class=${column === strings.start || column === strings.duration ? 'number' : ''}>${column}</th>`)}</tr>
        </thead>
        <tbody>
          ${repeat(
            shown,
            ({ span }) => span.spanId,
            (one, index) => renderRow(one, first + index + 2, one === selected, strings, actions),
          )}
        </tbody>
      </table>
    </div>
    ${all.length <= pageSize ? nothing : renderPages(all.length, first, strings, actions)}
  `;
}

function renderRow(
  one: PlacedSpan,
  index: number,
  isSelected: boolean,
  strings: TimelineStrings,
  { select, sessionName }: TableActions,
): TemplateResult {
  return html`
    <tr aria-rowindex=${index} class=${isSelected ? 'selected' : ''} @click=${() => select(one)}>
      <th scope="row" class=${one.span.kind === 'execution' || one.span.kind === 'tool' ? 'named' : ''}><button class="span" aria-pressed=${isSelected}>${nameOf(one, strings)}</button></th>
      <td>${strings.kinds[one.span.kind]}</td>
      <td>${sessionName(sessionOf(one))}</td>
      <td>${renderMark(one, strings)}</td>
      <td class="number">${durationText(one.start)}</td>
      <td class="number">${durationText(durationOf(one))}</td>
      <td><span class="state ${stateOf(one)}">${strings.states[stateOf(one)]}</span></td>
    </tr>
  `;
}

function renderPages(total: number, first: number, strings: TimelineStrings, { turn }: TableActions): TemplateResult {
  return html`
    <div class="pages">
      <button class="button" ?disabled=${first === 0} @click=${() => turn(Math.max(0, first - pageSize))}>${strings.previousPage}</button>
      <span role="status">${strings.page(first + 1, Math.min(total, first + pageSize), total)}</span>
      <button class="button" ?disabled=${first + pageSize >= total} @click=${() => turn(first + pageSize)}>${strings.nextPage}</button>
    </div>
  `;
}
