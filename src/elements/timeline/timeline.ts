import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { TraceSource } from '../../sdk/traces/page-traces.js';
import { epoch } from '../../sdk/traces/span.js';
import { locales } from '../shared/locale.js';
import { PageSchemeController } from '../shared/page-scheme.js';
import { timelineStrings, type TimelineStrings } from './timeline-strings.js';
import { base, tokens } from '../shared/tokens.js';
import { layOut, type Layout, type PlacedSpan } from './layout.js';
import { drawOverview } from './plot/draw-overview.js';
import { drawPlot, rowHeight, rulerHeight, spanAt, type PlotScene } from './plot/draw-plot.js';
import { PlotGestures } from './plot/gestures.js';
import { linksOf } from './plot/links.js';
import { durationText } from './plot/ruler.js';
import { sizedCanvas } from './plot/sized-canvas.js';
import { readTheme, swatchProperties } from './plot/theme.js';
import { latestBurst, TimeView } from './plot/time-view.js';
import type { TraceFormat } from './save-trace.js';
import { SpanContexts } from './span-contexts.js';
import {
  durationOf,
  nameOf,
  renderDetails,
  renderMark,
  summaryOf,
  type DetailsActions,
  type TimelinePosition,
} from './span-details.js';
import { pageSize, renderTable } from './span-table.js';
import { spanStyles } from './span.styles.js';
import { timelineStyles } from './timeline.styles.js';
import { TraceFeed } from './trace-feed.js';

const english = { timeline: timelineStrings };
/** Contexts in the legend. */
const maxLegend = 8;
/** Height of the overview in pixels. */
const overviewHeight = 32;
/** What the zoom buttons and keys do to the length of the view. */
const zoomStep = 1.5;

const outlines = {
  zoomIn: 'M7 2.75a4.25 4.25 0 1 0 0 8.5a4.25 4.25 0 1 0 0-8.5M10.2 10.2l3.3 3.3M7 5.2v3.6M5.2 7h3.6',
  zoomOut: 'M7 2.75a4.25 4.25 0 1 0 0 8.5a4.25 4.25 0 1 0 0-8.5M10.2 10.2l3.3 3.3M5.2 7h3.6',
  fit: 'M2.5 3v10M13.5 3v10M5 8h6M6.6 6L4.8 8l1.8 2M9.4 6l1.8 2-1.8 2',
  save: 'M8 2.5v8M4.8 7.4L8 10.6l3.2-3.2M3 13.2h10',
  lanes: 'M2.5 4h6M5.5 8h8M4 12h5',
};

