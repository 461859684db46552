import { Worker } from 'node:worker_threads';
import { buildRunner } from '../build/runner.mjs';
import { hostMessages, kernelReplies } from '../../src/protocol/checks/message-checks.js';
import { openHostEndpoint, type HostEndpoint } from '../../src/protocol/endpoint/host-endpoint.js';
import type { CheckpointMessage } from '../../src/protocol/messages/checkpoint.js';
import type { ExecutionReport, WireContext, WireOutput } from '../../src/protocol/messages/wire.js';
import type { KernelMethods } from '../../src/protocol/methods.js';

let bundle: Promise<string> | undefined;

/** The worker's script as it is shipped, in a thread of its own: what code does to the realm reaches nothing else. */
export class HostileRealm {
  readonly host: HostEndpoint<KernelMethods>;
  readonly output: WireOutput[] = [];
  readonly checkpoints: CheckpointMessage[] = [];
  /** Arguments of the tool calls. */
  readonly asked: unknown[] = [];
  readonly #worker: Worker;
  #cells = 0;

  static async open(): Promise<HostileRealm> {
    bundle ??= buildRunner().then(({ worker }) => worker.code);
    const realm = new HostileRealm(await bundle);
    await realm.host.call('start', {
      context: realm.#context(),
      settings: { config: { city: 'Oslo' }, importMap: {}, baseUrl: 'https://page.example/', lateWork: 5_000 },
    });
    return realm;
  }

  private constructor(source: string) {
    const { port1, port2 } = new MessageChannel();
    this.#worker = new Worker(new URL('./hostile-thread.mjs', import.meta.url), {
      workerData: { source, port: port2 },
      transferList: [port2 as never],
    });
    this.host = openHostEndpoint(port1, {
      api: {
        callTool: ({ args }) => {
          this.asked.push(args);
          return args;
        },
        cancelToolCall: () => undefined,
        running: () => undefined,
        output: ({ entries }) => void this.output.push(...entries),
        checkpoint: (message) => void this.checkpoints.push(message),
        loadPart: () => '',
        mutate: () => undefined,
        loadModule: ({ url }) => ({ url, source: 'export const one = 1;' }),
      },
      messages: hostMessages,
      replies: kernelReplies,
      onViolation: (violation) => {
        throw violation;
      },
    });
    this.#worker.on('error', (error) => this.host.close(`The thread ended: ${error.message}`));
  }

  run(code: string): Promise<ExecutionReport> {
    const cell = ++this.#cells;
    return this.host.call('execute', {
      context: this.#context(),
      capability: 'capability',
      code,
      mode: 'async',
      fileName: `cell-${cell}.ts`,
      cell,
      tools: ['echo'],
    });
  }

  ask(method: 'list' | 'checkpoint' | 'blockers' | 'awaitPending'): Promise<unknown> {
    return this.host.call(method, { context: this.#context() });
  }

  read(name: string): Promise<unknown> {
    return this.host.call('read', { context: this.#context(), name });
  }

  /** Stacks of the calls that the kernel made to functions from `spy`, by their names. */
  async calls(): Promise<Record<string, string>> {
    return JSON.parse(String((await this.run('spied')).value)) as Record<string, string>;
  }

  async close(): Promise<void> {
    this.host.close('end of test');
    await this.#worker.terminate();
  }

  #context(): WireContext {
    const runId = crypto.randomUUID();
    return { runId, correlationId: runId, variables: {}, metadata: {} };
  }
}
