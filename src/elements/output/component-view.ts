import { readComponentReport, type ComponentCommand } from '../../protocol/frame/component-messages.js';
import type { ComponentMutations, SessionLike, SessionState } from '../../sdk/types.js';

/** The session whose worker has the code of components. */
export type ComponentSource = Pick<SessionLike, 'component' | 'addEventListener' | 'removeEventListener'>;

export interface ComponentViewOptions {
  /** Of the component, in its session. */
  readonly id: string;
  readonly source: ComponentSource;
  /** There is no such component any more, or its tree can't be shown. */
  onEnded(reason: string | undefined): void;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Carries trees, mutations and events between a session and the frame that shows one of its components. */
export class ComponentView {
  /** For the frame. */
  readonly port: MessagePort;
  readonly #options: ComponentViewOptions;
  readonly #own: MessagePort;
  /** Number of the latest mutations that the frame has; `undefined` while it waits for a tree. */
  #version: number | undefined;
  #early: ComponentMutations[] = [];
  #hasEnded = false;

  constructor(options: ComponentViewOptions) {
    this.#options = options;
    const { port1, port2 } = new MessageChannel();
    this.port = port2;
    this.#own = port1;
    port1.onmessage = ({ data }: MessageEvent) => this.#onReport(data);
    options.source.addEventListener('mutation', this.#onMutation);
    options.source.addEventListener('statechange', this.#onStateChange);
    void this.#open();
  }

  dispose(): void {
    if (this.#hasEnded) return;
    this.#end();
    void this.#ask('close');
  }

  #end(): void {
    this.#hasEnded = true;
    this.#options.source.removeEventListener('mutation', this.#onMutation);
    this.#options.source.removeEventListener('statechange', this.#onStateChange);
    this.#own.close();
  }

  async #open(): Promise<void> {
    const tree = await this.#ask('open');
    if (this.#hasEnded) return;
    try {
      if (tree === undefined || tree.byteLength === 0) return this.#lose(undefined);
      const json = decoder.decode(tree);
      const { version } = JSON.parse(json) as { readonly version: number };
      this.#version = version;
      this.#send({ type: 'tree', json });
    } catch (error) {
      return this.#lose(String(error));
    }
    for (const mutations of this.#early.splice(0)) this.#take(mutations);
  }

  readonly #onMutation = ({ detail }: CustomEvent<ComponentMutations>): void => {
    if (detail.id !== this.#options.id) return;
    if (detail.version === 0) this.#lose(undefined);
    else this.#take(detail);
  };

  /** With its worker, a component ends. */
  readonly #onStateChange = ({ detail: { to } }: CustomEvent<{ readonly to: SessionState }>): void => {
    if (to !== 'ready' && to !== 'running') this.#lose(undefined);
  };

  #take(mutations: ComponentMutations): void {
    const { version, data } = mutations;
    if (this.#version === undefined) return void this.#early.push(mutations);
    if (version <= this.#version) return;
    if (version !== this.#version + 1 || data.byteLength === 0) {
      // Some are missing: the tree has them.
      this.#version = undefined;
      void this.#ask('close').then(() => this.#open());
      return;
    }
    this.#version = version;
    this.#send({ type: 'mutations', json: decoder.decode(data) });
  }

  #onReport(data: unknown): void {
    const report = readComponentReport(data);
    if (report?.type === 'broken') this.#lose(report.reason);
    if (report?.type !== 'event') return;
    const { id, source } = this.#options;
    void source
      .component?.({ id, action: 'event', event: report.event })
      .catch(() => undefined)
      .finally(() => this.#send({ type: 'taken' }));
  }

  #send(command: ComponentCommand): void {
    if (!this.#hasEnded) this.#own.postMessage(command);
  }

  #lose(reason: string | undefined): void {
    if (this.#hasEnded) return;
    this.#end();
    if (reason !== undefined) void this.#ask('close');
    this.#options.onEnded(reason);
  }

  /** A worker that is gone has no component. */
  async #ask(action: 'open' | 'close'): Promise<ArrayBuffer | undefined> {
    const { id, source } = this.#options;
    return await source.component?.({ id, action }).catch(() => undefined);
  }
}
