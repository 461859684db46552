import { isRecord } from '../checks/checks.js';

/** What the page tells the frame of a plot, through the port that it gave it. */
export type PlotCommand =
  | { readonly type: 'plot'; readonly spec: unknown; readonly scheme: 'light' | 'dark' }
  | { readonly type: 'save'; readonly format: 'svg' | 'png' };

/** What the frame of a plot tells the page. */
export type PlotReport =
  | { readonly type: 'broken'; readonly reason: string }
  /** Text of an SVG, or the `data:` address of a PNG. */
  | { readonly type: 'saved'; readonly format: 'svg' | 'png'; readonly text: string };

const maxReasonCharacters = 2_000;
const maxSavedCharacters = 64 * 1024 * 1024;

/** Reads what came from the frame; `undefined` for anything else. */
export function readPlotReport(data: unknown): PlotReport | undefined {
  if (!isRecord(data)) return undefined;
  const { type, reason, format, text } = data;
  if (type === 'broken') return { type, reason: String(reason).slice(0, maxReasonCharacters) };
  if (type !== 'saved' || typeof text !== 'string' || text.length > maxSavedCharacters) return undefined;
  return format === 'svg' || format === 'png' ? { type, format, text } : undefined;
}
