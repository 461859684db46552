import { CancelFlags } from '../../../src/protocol/frame/cancel-flags.js';
import { hostMessages, kernelReplies } from '../../../src/protocol/checks/message-checks.js';
import { openHostEndpoint, type HostEndpoint } from '../../../src/protocol/endpoint/host-endpoint.js';
import { PublicError } from '../../../src/protocol/endpoint/call-errors.js';
import type { CheckpointMessage } from '../../../src/protocol/messages/checkpoint.js';
import { mentionsDocument } from '../../../src/protocol/messages/document-names.js';
import type {
  ExecuteMessage,
  ExecutionReport,
  KernelSettings,
  ModuleSource,
  WireContext,
  WireOutput,
} from '../../../src/protocol/messages/wire.js';
import { orderedMethods, type KernelMethods } from '../../../src/protocol/methods.js';
import type { HostMethods } from '../../../src/protocol/methods.js';
import type { Kernel } from '../kernel.js';
import { ProxyRegistry } from '../realm/proxy-registry.js';
import { serveKernel } from '../serve-kernel.js';

/**
 * A kernel in this realm behind a port, as in a worker, and the host's end of that port. A started kernel changes the realm, so
 * a test file starts only one.
 */
export class ServedKernel {
  readonly host: HostEndpoint<KernelMethods>;
  /** Messages and reports, in the order of their arrival. */
  readonly arrived: (WireOutput | ExecutionReport)[] = [];
  readonly checkpoints: CheckpointMessage[] = [];
  /** Run ids of executions whose code has begun, or has kept the event loop. */
  readonly running: string[] = [];
  readonly cancelled = new CancelFlags();
  /** Modules by address, or by the path of their address, for the next import of each. */
  readonly modules: Record<string, Partial<ModuleSource>> = {};
  /** Changes of components. */
  readonly mutations: HostMethods['mutate']['message'][] = [];
  /** Gives the text of the worker's document. */
  part: () => Promise<string> | string = () => Promise.reject(new Error('There is none.'));
  kernel: Kernel | undefined;
  readonly #channel = new MessageChannel();
  #cells = 0;

  /** @param modules sources by address */
  constructor(modules: Readonly<Record<string, string>> = {}) {
    for (const [url, source] of Object.entries(modules)) this.modules[url] = { source };
    const proxies = new ProxyRegistry();
    proxies.install(globalThis);
    serveKernel(this.#channel.port2, proxies, this.cancelled, (kernel) => {
      this.kernel = kernel;
    });
    this.host = openHostEndpoint(this.#channel.port1, {
      api: {
        callTool: ({ args }) => args,
        cancelToolCall: () => undefined,
        output: ({ entries }) => void this.arrived.push(...entries),
        running: ({ runId }) => void this.running.push(runId),
        loadPart: () => this.part(),
        mutate: (message) => void this.mutations.push(message),
        checkpoint: (message) => void this.checkpoints.push(message),
        loadModule: ({ url }) => {
          const module = this.modules[url] ?? this.modules[new URL(url).pathname.slice(1)];
          if (module === undefined) throw new PublicError(`There is no ${url}.`);
          return { url, source: '', needsDocument: mentionsDocument(module.source ?? ''), ...module };
        },
      },
      messages: hostMessages,
      replies: kernelReplies,
      ordered: orderedMethods,
      onViolation: (violation) => {
        throw violation;
      },
    });
  }

  /** Creates a new context for each call. */
  context(runId: string = crypto.randomUUID()): WireContext {
    return { runId, correlationId: runId, variables: {}, metadata: {} };
  }

  start(settings: Partial<KernelSettings> = {}): Promise<unknown> {
    return this.host.call('start', {
      context: this.context(),
      settings: {
        config: { city: 'Oslo' },
        importMap: {},
        baseUrl: 'https://page.example/',
        lateWork: 5_000,
        ...settings,
      },
    });
  }

  async run(code: string, message: Partial<ExecuteMessage> = {}): Promise<ExecutionReport> {
    const cell = ++this.#cells;
    const report = await this.host.call('execute', {
      context: this.context(),
      capability: `capability ${cell}`,
      code,
      mode: 'async',
      fileName: `cell-${cell}.ts`,
      cell,
      tools: [],
      ...message,
    });
    this.arrived.push(report);
    return report;
  }

  /** The value of a name, as the host reads it. */
  read(name: string): Promise<unknown> {
    return this.host.call('read', { context: this.context(), name });
  }

  /** Texts of the output so far. */
  get texts(): string[] {
    return this.arrived.flatMap((one) => ('text' in one ? [one.text] : []));
  }

  close(): void {
    this.host.close('end of test');
    this.#channel.port2.close();
  }
}
