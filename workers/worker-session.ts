import type { Frame } from '../src/protocol/envelope.js';
import { Gate } from '../src/protocol/gate.js';
import type { ControlMessage, FrameReport, SessionPorts } from '../src/protocol/handshake.js';

/** Ahead of the worker's script, on its first line. */
const announceLoaded = 'postMessage(0);';

/** A worker, and the way between it and the page. */
interface Relay {
  /** Closes the way first, for a worker that is told to end may go on for seconds. */
  end(): void;
}

/**
 * Runs the one session of a frame: a worker whose messages reach the page through the gate, and the page's commands. A
 * worker that breaks the rules is ended and reported.
 */
export function startSession({ control, session }: SessionPorts, workerSource: string): void {
  let relay: Relay | undefined;
  const end = (): void => {
    session.close();
    relay?.end();
    relay = undefined;
  };
  const kill = (reason: 'traffic' | 'worker', detail: string): void => {
    end();
    control.postMessage({ type: 'killed', reason, detail } satisfies FrameReport);
  };
  control.onmessage = ({ data }: MessageEvent<ControlMessage>) => {
    if (data.type === 'ping') {
      control.postMessage({ type: 'pong', count: data.count } satisfies FrameReport);
    } else {
      end();
      control.close();
    }
  };
  const source = announceLoaded + workerSource;
  startWorker(dataUrl(source), () => startWorker(blobUrl(source), undefined));

  /** Some browsers or policies refuse a `data:` worker: then `retry` has another address. */
  function startWorker(url: WorkerUrl, retry: (() => void) | undefined): void {
    const fail = (detail: string): void => {
      url.release();
      if (retry === undefined) {
        kill('worker', detail);
        return;
      }
      relay?.end();
      retry();
    };
    try {
      relay = openRelay(url.href, {
        session,
        onLoaded: url.release,
        onRefused: fail,
        onFailed: (detail) => kill('worker', detail),
        onTraffic: (detail) => kill('traffic', detail),
      });
    } catch (error) {
      fail(String(error));
    }
  }
}

interface RelayOptions {
  readonly session: MessagePort;
  /** The worker's script runs. */
  onLoaded(): void;
  /** The browser did not load the worker's address. */
  onRefused(detail: string): void;
  /** The worker's own script threw before it spoke. */
  onFailed(detail: string): void;
  onTraffic(detail: string): void;
}

function openRelay(address: string, options: RelayOptions): Relay {
  const { session } = options;
  const worker = new Worker(address);
  const { port1: port, port2: transferred } = new MessageChannel();
  const gate = new Gate(performance.now());
  let hasSpoken = false;
  worker.onmessage = () => {
    // Whatever else comes on this channel comes from code of a reader.
    worker.onmessage = null;
    options.onLoaded();
    // Only now: what the page has sent waits in its port, and a worker that was refused has lost nothing of it.
    session.onmessage = ({ data }) => forward(port, data as Frame);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    // What a script throws comes as an ErrorEvent; a refusal to load it does not.
    if (worker.onmessage !== null && !(event instanceof ErrorEvent))
      options.onRefused('the browser refused to load it');
    else if (!hasSpoken) options.onFailed(event.message);
  };
  port.onmessage = ({ data, ports }) => {
    hasSpoken = true;
    const refusal = gate.refuse(data, ports.length, performance.now());
    if (refusal === undefined) forward(session, data as Frame);
    else options.onTraffic(refusal);
  };
  port.onmessageerror = () => options.onTraffic('a message that cannot be read');
  worker.postMessage(null, [transferred]);
  return {
    end() {
      port.onmessage = null;
      port.onmessageerror = null;
      // Even assigning null starts a port, and what waits in it would be lost to the next worker.
      if (session.onmessage !== null) session.onmessage = null;
      port.close();
      worker.onmessage = null;
      worker.onerror = null;
      worker.terminate();
    },
  };
}

function forward(port: MessagePort, frame: Frame): void {
  if (typeof frame === 'string') port.postMessage(frame);
  else port.postMessage(frame, frame.slice(1) as ArrayBuffer[]);
}

interface WorkerUrl {
  readonly href: string;
  release(): void;
}

const dataUrl = (source: string): WorkerUrl => ({
  href: `data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`,
  release: () => undefined,
});

function blobUrl(source: string): WorkerUrl {
  const href = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  return { href, release: () => URL.revokeObjectURL(href) };
}
