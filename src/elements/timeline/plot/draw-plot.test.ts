import { describe, expect, it } from 'vitest';
import type { Span } from '../../../sdk/traces/span.js';
import { layOut } from '../layout.js';
import { execution, part } from '../testing/spans.js';
import { drawPlot, rowHeight, rulerHeight, spanAt, type PlotScene } from './draw-plot.js';
import { drawOverview } from './draw-overview.js';
import { linksOf } from './links.js';
import type { PlotSurface } from './plot-surface.js';
import { TimeView } from './time-view.js';

/** A surface that counts what is drawn, and keeps the texts. */
function countingSurface(): { surface: PlotSurface; calls: () => number; texts: string[] } {
  let calls = 0;
  const texts: string[] = [];
  const counted = new Map<PropertyKey, unknown>();
  const surface = new Proxy({} as PlotSurface, {
    get: (_target, key) => {
      if (key === 'measureText') return (text: string) => ({ width: text.length * 6 });
      const call = (text: unknown): void => {
        calls += 1;
        if (key === 'fillText') texts.push(String(text));
      };
      return counted.get(key) ?? call;
    },
    set: (_target, key, value) => Boolean(counted.set(key, value)),
  });
  return { surface, calls: () => calls, texts };
}

const colours = { soft: 's', strong: 't', onStrong: 'o' };
const theme = {
  background: 'a',
  surface: 'b',
  border: 'c',
  text: 'd',
  muted: 'e',
  accent: 'f',
  error: 'g',
  font: 'x',
  contexts: Array.from({ length: 8 }, () => colours),
  plain: colours,
  isForced: false,
};

function sceneOf(spans: readonly Span[], more: Partial<PlotScene> = {}): PlotScene {
  const layout = layOut([spans]);
  const view = new TimeView();
  view.update(layout.duration, 0);
  view.fit();
  const now = layout.duration;
  const laneText = (session: string): string => `lane ${session}`;
  const size = { width: 800, height: 400, scrollTop: 0 };
  return { layout, view, theme, ...size, now, selected: undefined, hovered: undefined, links: [], laneText, ...more };
}

/** Executions with three parts each, of which 50 overlap. */
function manySpans(count: number): Span[] {
  return Array.from({ length: count / 4 }, (_, index) => {
    const one = execution(`cell-${index}.ts`, index * 2, index * 2 + 100, { client_id: String(index % 5) });
    return [
      one,
      part(one, 'run', index * 2 + 1, index * 2 + 99),
      part(one, 'tool', index * 2 + 3, index * 2 + 40, { name: 'tools.weather' }),
      part(one, 'wait', index * 2 + 3, index * 2 + 41),
    ];
  }).flat();
}

describe('drawPlot', () => {
  it('G2: draws no more for ten thousand spans than for the pixels in view', () => {
    const scene = sceneOf(manySpans(10_000));
    const { surface, calls } = countingSurface();
    drawPlot(surface, scene);
    const rows = Math.ceil(400 / rowHeight);
    expect(calls()).toBeLessThan(rows * 800 * 2);
    // A hundred times as many in the same time are no more to draw.
    const dense = sceneOf(Array.from({ length: 40_000 }, (_, index) => execution('a', index * 2, index * 2 + 1)));
    const second = countingSurface();
    drawPlot(second.surface, dense);
    expect(second.calls()).toBeLessThan(800 * 3);
  });

  it('G2: draws only what is in view', () => {
    const scene = sceneOf(manySpans(10_000));
    scene.view.show({ start: 1_000, end: 1_010 });
    const { surface, calls, texts } = countingSurface();
    drawPlot(surface, scene);
    expect(calls()).toBeLessThan(1_500);
    expect(texts).toContain('lane tab');
    expect(texts.some((text) => text.startsWith('cell-'))).toBe(true);
    expect(texts).not.toContain('cell-0.ts');
  });

  it('G2: tells contexts and failures by text too', () => {
    const failed = { ...execution('bad.ts', 0, 100, { client_id: 'a' }), status: { code: 'error' as const } };
    const { surface, texts } = countingSurface();
    drawPlot(surface, sceneOf([failed]));
    expect(texts).toEqual(expect.arrayContaining(['A', '✕ bad.ts']));
  });

  it('draws lines for the selected span', () => {
    const one = execution('a', 0, 100);
    const call = part(one, 'tool', 20, 60);
    const plain = countingSurface();
    drawPlot(plain.surface, sceneOf([one, call]));
    const layout = layOut([[one, call]]);
    const selected = layout.byId.get(call.spanId)!;
    const drawn = countingSurface();
    drawPlot(drawn.surface, sceneOf([one, call], { layout, selected, links: linksOf(selected, layout) }));
    expect(drawn.calls()).toBeGreaterThan(plain.calls());
  });
});

describe('spanAt', () => {
  const first = execution('a', 0, 100);
  const call = part(first, 'tool', 20, 20.001);
  const scene = sceneOf([first, call]);
  const xOf = (time: number): number => ((time - scene.view.start) / scene.view.length) * 800;
  const yOf = (row: number): number => rulerHeight + row * rowHeight + 5;

  it('finds the span at a place, also one that is a pixel wide', () => {
    expect(spanAt(scene, xOf(50), yOf(1))?.span).toBe(first);
    expect(spanAt(scene, xOf(20) + 2, yOf(2))?.span).toBe(call);
    expect([
      spanAt(scene, xOf(60), yOf(2)),
      spanAt(scene, 5, 3),
      spanAt(scene, 5, yOf(0)),
      spanAt(scene, 5, 9_999),
    ]).toEqual([undefined, undefined, undefined, undefined]);
  });
});

it('the overview draws no more than its columns', () => {
  const { surface, calls } = countingSurface();
  drawOverview(surface, { ...sceneOf(manySpans(10_000)), height: 32 });
  expect(calls()).toBeLessThan(2 * 400 + 20);
});
