import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SandboxFrameError } from './sandbox-frame-error.js';
import { receivePorts, sayReady, type SessionPorts } from './handshake.js';
import { liveResources } from '../resources/live-resources.js';
import { openSandboxFrame, type SandboxFrame, type SandboxFrameOptions } from './sandbox-frame.js';

type Told = { readonly data: unknown; readonly ports: readonly MessagePort[] };

/** A page with as much of a DOM as opening a frame takes, and the frame that it makes. */
class FakePage {
  readonly window = new EventTarget();
  readonly document = Object.assign(new EventTarget(), {
    baseURI: 'https://docs.example.com/guide/',
    defaultView: this.window,
    createElement: () => this.element,
    body: {
      append: () => {
        this.appended = true;
        this.onAppend();
      },
    },
  });
  readonly toldToFrame: Told[] = [];
  readonly frameWindow = {
    postMessage: (data: unknown, _origin: string, ports: readonly MessagePort[]) =>
      this.toldToFrame.push({ data, ports }),
  };
  readonly attributes = new Map<string, string>();
  readonly element = Object.assign(new EventTarget(), {
    ownerDocument: this.document,
    contentWindow: this.frameWindow,
    hidden: false,
    style: {} as Record<string, string>,
    src: '',
    setAttribute: (name: string, value: string) => this.attributes.set(name, value),
    remove: () => {
      this.appended = false;
    },
  });
  appended = false;
  onAppend = (): void => this.say(this.frameWindow);

  open(options: Partial<SandboxFrameOptions> = {}): Promise<SandboxFrame> {
    const container = { ownerDocument: this.document, append: this.document.body.append } as unknown as Element;
    return openSandboxFrame({ runnerUrl: 'runner.html', container, ...options });
  }

  /** A window of the page's says ready. */
  say(source: unknown, origin = 'null'): void {
    sayReady({
      postMessage: (data) => {
        this.window.dispatchEvent(Object.assign(new Event('message'), { source, origin, data }));
      },
    });
  }

  /** The frame's ends of the ports that the page handed over. */
  ports(): SessionPorts {
    const { data, ports } = this.toldToFrame[0]!;
    return receivePorts({ source: this, data, ports } as unknown as MessageEvent, this)!;
  }

  failWith(error: object): void {
    this.onAppend = () => {
      this.document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), error));
    };
  }
}

const before = liveResources();
let page: FakePage;
let frame: SandboxFrame | undefined;
beforeEach(() => {
  page = new FakePage();
});
afterEach(() => {
  frame?.dispose();
  frame = undefined;
  vi.useRealTimers();
  expect(liveResources()).toEqual(before);
});

const nextMessage = (port: MessagePort): Promise<unknown> =>
  new Promise((resolve) => {
    port.onmessage = (event) => resolve(event.data);
  });

