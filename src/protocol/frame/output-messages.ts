import { isRecord } from '../checks/checks.js';

/** Pixels of an output frame; a higher document scrolls inside. */
export const maxOutputHeight = 2_000;

/** What the page tells the frame of an output. */
export type OutputCommand =
  | { readonly type: 'ping'; readonly count: number }
  /**
   * Shows what comes through the port that is sent with it.
   *
   * @param script the only one of the page; that of components by default
   */
  | { readonly type: 'component'; readonly scheme: 'light' | 'dark'; readonly script?: string }
  | {
      readonly type: 'show';
      readonly html: string;
      /** Whether scripts and handlers of the document run. */
      readonly scripts: boolean;
      readonly scheme: 'light' | 'dark';
    };

/** What the frame tells the page. Its document says how high it is, and may lie. */
export type OutputReport =
  { readonly type: 'pong'; readonly count: number } | { readonly type: 'height'; readonly height: number };

/** Reads what came from the frame; `undefined` for anything else. */
export function readOutputReport(data: unknown): OutputReport | undefined {
  if (!isRecord(data)) return undefined;
  const { type, count, height } = data;
  if (type === 'pong' && typeof count === 'number') return { type, count };
  const isHeight = type === 'height' && typeof height === 'number' && height >= 0;
  return isHeight ? { type, height: Math.min(height, maxOutputHeight) } : undefined;
}
