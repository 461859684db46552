import { type OutputCommand, readOutputReport } from '../../protocol/frame/output-messages.js';
import { Heartbeat } from '../../protocol/frame/heartbeat.js';
import { emptyProcess, occupyProcess } from '../../protocol/frame/shared-process.js';
import { guardFocus } from './focus-guard.js';
import { outputPageUrl } from '../../sdk/workers/runner-location.js';

export interface OutputFrameOptions {
  /** A document, whose scripts may run; or the port of a component. */
  readonly contents:
    | { readonly html: string; readonly scripts: boolean }
    | { readonly component: MessagePort; readonly script?: string };
  readonly scheme: 'light' | 'dark';
  /** Accessible name. */
  readonly title: string;
  onHeight(pixels: number): void;
  /** Its scripts no longer answered, so that it was removed. */
  onSilent(): void;
  /** A script in it took the focus from a field of the page. */
  onFocusTaken(): void;
  /** There is no `output.html` where it should be. */
  onMissing(): void;
}

/** Milliseconds of silence after which scripts count as spinning: less than a worker's frame gets. */
const patience = 3_000;
/** Milliseconds after which a page that has loaded is none of ours. */
const firstAnswer = 5_000;

/** The frame of one output, which is in the document until it is disposed. */
export class OutputFrame {
  readonly element = document.createElement('iframe');
  readonly #channel = new MessageChannel();
  readonly #heartbeat: Heartbeat;
  readonly #vacate: () => void;
  readonly #endGuard: () => void;
  #hasAnswered = false;
  #missing: ReturnType<typeof setTimeout> | undefined;

  constructor(options: OutputFrameOptions) {
    const { element } = this;
    const { contents, scheme, title, onHeight } = options;
    // What may spin: scripts of a document, and a tree that takes long to lay out.
    const isWatched = 'component' in contents || contents.scripts;
    const { port1: port, port2 } = this.#channel;
    const send = (command: OutputCommand, ports: MessagePort[] = []): void => port.postMessage(command, ports);
    element.setAttribute('sandbox', 'allow-scripts');
    element.setAttribute('referrerpolicy', 'no-referrer');
    element.setAttribute('allow', '');
    element.title = title;
    element.src = outputPageUrl().href;
    this.#heartbeat = new Heartbeat({
      timeout: patience,
      ping: (count) => send({ type: 'ping', count }),
      onSilent: () => emptyProcess(),
    });
    this.#vacate = occupyProcess(() => {
      this.dispose();
      element.remove();
      return () => options.onSilent();
    });
    this.#endGuard = guardFocus(element, options.onFocusTaken);
    port.onmessage = ({ data }: MessageEvent) => {
      const report = readOutputReport(data);
      clearTimeout(this.#missing);
      // It has answered once, so that silence means something.
      if (report !== undefined && isWatched && !this.#hasAnswered) this.#heartbeat.watch();
      this.#hasAnswered ||= report !== undefined;
      if (report?.type === 'pong') this.#heartbeat.answer(report.count);
      if (report?.type === 'height') onHeight(report.height);
    };
    element.addEventListener(
      'load',
      () => {
        element.contentWindow?.postMessage('output', '*', [port2]);
        send({ type: 'ping', count: 0 });
        if ('component' in contents) {
          const { component, ...script } = contents;
          send({ type: 'component', scheme, ...script }, [component]);
        } else send({ type: 'show', ...contents, scheme });
        this.#missing = setTimeout(() => options.onMissing(), firstAnswer);
      },
      { once: true },
    );
  }

  dispose(): void {
    clearTimeout(this.#missing);
    this.#endGuard();
    this.#heartbeat.end();
    this.#vacate();
    this.#channel.port1.close();
  }
}
