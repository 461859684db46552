import { CancelFlags } from '../src/protocol/frame/cancel-flags.js';
import type { Packet } from '../src/protocol/endpoint/envelope.js';
import { Gate } from '../src/protocol/frame/gate.js';
import type { ControlMessage, FrameReport, SessionPorts } from '../src/protocol/frame/handshake.js';

/**
 * The worker's first script, small enough for an address. It reports that it runs, then evaluates the first message.
 * The kernel's source is several times too large for an address, and the worker would have to wait for it.
 */
const bootstrap = 'postMessage(0);onmessage=({data})=>{onmessage=null;(0,eval)(data)}';

/** The worker of a frame's one session. */
export interface StartingWorker {
  /** Connects the worker with the page. A worker that broke the rules, even before this call, is ended and reported. */
  serve(ports: SessionPorts): void;
}

/** A worker, and its connection to the page. */
interface Relay {
  open(session: MessagePort): void;
  /** Closes the connection first: a terminated worker may run on for seconds. */
  end(): void;
}

/** Starts a worker with this source. The gate checks its messages to the page; the page's commands go to the frame. */
export function startWorker(source: Promise<string>): StartingWorker {
  let relay: Relay | undefined;
  let ports: SessionPorts | undefined;
  let killed: FrameReport | undefined;
  const end = (): void => {
    ports?.session.close();
    relay?.end();
    relay = undefined;
  };
  const kill = (reason: 'traffic' | 'worker', detail: string): void => {
    end();
    killed = { type: 'killed', reason, detail };
    ports?.control.postMessage(killed);
  };
  const flags = CancelFlags.create();
  // A worker from a `data:` address never shares memory (HTML, “run a worker”).
  if (flags === undefined) launch(dataUrl(bootstrap), () => launch(blobUrl(bootstrap), undefined));
  else launch(blobUrl(bootstrap), () => launch(dataUrl(bootstrap), undefined));

  return {
    serve(handedOver) {
      ports = handedOver;
      const { control, session } = handedOver;
      control.onmessage = ({ data }: MessageEvent<ControlMessage>) => {
        if (data.type === 'ping') {
          control.postMessage({ type: 'pong', count: data.count } satisfies FrameReport);
        } else if (data.type === 'cancel') {
          flags?.set(data.cell);
        } else {
          end();
          control.close();
        }
      };
      if (killed === undefined) {
        relay?.open(session);
      } else {
        session.close();
        control.postMessage(killed);
      }
    },
  };

  /** Some browsers or policies refuse a `data:` worker: `retry` then tries another address. */
  function launch(url: WorkerUrl, retry: (() => void) | undefined): void {
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
      relay = openRelay(url.href, source, flags, {
        onLoaded: url.release,
        onRefused: fail,
        onFailed: (detail) => kill('worker', detail),
        onTraffic: (detail) => kill('traffic', detail),
      });
      if (ports !== undefined) relay.open(ports.session);
    } catch (error) {
      fail(String(error));
    }
  }
}

interface RelayOptions {
  /** The worker's script has started. */
  onLoaded(): void;
  /** The browser did not load the worker's address. */
  onRefused(detail: string): void;
  /** The worker's own script threw before its first message. */
  onFailed(detail: string): void;
  onTraffic(detail: string): void;
}

function openRelay(
  address: string,
  source: Promise<string>,
  flags: CancelFlags | undefined,
  options: RelayOptions,
): Relay {
  const worker = new Worker(address);
  const { port1: port, port2: transferred } = new MessageChannel();
  const gate = new Gate(performance.now());
  let session: MessagePort | undefined;
  let isLoaded = false;
  let hasEnded = false;
  let hasSpoken = false;
  const connect = (): void => {
    if (!isLoaded || session === undefined) return;
    const page = session;
    // Only now: until then the page's messages wait in its port, so a refused worker loses none of them.
    page.onmessage = ({ data }) => forward(port, data as Packet);
    port.onmessage = ({ data, ports }) => {
      hasSpoken = true;
      const refusal = gate.refuse(data, ports.length, performance.now());
      if (refusal === undefined) forward(page, data as Packet);
      else options.onTraffic(refusal);
    };
    port.onmessageerror = () => options.onTraffic('a message that cannot be read');
  };
  worker.onmessage = () => {
    // The reader's code sends any further messages on this channel.
    worker.onmessage = null;
    isLoaded = true;
    options.onLoaded();
    connect();
  };
  worker.onerror = (event) => {
    event.preventDefault();
    // An error thrown by the script arrives as an ErrorEvent; a failure to load the script does not.
    if (!isLoaded && !(event instanceof ErrorEvent)) options.onRefused('the browser refused to load it');
    else if (!hasSpoken) options.onFailed(event.message);
  };
  source.then(
    (text) => {
      if (hasEnded) return;
      worker.postMessage(text);
      worker.postMessage(flags?.buffer, [transferred]);
    },
    (error: unknown) => {
      if (!hasEnded) options.onFailed((error as Error).message);
    },
  );
  return {
    open(opened) {
      session = opened;
      connect();
    },
    end() {
      hasEnded = true;
      port.onmessage = null;
      port.onmessageerror = null;
      // Assigning `onmessage`, even null, starts a port: the next worker would lose the waiting messages.
      if (session !== undefined && session.onmessage !== null) session.onmessage = null;
      port.close();
      worker.onmessage = null;
      worker.onerror = null;
      worker.terminate();
    },
  };
}

function forward(port: MessagePort, packet: Packet): void {
  if (typeof packet === 'string') port.postMessage(packet);
  else port.postMessage(packet, packet.slice(1) as ArrayBuffer[]);
}

interface WorkerUrl {
  readonly href: string;
  release(): void;
}

const dataUrl = (source: string): WorkerUrl => ({
  href: `data:text/javascript,${encodeURIComponent(source)}`,
  release: () => undefined,
});

function blobUrl(source: string): WorkerUrl {
  const href = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  return { href, release: () => URL.revokeObjectURL(href) };
}
