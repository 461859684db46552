import { outputPageUrl } from '../../sdk/workers/runner-location.js';
import { type PlotCommand, readPlotReport } from '../../protocol/frame/plot-messages.js';

/** The script of plots, once for all of them. */
let script: Promise<string> | undefined;

/** Loads Vega from its file beside `output.html`. @throws Error with a message for readers */
export function loadPlotScript(): Promise<string> {
  script ??= fetchScript(new URL('output-vega.js', outputPageUrl()));
  // The next try may work: the reader may be offline.
  script.catch(() => (script = undefined));
  return script;
}

async function fetchScript(url: URL): Promise<string> {
  const response = await fetch(url).catch(() => undefined);
  if (response?.ok === true && /javascript/.test(response.headers.get('content-type') ?? '')) return response.text();
  throw new Error(`Plots need ${url.href}, which could not be loaded. Serve it beside output.html.`);
}

export interface PlotViewOptions {
  readonly spec: unknown;
  readonly scheme: 'light' | 'dark';
  /** The specification can't be drawn. */
  onBroken(reason: string): void;
}

/** What the page says to the frame of a plot. */
export class PlotView {
  /** For the frame. */
  readonly port: MessagePort;
  readonly #own: MessagePort;
  readonly #saves = new Map<string, (text: string) => void>();

  constructor({ spec, scheme, onBroken }: PlotViewOptions) {
    const { port1, port2 } = new MessageChannel();
    this.port = port2;
    this.#own = port1;
    port1.onmessage = ({ data }: MessageEvent) => {
      const report = readPlotReport(data);
      if (report?.type === 'broken') onBroken(report.reason);
      if (report?.type === 'saved') this.#saves.get(report.format)?.(report.text);
    };
    this.#send({ type: 'plot', spec, scheme });
  }

  /** The plot as text of an SVG, or as `data:` address of a PNG. */
  save(format: 'svg' | 'png'): Promise<string> {
    return new Promise((resolve) => {
      this.#saves.set(format, resolve);
      this.#send({ type: 'save', format });
    });
  }

  dispose(): void {
    this.#own.close();
  }

  #send(command: PlotCommand): void {
    this.#own.postMessage(command);
  }
}
