import type { Layout } from '../layout.js';
import type { PlotSurface } from './plot-surface.js';
import type { Theme } from './theme.js';
import type { TimeView } from './time-view.js';

/** What the overview shows: everything, small, and which part of it is in view. Sizes are pixels. */
export interface OverviewScene {
  readonly layout: Layout;
  readonly view: TimeView;
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
  readonly now: number;
}

/** Draws how many executions and tool calls there are at each time. */
export function drawOverview(surface: PlotSurface, { layout, view, theme, width, height, now }: OverviewScene): void {
  surface.clearRect(0, 0, width, height);
  surface.fillStyle = theme.surface;
  surface.fillRect(0, 0, width, height);
  const columns = Math.max(1, Math.floor(width / 2));
  const scale = columns / Math.max(view.duration, 1e-6);
  const executions = countsOf('execution', layout, columns, scale, now);
  const calls = countsOf('tool', layout, columns, scale, now);
  const most = Math.max(1, ...executions, ...calls);
  for (const [counts, alpha] of [
    [executions, 0.25],
    [calls, 0.6],
  ] as const) {
    surface.fillStyle = theme.muted;
    surface.globalAlpha = alpha;
    for (const [column, count] of counts.entries()) {
      if (count === 0) continue;
      const size = Math.max(2, Math.sqrt(count / most) * (height - 6));
      surface.fillRect((column * width) / columns, height - size, width / columns, size);
    }
  }
  surface.globalAlpha = 1;
  const left = (Math.max(0, view.start) / Math.max(view.duration, 1e-6)) * width;
  const right = Math.max(left + 2, (Math.min(view.duration, view.end) / Math.max(view.duration, 1e-6)) * width);
  surface.fillStyle = theme.background;
  surface.globalAlpha = 0.65;
  surface.fillRect(0, 0, left, height);
  surface.fillRect(right, 0, width - right, height);
  surface.globalAlpha = 1;
  surface.fillStyle = theme.accent;
  for (const x of [left, right - 1.5]) surface.fillRect(x, 0, 1.5, height);
}

/** By differences at begins and ends, then summed: one pass over the spans. */
function countsOf(kind: 'execution' | 'tool', { all }: Layout, columns: number, scale: number, now: number): number[] {
  const counts = Array.from({ length: columns + 1 }, () => 0);
  for (const { span, start, end } of all) {
    if (span.kind !== kind) continue;
    const first = Math.min(columns - 1, Math.floor(start * scale));
    const last = Math.min(columns - 1, Math.floor(Math.min(end, now) * scale));
    counts[first]! += 1;
    counts[Math.max(first, last) + 1]! -= 1;
  }
  let running = 0;
  return counts.slice(0, columns).map((change) => (running += change));
}