const glyph = (name: keyof typeof outlines): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${outlines[name]} /></svg>`;

/**
 * One axis of time for all tabs and snippets of a page: a lane for each session, with executions, tool calls and waits, live while
 * something runs. Zoom with Control and the wheel, a pinch, the buttons or + and -, and move with a drag or the arrow keys. A
 * selected span shows its details and lines from its cause to its effects. The table has the same for everyone.
 *
 * @summary What ran when: executions and tool calls of all sessions on one axis.
 * @fires {CustomEvent<TimelinePosition>} position-select - the reader wants to see a place in the code; bubbles and is composed
 * @csspart toolbar - the row of buttons and contexts
 * @csspart overview - the whole timeline, small
 * @csspart plot - the lanes
 * @csspart table - the table
 * @csspart details - the details of the selected span
 * @cssprop --codemode-background - background of the lanes
 * @cssprop --codemode-surface - background of headings and details
 * @cssprop --codemode-border - lines between parts
 * @cssprop --codemode-text - text
 * @cssprop --codemode-muted - quiet text, and what waits
 * @cssprop --codemode-accent - selection, lines from cause to effect, focus
 * @cssprop --codemode-error - errors
 * @cssprop --codemode-font - typeface
 * @cssprop --codemode-mono-font - typeface of values
 * @cssprop --codemode-radius - radius of the corners; default 10px
 * @example
 * ```html
 * <codemode-timeline></codemode-timeline>
 * ```
 */
export class CodemodeTimeline extends LitElement {
  static override styles = [tokens, base, timelineStyles, spanStyles];

  /** `auto` follows the page: its `color-scheme`, or else the brightness of its background. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  /** What it shows. @default every `Codemode` of the page */
  @property({ attribute: false }) codemode: TraceSource | undefined;
  /** Whether a place in the code is a link. @default none is */
  @property({ attribute: false }) isLinked: (position: TimelinePosition) => boolean = () => false;

  /** The name of a session for the reader. @default the session's own */
  @property({ attribute: false }) sessionName: (session: string) => string = String;

  @state() private shown: 'chart' | 'table' = 'chart';
  @state() private selectedId = '';
  @state() private firstRow = 0;
  @state() private hovered:
    { readonly one: PlacedSpan; readonly x: number; readonly y: number; readonly width: number } | undefined;
  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.surface canvas') private canvas!: HTMLCanvasElement;
  @query('.overview canvas') private overviewCanvas!: HTMLCanvasElement;
  private readonly feed = new TraceFeed(this, () => this.codemode);
  private readonly contexts = new SpanContexts();
  private readonly view = new TimeView();
  private layout: Layout = layOut([]);
  private laidOut: unknown;
  private latest = 0;
  private frame = 0;
  private unwatch: (() => void) | undefined;
  private readonly resize = new ResizeObserver(() => this.draw());
  private readonly gestures = new PlotGestures({
    zoom: (factor, at) => this.move(() => this.view.zoom(factor, at)),
    pan: (part) => this.move(() => this.view.pan(part)),
    scroll: (pixels) => this.scroller?.scrollBy(0, pixels),
    select: (x, y) => this.select(this.scene && spanAt(this.scene, x, y)),
    hover: (place) => this.hover(place),
  });

  constructor() {
    super();
    this.addController(new PageSchemeController(() => this.requestUpdate()));
  }

  /** Shows everything. */
  fit(): void {
    this.move(() => this.view.fit());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.unwatch = locales.watch(this);
    this.resize.observe(this);
    for (const type of ['(forced-colors: active)', '(prefers-color-scheme: dark)'])
      matchMedia(type).addEventListener('change', this.draw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unwatch?.();
    this.resize.disconnect();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    for (const type of ['(forced-colors: active)', '(prefers-color-scheme: dark)'])
      matchMedia(type).removeEventListener('change', this.draw);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('codemode') && this.hasUpdated) this.feed.reconnect();
    this.feed.read();
    if (this.laidOut === this.feed.spans) return;
    this.laidOut = this.feed.spans;
    this.layout = layOut(this.feed.spans, this.contexts);
    this.latest = latestBurst(this.layout.all.filter(({ span }) => span.kind === 'execution'));
    this.firstRow = Math.min(
      this.firstRow,
      Math.max(0, Math.floor((this.layout.all.length - 1) / pageSize) * pageSize),
    );
    this.hovered = undefined;
  }

  protected override render(): TemplateResult {
    const { strings, layout, selected } = this;
    const isEmpty = layout.all.length === 0;
    return html`
      ${this.renderBar(isEmpty)}
      ${isEmpty ? html`<div class="empty">${glyph('lanes')}<p>${strings.empty}</p><p class="hint">${strings.emptyHint}</p></div>` : nothing}
      <div class="body" ?hidden=${isEmpty}>
        <div class="main">${isEmpty ? nothing : this.shown === 'chart' ? this.renderChart() : renderTable(layout.all, this.firstRow, selected, strings, { select: (one) => this.select(one), sessionName: this.sessionName, turn: (first) => (this.firstRow = first) })}</div>
        ${selected === undefined ? nothing : renderDetails(selected, layout, strings, this.details)}
      </div>
      <div class="visually-hidden" role="status">${selected === undefined ? '' : summaryOf(selected, strings)}</div>
      <div class="swatches" hidden>${swatchProperties.map((name) => html`<i .style=${`color: var(${name})`}></i>`)}</div>
    `;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (this.scroller !== null) this.resize.observe(this.scroller);
    if (changed.has('selectedId') && this.selected !== undefined) this.revealRow(this.selected);
    this.draw();
  }

  private get strings(): TimelineStrings {
    return locales.textsFor(this, english).timeline;
  }

  private get selected(): PlacedSpan | undefined {
    return this.layout.byId.get(this.selectedId);
  }

  private renderBar(isEmpty: boolean): TemplateResult {
    const { strings } = this;
    const { all } = this.contexts;
    const switchTo = (shown: 'chart' | 'table'): TemplateResult =>
      html`<button class="button" aria-pressed=${this.shown === shown} @click=${() => (this.shown = shown)}>${strings[shown]}</button>`;
    const action = (name: 'zoomIn' | 'zoomOut' | 'fit', run: () => void): TemplateResult =>
      html`<button class="button square" title=${strings[name]} aria-label=${strings[name]} ?disabled=${isEmpty || this.shown !== 'chart'} @click=${run}>${glyph(name)}</button>`;
    const save = (format: TraceFormat, name: string, label: string): TemplateResult =>
      html`<button class="button save" title=${label} aria-label=${label} ?disabled=${isEmpty} @click=${() => void this.save(format)}>${glyph('save')}<span class="name">${name}</span></button>`;
    return html`
      <div class="bar" part="toolbar" role="toolbar" aria-label=${strings.toolbar}>
        <div class="switch" role="group" aria-label=${strings.show}>${switchTo('chart')}${switchTo('table')}</div>
        <ul class="legend" aria-label=${strings.contexts}>
          ${all.slice(0, maxLegend).map((mark) => html`<li title=${mark.text}>${renderMark({ mark }, strings)}</li>`)}
          ${all.length > maxLegend ? html`<li>${strings.moreContexts(all.length - maxLegend)}</li>` : nothing}
        </ul>
        ${action('zoomOut', () => this.move(() => this.view.zoom(zoomStep)))}
        ${action('zoomIn', () => this.move(() => this.view.zoom(1 / zoomStep)))}
        ${action('fit', () => this.fit())}
        <span class="rule"></span>
        ${save('chrome', 'Chrome', strings.saveChrome)} ${save('otlp', 'OTLP', strings.saveOtlp)}
      </div>
    `;
  }

  private renderChart(): TemplateResult {
    const { strings, gestures, hovered } = this;
    return html`
      <div class="overview" part="overview" aria-hidden="true" @pointerdown=${this.onOverview} @pointermove=${this.onOverview}><canvas></canvas></div>
      <div class="plot" part="plot">
        <div
          class="scroller"
          tabindex="0"
          role="application"
          aria-label=${strings.plot}
          aria-describedby="hint"
          @keydown=${this.onKeyDown}
          @scroll=${() => this.draw()}
        >
          <div class="surface">
            <canvas
              @pointerdown=${gestures.down}
              @pointermove=${gestures.move}
              @pointerup=${gestures.up}
              @pointercancel=${gestures.up}
              @pointerleave=${gestures.leave}
              @wheel=${gestures.wheel}
            ></canvas>
          </div>
          <div .style=${`height: ${rulerHeight + this.layout.rows.length * rowHeight}px`}></div>
        </div>
        <div id="hint" class="visually-hidden">${strings.plotHint}</div>
        ${
          hovered === undefined
            ? nothing
            : html`<div class="tip" aria-hidden="true" .style=${hovered.x > hovered.width / 2 ? `right: ${hovered.width - hovered.x + 8}px; top: ${hovered.y + 16}px` : `left: ${hovered.x + 12}px; top: ${hovered.y + 16}px`}>
              <b>${nameOf(hovered.one, strings)}</b> <span class="took">${durationText(durationOf(hovered.one))}</span><br />
              ${renderMark(hovered.one, strings)}
            </div>`
        }
      </div>
    `;
  }

  private readonly details: DetailsActions = {
    select: (one) => {
      this.select(one);
      this.reveal(one);
    },
    close: () => this.select(undefined),
    goTo: (detail) =>
      this.dispatchEvent(
        new CustomEvent<TimelinePosition>('position-select', { detail, bubbles: true, composed: true }),
      ),
    isLinked: (position) => this.isLinked(position),
    sessionName: (session) => this.sessionName(session),
  };

  private get scene(): PlotScene | undefined {
    const { scroller, layout, view, selected, strings } = this;
    if (scroller === null) return undefined;
    return {
      layout,
      view,
      theme: readTheme(this.renderRoot.querySelectorAll('.swatches i'), getComputedStyle(this).fontFamily),
      width: scroller.clientWidth,
      height: scroller.clientHeight,
      scrollTop: scroller.scrollTop,
      now: layout.isRunning ? epoch() - layout.begin : layout.duration,
      selected,
      hovered: this.hovered?.one,
      links: selected === undefined ? [] : linksOf(selected, layout),
      laneText: (session, executions) => strings.lane(this.sessionName(session), executions),
    };
  }

  /** Bound. While something runs, each frame draws the next. */
  private readonly draw = (): void => {
    const { layout, view } = this;
    const { isRunning } = layout;
    view.update(isRunning ? epoch() - layout.begin : layout.duration, this.latest);
    const { scene } = this;
    if (scene !== undefined && scene.width > 0) {
      const surface = sizedCanvas(this.canvas, scene.width, scene.height);
      if (surface !== undefined) drawPlot(surface, scene);
      const overview = sizedCanvas(this.overviewCanvas, scene.width, overviewHeight);
      if (overview !== undefined) drawOverview(overview, { ...scene, height: overviewHeight });
    }
    if (!isRunning || this.frame !== 0 || !this.isConnected) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  };

  private move(change: () => void): void {
    change();
    this.hovered = undefined;
    this.draw();
  }

  private select(one: PlacedSpan | undefined): void {
    this.selectedId = one?.span.spanId ?? '';
  }

  private hover(place: { readonly x: number; readonly y: number } | undefined): void {
    const { scene } = this;
    const one = place && scene && spanAt(scene, place.x, place.y);
    if (one === undefined && this.hovered === undefined) return;
    this.hovered = one && { one, ...place!, width: scene!.width };
  }

  /** Moves the view or the page of the table so that a span is shown. */
  private reveal(one: PlacedSpan): void {
    this.view.reveal(one);
    const index = this.layout.all.indexOf(one);
    this.firstRow = Math.floor(index / pageSize) * pageSize;
  }

  /** The details may have covered it. */
  private revealRow(one: PlacedSpan): void {
    const { scroller } = this;
    if (scroller === null) return;
    const top = one.row * rowHeight;
    // Below the ruler and the heading of the lane.
    if (top < scroller.scrollTop + rowHeight) scroller.scrollTop = top - rowHeight;
    const bottom = top + 2 * rowHeight + rulerHeight;
    if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
  }

  private step(by: 1 | -1): void {
    const { all } = this.layout;
    const { selected, view } = this;
    const index = selected === undefined ? all.findIndex(({ end }) => end >= view.start) : all.indexOf(selected) + by;
    const next = all[Math.max(0, Math.min(all.length - 1, index))];
    if (next !== undefined) this.details.select(next);
  }

  private async save(format: TraceFormat): Promise<void> {
    const { saveTrace } = await import('./save-trace.js');
    saveTrace(
      this.layout.all.map(({ span }) => span),
      format,
    );
  }

  private onOverview(event: PointerEvent): void {
    if (event.buttons !== 1) return;
    const target = event.currentTarget as Element;
    target.setPointerCapture(event.pointerId);
    const { left, width } = target.getBoundingClientRect();
    const middle = ((event.clientX - left) / width) * this.view.duration;
    const half = this.view.length / 2;
    this.move(() => this.view.show({ start: middle - half, end: middle + half }));
  }

  private onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { view } = this;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.move(() => view.pan(-0.15)),
      ArrowRight: () => this.move(() => view.pan(0.15)),
      ArrowUp: () => this.step(-1),
      ArrowDown: () => this.step(1),
      '+': () => this.move(() => view.zoom(1 / zoomStep)),
      '=': () => this.move(() => view.zoom(1 / zoomStep)),
      '-': () => this.move(() => view.zoom(zoomStep)),
      '0': () => this.fit(),
      Home: () => this.move(() => view.toBegin()),
      End: () => this.move(() => view.toEnd()),
      Escape: () => this.select(undefined),
    };
    const action = keys[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  }
}
