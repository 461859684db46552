import { runnerAddress } from './connect-policy.js';
import { SandboxFrameError } from './sandbox-frame-error.js';
import { type ControlMessage, type FrameReport, sendPorts, isReady, readReport } from './handshake.js';
import { Heartbeat } from './heartbeat.js';
import { afterListening } from '../resources/timers.js';
import { occupyProcess } from './shared-process.js';
import { whatCame } from './what-came.js';
import { listen } from '../resources/listen.js';
import { trackResource } from '../resources/live-resources.js';

export interface SandboxFrameOptions {
  /** Address of `runner.html`, relative to the page. */
  readonly runnerUrl: string | URL;
  /** Addresses that code in the sandbox may reach by itself, as sources of CSP's `connect-src`. @default none */
  readonly connect?: readonly string[];
  /** Where the hidden frame is put. Moving or removing it ends the sandbox. @default the body of the page */
  readonly container?: Element;
  /** Gives up opening. */
  readonly signal?: AbortSignal;
  /** Milliseconds that opening may take. @default 10,000 */
  readonly timeout?: number;
  /** Milliseconds of silence, while watched, after which the sandbox counts as lost. @default 5,000 */
  readonly healthTimeout?: number;
}

/** A sandbox with one worker in it, and the page's end of its session's port. */
export interface SandboxFrame {
  /** For `openHostEndpoint`, which owns it from then on. */
  readonly port: MessagePort;
  /**
   * Calls back once when the sandbox is lost: its worker could not start, its gate closed it, or it fell silent while
   * watched.
   */
  onLost(listener: (error: SandboxFrameError) => void): void;
  /** Looks for signs of life until disposed. A sandbox whose process died says nothing by itself. */
  watch(): { dispose(): void };
  /**
   * Resolves when the frame has answered, which it does after it has passed on what its worker had sent. Never resolves if
   * the sandbox is lost.
   */
  probe(): Promise<void>;
  /** Ends the execution of a cell where the worker may be too busy to be told; does nothing where that can't be done. */
  cancel(cell: number): void;
  /** Ends the worker. The frame stays until it is disposed. Close the session's port first. */
  terminate(): void;
  /** Removes the frame, which ends what still runs in its process, and releases everything. Twice is safe. */
  dispose(): void;
}

const openTimeout = 10_000;
const healthTimeoutDefault = 5_000;
/** A runner says ready before its page has loaded, but on another way, which may take longer. */
const graceAfterLoad = 1_000;

/**
 * Opens a sandbox: a hidden frame with an opaque origin, a policy and a process of its own, and a worker in it.
 *
 * @throws SandboxFrameError when no runner answers, with what to look at.
 * @throws TypeError for a source of `connect` that is none.
 */
export async function openSandboxFrame(options: SandboxFrameOptions): Promise<SandboxFrame> {
  const document = options.container?.ownerDocument ?? globalThis.document;
  const address = runnerAddress(options.runnerUrl, options.connect ?? [], document.baseURI);
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.setAttribute('referrerpolicy', 'no-referrer');
  // Lets the frame share memory with its worker; see `CancelFlags`.
  element.setAttribute('allow', globalThis.crossOriginIsolated === true ? 'cross-origin-isolated' : '');
  element.setAttribute('aria-hidden', 'true');
  element.setAttribute('tabindex', '-1');
  element.setAttribute('title', 'Code sandbox');
  element.hidden = true;
  element.style.display = 'none';
  element.src = address.href;
  const untrack = trackResource('frame');
  let isRemoved = false;
  const remove = (): void => {
    element.remove();
    if (!isRemoved) untrack();
    isRemoved = true;
  };
  try {
    await untilReady(element, address, options, () => (options.container ?? document.body).append(element));
  } catch (error) {
    remove();
    throw error;
  }
  return new OpenFrame(element.contentWindow!, options.healthTimeout ?? healthTimeoutDefault, remove);
}

function untilReady(
  element: HTMLIFrameElement,
  address: URL,
  options: SandboxFrameOptions,
  start: () => void,
): Promise<void> {
  const { signal, timeout = openTimeout } = options;
  const { ownerDocument } = element;
  return new Promise((resolve, reject) => {
    const releases: (() => void)[] = [];
    const settle = (run: () => void): void => {
      for (const release of releases.splice(0)) release();
      run();
    };
    const fail = (error: SandboxFrameError): void => settle(() => reject(error));
    const abort = (): void =>
      fail(new SandboxFrameError('aborted', 'Opening the sandbox was aborted.', { cause: signal?.reason }));
    if (signal?.aborted === true) {
      abort();
      return;
    }
    releases.push(
      listen(ownerDocument.defaultView!, 'message', (event: MessageEvent) => {
        if (isReady(event, element.contentWindow)) settle(resolve);
      }),
      listen(element, 'load', () =>
        releases.push(
          afterListening(
            graceAfterLoad,
            () => void whatCame(address.href).then((came) => fail(notARunner(address, came))),
          ),
        ),
      ),
      listen(ownerDocument, 'securitypolicyviolation', (event: SecurityPolicyViolationEvent) => {
        if (isFrameDirective(event) && isAbout(event.blockedURI, address)) fail(forbidden(address, event));
      }),
      afterListening(timeout, () => fail(tooSlow(address, timeout))),
    );
    if (signal !== undefined) releases.push(listen(signal, 'abort', abort));
    // The frame begins anew in another process.
    const leave = occupyProcess(() => {
      element.remove();
      return start;
    });
    releases.push(leave);
    start();
  });
}