describe('openSandboxFrame', () => {
  it('makes a hidden frame that may run scripts and nothing else, and hands it its ports', async () => {
    frame = await page.open({ connect: ['https://api.example.com'] });
    expect(Object.fromEntries(page.attributes)).toEqual({
      sandbox: 'allow-scripts',
      referrerpolicy: 'no-referrer',
      allow: '',
      'aria-hidden': 'true',
      tabindex: '-1',
      title: 'Code sandbox',
    });
    expect(page.element).toMatchObject({
      hidden: true,
      src: 'https://docs.example.com/guide/runner.html?connect=https%3A%2F%2Fapi.example.com',
    });
    const { session } = page.ports();
    const heard = nextMessage(session);
    frame.port.postMessage('x');
    expect(await heard).toBe('x');
    session.close();
  });

  it('waits for its own frame, whoever else says ready (regression 24)', async () => {
    page.onAppend = () => {
      page.say({});
      page.say(page.frameWindow, 'https://example.com');
    };
    const opening = page.open();
    expect(page.toldToFrame).toEqual([]);
    page.say(page.frameWindow);
    frame = await opening;
    expect(page.toldToFrame).toHaveLength(1);
  });

  it('tells a page that is no runner by its load without a word', async () => {
    vi.useFakeTimers();
    page.onAppend = () => page.element.dispatchEvent(new Event('load'));
    const opening = expect(page.open()).rejects.toMatchObject({
      failure: 'unreachable',
      message: expect.stringContaining('set runnerUrl') as string,
    });
    await vi.advanceTimersByTimeAsync(1_000);
    await opening;
    expect(page.appended).toBe(false);
  });

  it('tells a policy that forbids the frame, with the directive to change', async () => {
    page.failWith({
      effectiveDirective: 'frame-src',
      violatedDirective: 'frame-src',
      blockedURI: 'https://docs.example.com',
    });
    await expect(page.open()).rejects.toThrow('Add https://docs.example.com to frame-src');
    page.failWith({
      effectiveDirective: 'img-src',
      violatedDirective: 'img-src',
      blockedURI: 'https://docs.example.com/x.png',
    });
    const controller = new AbortController();
    const opening = page.open({ signal: controller.signal });
    controller.abort();
    await expect(opening).rejects.toMatchObject({ failure: 'aborted' });
  });

  it('gives up after its timeout', async () => {
    vi.useFakeTimers();
    page.onAppend = () => undefined;
    const opening = expect(page.open({ timeout: 3_000 })).rejects.toMatchObject({
      name: 'SandboxFrameError',
      failure: 'timeout',
    });
    await vi.advanceTimersByTimeAsync(3_000);
    await opening;
  });

  it.each([true, false])('gives up when its signal is aborted (before: %s)', async (isBefore) => {
    page.onAppend = () => undefined;
    const controller = new AbortController();
    if (isBefore) controller.abort('enough');
    const opening = page.open({ signal: controller.signal });
    controller.abort('enough');
    await expect(opening).rejects.toMatchObject({ failure: 'aborted', cause: 'enough' });
  });

  it('refuses a source that is none before it makes a frame', async () => {
    await expect(page.open({ connect: ["'self'"] })).rejects.toBeInstanceOf(TypeError);
    expect(page.appended).toBe(false);
  });
});

describe('SandboxFrame', () => {
  it('tells the frame to end its worker, and closes the session before', async () => {
    frame = await page.open();
    const { control, session } = page.ports();
    const told = nextMessage(control);
    frame.terminate();
    expect(await told).toEqual({ type: 'terminate' });
    control.close();
    session.close();
  });

  it.each([
    ['traffic', 'too many messages', 'its code sent too many messages'],
    ['worker', 'SyntaxError', 'could not start: SyntaxError'],
  ])('reports that the frame ended its worker for %s', async (reason, detail, text) => {
    frame = await page.open();
    const { control } = page.ports();
    const lost = new Promise<SandboxFrameError>((resolve) => frame!.onLost(resolve));
    control.postMessage({ type: 'killed', reason, detail });
    expect(await lost).toMatchObject({ failure: reason, message: expect.stringContaining(text) as string });
    const late: unknown[] = [];
    frame.onLost((error) => late.push(error));
    expect(late).toEqual([await lost]);
    control.close();
  });

  it('pings the frame while it is watched, and reports silence', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
    frame = await page.open({ healthTimeout: 4_000 });
    const { control } = page.ports();
    const lost: SandboxFrameError[] = [];
    frame.onLost((error) => lost.push(error));
    const pinged = nextMessage(control);
    frame.watch();
    vi.advanceTimersByTime(400);
    expect(await pinged).toEqual({ type: 'ping', count: 1 });
    vi.advanceTimersByTime(4_000);
    expect(lost).toMatchObject([{ failure: 'silent' }]);
    control.close();
  });

  it('releases everything, also while watched, and again', async () => {
    frame = await page.open();
    frame.watch();
    frame.dispose();
    frame.dispose();
    frame.terminate();
    frame.watch();
    expect(page.appended).toBe(false);
    expect(liveResources()).toEqual(before);
  });
});
