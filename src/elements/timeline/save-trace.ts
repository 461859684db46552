import type { Span } from '../../sdk/traces/span.js';
import { Trace } from '../../sdk/traces/trace.js';
import { download } from '../output/save.js';

export type TraceFormat = 'chrome' | 'otlp';

/** Offers spans as a file: `trace.json` for Perfetto and DevTools, `trace.otlp.json` for collectors. */
export function saveTrace(spans: readonly Span[], format: TraceFormat): void {
  const trace = new Trace(() => spans);
  const contents = JSON.stringify(format === 'chrome' ? trace.toChromeTrace() : trace.toOTLP());
  download({ name: format === 'chrome' ? 'trace.json' : 'trace.otlp.json', type: 'application/json', contents });
}
