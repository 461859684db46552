import type { Layout, PlacedSpan } from '../layout.js';
import { patterns, type ContextMark } from '../span-contexts.js';
import { drawPattern } from './draw-pattern.js';
import type { CauseLink } from './links.js';
import type { PlotSurface } from './plot-surface.js';
import { ticksOf } from './ruler.js';
import type { Theme } from './theme.js';
import type { TimeView } from './time-view.js';

/** Height of a row in pixels. */
export const rowHeight = 22;
/** Height of the ruler in pixels. */
export const rulerHeight = 24;
/** Space between rows. */
const gap = 2;
/** Width in pixels of the narrowest surface with a label. */
const minLabelWidth = 26;

/** What the plot shows. Sizes are pixels. */
export interface PlotScene {
  readonly layout: Layout;
  readonly view: TimeView;
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
  /** Milliseconds since the begin of the timeline. */
  readonly now: number;
  readonly selected: PlacedSpan | undefined;
  readonly hovered: PlacedSpan | undefined;
  readonly links: readonly CauseLink[];
  readonly laneText: (session: string, executions: number) => string;
}

/** A span's surface on the canvas. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws what is in view: per row at most one surface for each pixel, however many spans there are. */
export function drawPlot(surface: PlotSurface, scene: PlotScene): void {
  const { theme, width, height } = scene;
  surface.clearRect(0, 0, width, height);
  surface.font = `11px ${theme.font}`;
  surface.textBaseline = 'middle';
  drawGrid(surface, scene);
  surface.save();
  surface.beginPath();
  surface.rect(0, rulerHeight, width, height - rulerHeight);
  surface.clip();
  const { first, end } = rowsInView(scene);
  for (let row = first; row < end; row += 1) drawRow(surface, scene, row);
  for (const lane of scene.layout.lanes) drawLane(surface, scene, lane);
  for (const link of scene.links) drawLink(surface, scene, link);
  for (const one of [scene.hovered, scene.selected]) if (one !== undefined) drawFrame(surface, scene, one);
  if (scene.layout.isRunning) drawNow(surface, scene);
  surface.restore();
}

/** The span at a place of the canvas: the nearest within three pixels. */
export function spanAt(scene: PlotScene, x: number, y: number): PlacedSpan | undefined {
  const row = scene.layout.rows[Math.floor((y - rulerHeight + scene.scrollTop) / rowHeight)];
  if (row === undefined || y < rulerHeight) return undefined;
  let nearest: PlacedSpan | undefined;
  let least = 3;
  for (let index = firstEndingAfter(row, timeOf(scene, x - 3)); index < row.length; index += 1) {
    const box = boxOf(scene, row[index]!);
    if (box.x > x + 3) break;
    const distance = Math.max(box.x - x, x - box.x - box.width, 0);
    if (distance > least || (distance === least && nearest !== undefined)) continue;
    nearest = row[index];
    least = distance;
  }
  return nearest;
}

const xOf = ({ view, width }: PlotScene, time: number): number => ((time - view.start) / view.length) * width;
const timeOf = ({ view, width }: PlotScene, x: number): number => view.timeAt(x / width);
const yOf = ({ scrollTop }: PlotScene, row: number): number => rulerHeight + row * rowHeight - scrollTop;

/** Cut off at the edges: browsers draw very large surfaces badly. */
function boxOf(scene: PlotScene, one: PlacedSpan): Box {
  const left = Math.max(-8, xOf(scene, one.start));
  const right = Math.min(scene.width + 8, xOf(scene, Math.min(one.end, scene.now)));
  return { x: left, y: yOf(scene, one.row), width: Math.max(1, right - left), height: rowHeight - gap };
}

function rowsInView({ layout, height, scrollTop }: PlotScene): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight));
  return { first, end: Math.min(layout.rows.length, Math.ceil((scrollTop + height - rulerHeight) / rowHeight)) };
}