const isFrameDirective = ({ effectiveDirective }: SecurityPolicyViolationEvent): boolean =>
  /^(?:frame|child|default)-src$/.test(effectiveDirective);

/** A violation report names an address, or its origin where that is another one. */
function isAbout(blocked: string, address: URL): boolean {
  return URL.canParse(blocked) && new URL(blocked).origin === address.origin;
}

const notARunner = ({ href }: URL, came: string): SandboxFrameError =>
  new SandboxFrameError(
    'unreachable',
    `No runner answers at ${href}. ${came} ` +
      'Serve runner.html of this package there without changes, or set runnerUrl to its address.',
  );

const forbidden = (
  { href, origin }: URL,
  { violatedDirective, effectiveDirective }: SecurityPolicyViolationEvent,
): SandboxFrameError =>
  new SandboxFrameError(
    'unreachable',
    `The Content-Security-Policy of this page (${violatedDirective || effectiveDirective}) forbids the frame ${href}. ` +
      `Add ${origin} to frame-src, or set runnerUrl to an address that it allows.`,
  );

const tooSlow = ({ href }: URL, timeout: number): SandboxFrameError =>
  new SandboxFrameError(
    'timeout',
    `The runner at ${href} did not answer within ${timeout} ms. Check that the address can be reached, or set runnerUrl to the address of runner.html.`,
  );

class OpenFrame implements SandboxFrame {
  readonly port: MessagePort;
  readonly #control: MessagePort;
  readonly #heartbeat: Heartbeat;
  readonly #releases: (() => void)[];
  readonly #listeners: ((error: SandboxFrameError) => void)[] = [];
  #lost: SandboxFrameError | undefined;

  constructor(frame: Window, healthTimeout: number, remove: () => void) {
    const control = new MessageChannel();
    const session = new MessageChannel();
    this.port = session.port1;
    this.#control = control.port1;
    this.#heartbeat = new Heartbeat({
      timeout: healthTimeout,
      ping: (count) => this.#send({ type: 'ping', count }),
      onSilent: () =>
        this.#lose(
          new SandboxFrameError(
            'silent',
            'The sandbox no longer answers: its process has ended, or ran out of memory.',
          ),
        ),
    });
    const vacate = occupyProcess(() => {
      remove();
      return () =>
        this.#lose(
          new SandboxFrameError('silent', 'A script of an output on this page kept the process of the sandbox busy.'),
        );
    });
    const untrack = trackResource('port');
    const unlisten = listen(control.port1, 'message', ({ data }: MessageEvent) => this.#receive(readReport(data)));
    this.#releases = [vacate, unlisten, () => control.port1.close(), untrack, () => session.port1.close(), remove];
    control.port1.start();
    sendPorts(frame, { control: control.port2, session: session.port2 });
  }

  onLost(listener: (error: SandboxFrameError) => void): void {
    if (this.#lost === undefined) this.#listeners.push(listener);
    else listener(this.#lost);
  }

  watch(): { dispose(): void } {
    return this.#heartbeat.watch();
  }

  probe(): Promise<void> {
    return this.#heartbeat.probe();
  }

  cancel(cell: number): void {
    this.#send({ type: 'cancel', cell });
  }

  terminate(): void {
    this.port.close();
    this.#send({ type: 'terminate' });
  }

  dispose(): void {
    this.#heartbeat.end();
    for (const release of this.#releases.splice(0)) release();
    this.#listeners.length = 0;
  }

  #send(message: ControlMessage): void {
    this.#control.postMessage(message);
  }

  #receive(report: FrameReport | undefined): void {
    if (report?.type === 'pong') this.#heartbeat.answer(report.count);
    if (report?.type === 'killed') this.#lose(new SandboxFrameError(report.reason, killedBecause(report)));
  }

  #lose(error: SandboxFrameError): void {
    if (this.#lost !== undefined) return;
    this.#lost = error;
    this.#heartbeat.end();
    for (const listener of this.#listeners.splice(0)) listener(error);
  }
}

function killedBecause({ reason, detail }: FrameReport & { readonly type: 'killed' }): string {
  return reason === 'traffic'
    ? `The sandbox was ended because its code sent ${detail}. Log or send less at a time.`
    : `The worker of the sandbox could not start: ${detail}. Load the page again, and see that the server sends runner.html whole.`;
}
