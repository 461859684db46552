import { chromeTrace, type ChromeTrace } from './chrome-trace.js';
import { otlpTrace, type OtlpTrace } from './otlp-trace.js';
import { callValuesOf, type ToolCallValues } from './call-values.js';
import type { Span } from './span.js';

/**
 * Spans of executions that have ended, for reading and for export. A tool call that ends after its execution is added then.
 *
 * @example
 * const { trace } = await session.execute('await tools.weather({ city: "Oslo" })');
 * for (const { name, start, end } of trace.spans) console.log(name, end - start);
 * download('trace.json', JSON.stringify(codemode.trace().toChromeTrace()));  // opens in Perfetto and in DevTools
 */
export class Trace {
  readonly #read: () => readonly Span[];

  /** @param read gives the spans, by start */
  constructor(read: () => readonly Span[]) {
    this.#read = read;
  }

  /** By start, so each after its parent. */
  get spans(): readonly Span[] {
    return this.#read();
  }

  /**
   * What the tool call of a span was given and what it gave, for showing it in the page. They are in no export, and not in the span.
   * What is named like a secret, such as `password` or `apiKey`, is left out.
   */
  valuesOf(span: Span): ToolCallValues | undefined {
    return callValuesOf(span);
  }

  /**
   * As JSON of Chrome's Trace Event Format: a process for each session, a row of threads for each execution. Perfetto, the
   * Performance panel of DevTools and `chrome://tracing` open it.
   */
  toChromeTrace(): ChromeTrace {
    return chromeTrace(this.spans);
  }

  /** As JSON of an OTLP request, which collectors take at `/v1/traces`. @param service the `service.name` @default 'codemode-playground' */
  toOTLP(service = 'codemode-playground'): OtlpTrace {
    return otlpTrace(this.spans, service);
  }
}