/** By halving: spans of a row do not overlap, so their ends are in order too. */
function firstEndingAfter(row: readonly PlacedSpan[], time: number): number {
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row[middle]!.end < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function drawRow(surface: PlotSurface, scene: PlotScene, at: number): void {
  const row = scene.layout.rows[at]!;
  let drawnTo = -Infinity;
  for (let index = firstEndingAfter(row, scene.view.start); index < row.length; index += 1) {
    const one = row[index]!;
    if (one.start > scene.view.end) break;
    const box = boxOf(scene, one);
    const right = Math.ceil(box.x + box.width);
    if (right <= drawnTo) continue;
    drawnTo = right;
    drawSpan(surface, scene, one, box);
  }
}

function drawSpan(surface: PlotSurface, scene: PlotScene, one: PlacedSpan, box: Box): void {
  const { theme } = scene;
  const { kind, status } = one.span;
  const colours = theme.contexts[one.mark.hue] ?? theme.plain;
  const isFailed = status.code === 'error' && (kind === 'execution' || kind === 'tool');
  if (kind === 'wait' || kind === 'queue' || kind === 'approval') {
    drawWhisker(surface, scene, one, box);
    return;
  }
  const isCall = kind === 'tool';
  surface.fillStyle = isCall ? colours.strong : colours.soft;
  surface.globalAlpha = isCall || kind === 'execution' ? 1 : 0.55;
  surface.fillRect(box.x, box.y, box.width, box.height);
  surface.globalAlpha = 1;
  if (box.width < 4) {
    if (isFailed) drawFailure(surface, theme, box);
    return;
  }
  const ink = isCall ? colours.onStrong : theme.text;
  const pattern = theme.isForced ? patternOf(one.mark) : one.mark.pattern;
  if (kind === 'execution' && pattern > 0) drawPattern(surface, box, pattern, ink);
  if (theme.isForced) {
    surface.strokeStyle = theme.text;
    surface.lineWidth = 1;
    surface.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
  }
  if (kind === 'execution') {
    surface.fillStyle = colours.strong;
    surface.fillRect(box.x, box.y, 3, box.height);
  }
  if (status.code === 'unset' && !one.span.isRunning) drawDashes(surface, box, ink);
  if (isFailed) drawFailure(surface, theme, box);
  drawLabel(surface, scene, one, box, ink);
}

/** In forced colours contexts have no colours, so the patterns count those. */
const patternOf = ({ hue, pattern }: ContextMark): number => (hue < 0 ? 0 : (hue + pattern) % patterns);

/** What waits: a line with ends. */
function drawWhisker(surface: PlotSurface, scene: PlotScene, one: PlacedSpan, box: Box): void {
  const { theme } = scene;
  const middle = Math.round(box.y + box.height / 2) + 0.5;
  const text = box.width < minLabelWidth ? '' : fitted(surface, one.span.name, box.width - 22);
  const textWidth = text === '' ? 0 : surface.measureText(text).width + 8;
  const textAt = Math.max(box.x, 0) + 8;
  surface.strokeStyle = theme.muted;
  surface.lineWidth = 1;
  surface.beginPath();
  if (box.width >= 4) {
    for (const x of [box.x + 0.5, box.x + box.width - 0.5]) {
      surface.moveTo(x, middle - 4);
      surface.lineTo(x, middle + 4);
    }
  }
  surface.moveTo(box.x, middle);
  surface.lineTo(text === '' ? box.x + box.width : textAt - 3, middle);
  if (text !== '') {
    surface.moveTo(textAt + textWidth - 5, middle);
    surface.lineTo(box.x + box.width, middle);
  }
  surface.stroke();
  if (text === '') return;
  surface.fillStyle = theme.muted;
  surface.fillText(text, textAt, middle);
}

function drawLabel(surface: PlotSurface, scene: PlotScene, one: PlacedSpan, box: Box, ink: string): void {
  if (box.width < 14) return;
  const { letter } = one.mark;
  const { name, kind, status } = one.span;
  const isNamed = kind === 'execution' || kind === 'tool';
  const sign = status.code === 'error' && isNamed ? '✕ ' : '';
  let x = Math.max(box.x, 0) + (kind === 'execution' ? 8 : 6);
  const right = box.x + box.width - 4;
  const middle = box.y + box.height / 2 + 0.5;
  surface.fillStyle = ink;
  if (isNamed && letter !== '') {
    surface.font = `700 10px ${scene.theme.font}`;
    const width = surface.measureText(letter).width;
    if (x + width <= right) surface.fillText(letter, x, middle);
    surface.font = `11px ${scene.theme.font}`;
    x += width + 6;
  }
  if (box.width < minLabelWidth) return;
  const text = fitted(surface, `${sign}${isNamed ? name : kind}`, right - x);
  if (text !== '') surface.fillText(text, x, middle);
}

const widths = new Map<string, number>();

/** The beginning of a text that fits. */
function fitted(surface: PlotSurface, text: string, room: number): string {
  if (widths.size > 5_000) widths.clear();
  const width = widths.get(text) ?? surface.measureText(text).width;
  widths.set(text, width);
  if (width <= room) return text;
  const characters = Math.floor((room / width) * text.length) - 1;
  return characters < 2 ? '' : `${text.slice(0, characters)}…`;
}

function drawFailure(surface: PlotSurface, theme: Theme, { x, y, width, height }: Box): void {
  surface.fillStyle = theme.error;
  surface.fillRect(x, y + height - 3, width, 3);
}

function drawDashes(surface: PlotSurface, { x, y, width, height }: Box, ink: string): void {
  surface.strokeStyle = ink;
  surface.lineWidth = 1;
  surface.setLineDash([4, 3]);
  surface.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  surface.setLineDash([]);
}

function drawFrame(surface: PlotSurface, scene: PlotScene, one: PlacedSpan): void {
  const { x, y, width, height } = boxOf(scene, one);
  surface.strokeStyle = one === scene.selected ? scene.theme.accent : scene.theme.text;
  surface.lineWidth = one === scene.selected ? 2 : 1;
  surface.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
}

/** A line from cause to effect, with an arrow at the effect. */
function drawLink(surface: PlotSurface, scene: PlotScene, { from, fromTime, to, toTime }: CauseLink): void {
  const middle = (rowHeight - gap) / 2;
  const x0 = xOf(scene, fromTime);
  const y0 = yOf(scene, from.row) + (from.row < to.row ? rowHeight - gap : from.row > to.row ? 0 : middle);
  const x1 = xOf(scene, toTime);
  const y1 = yOf(scene, to.row) + middle;
  const bend = x1 - x0 > 24 ? 12 : -12;
  surface.strokeStyle = scene.theme.accent;
  surface.fillStyle = scene.theme.accent;
  surface.lineWidth = 1.5;
  surface.beginPath();
  surface.moveTo(x0, y0);
  surface.bezierCurveTo(x0 + (bend < 0 ? bend : 0), (y0 + y1) / 2, x1 - Math.abs(bend), y1, x1 - 3, y1);
  surface.stroke();
  surface.beginPath();
  surface.moveTo(x1 + 1, y1);
  surface.lineTo(x1 - 5, y1 - 3.5);
  surface.lineTo(x1 - 5, y1 + 3.5);
  surface.fill();
}

function drawLane(
  surface: PlotSurface,
  scene: PlotScene,
  { row, rows, session, executions }: Layout['lanes'][number],
): void {
  const { theme, width, laneText } = scene;
  // Its heading stays in view as long as its rows are.
  const last = yOf(scene, row + rows - 1);
  const y = Math.min(Math.max(yOf(scene, row), rulerHeight), last);
  if (y + rowHeight < rulerHeight || y > scene.height) return;
  surface.fillStyle = theme.surface;
  surface.fillRect(0, y, width, rowHeight);
  surface.fillStyle = theme.border;
  surface.fillRect(0, y + rowHeight - 1, width, 1);
  surface.fillStyle = theme.text;
  surface.font = `600 11px ${theme.font}`;
  surface.fillText(laneText(session, executions), 8, y + rowHeight / 2);
  surface.font = `11px ${theme.font}`;
}

function drawGrid(surface: PlotSurface, scene: PlotScene): void {
  const { theme, view, width, height } = scene;
  surface.fillStyle = theme.background;
  surface.fillRect(0, 0, width, height);
  for (const { time, label } of ticksOf(view, width / 96)) {
    const x = Math.round(xOf(scene, time));
    surface.fillStyle = theme.border;
    surface.globalAlpha = 0.45;
    surface.fillRect(x, 0, 1, height);
    surface.globalAlpha = 1;
    surface.fillStyle = theme.muted;
    if (x + 5 + surface.measureText(label).width < width) surface.fillText(label, x + 5, rulerHeight / 2);
  }
  surface.fillStyle = theme.border;
  surface.fillRect(0, rulerHeight - 1, width, 1);
}

function drawNow(surface: PlotSurface, scene: PlotScene): void {
  surface.fillStyle = scene.theme.accent;
  surface.fillRect(Math.round(xOf(scene, scene.now)), rulerHeight, 1.5, scene.height);
}
