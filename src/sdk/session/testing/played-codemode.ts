import type { ExecuteMessage, ExecutionReport, SendableError } from '../../../protocol/messages/wire.js';
import type { KernelMethod } from '../../../protocol/methods.js';
import { playedCheckpoint, playedNames } from '../../checkpoints/testing/played-checkpoint.js';
import { Codemode, type CodemodeOptions } from '../../codemode.js';
import type { KernelConnection, KernelHandlers } from '../../workers/kernel-connection.js';

export interface FakeWorker {
  readonly handlers: KernelHandlers;
  readonly executed: ExecuteMessage[];
  terminated: string | undefined;
  /** Watches of its heartbeat that nobody has disposed. */
  watches: number;
}

type Behaviour = (message: ExecuteMessage, worker: FakeWorker) => Promise<Partial<ExecutionReport>>;

const report = (more: Partial<ExecutionReport>): ExecutionReport => ({
  ok: true,
  value: undefined,
  preview: { type: 'undefined', text: 'undefined' },
  duration: 1,
  pending: 0,
  ...more,
});
export const never = (): Promise<never> => new Promise(() => undefined);

export interface PlayedOptions extends CodemodeOptions {
  readonly connectFails?: (attempt: number) => Error | undefined;
  /** Milliseconds that each worker takes to start. */
  readonly startDelay?: number;
  /** Says that the code of an execution begins. @default at once */
  readonly announces?: (announce: () => void) => void;
  /** When what the worker has sent arrives. @default at once */
  readonly probe?: () => Promise<void>;
  /** More methods of the worker, or others. */
  readonly answers?: Partial<Record<KernelMethod, (message: never, worker: FakeWorker) => unknown>>;
}

/** A Codemode whose workers are played by the test: `behave` is what running code does. */
export function playedCodemode(
  behave: Behaviour,
  options: PlayedOptions = {},
): {
  codemode: Codemode;
  workers: FakeWorker[];
  attempts: () => number;
} {
  const {
    connectFails,
    startDelay = 0,
    answers = {},
    probe,
    announces = (announce) => announce(),
    ...codemodeOptions
  } = options;
  const workers: FakeWorker[] = [];
  let attempts = 0;
  const codemode = new Codemode({
    ...codemodeOptions,
    connectKernel: async (handlers) => {
      const failure = connectFails?.(++attempts);
      if (failure !== undefined) throw failure;
      if (startDelay > 0) await new Promise((resolve) => void setTimeout(resolve, startDelay));
      const worker: FakeWorker = { handlers, executed: [], terminated: undefined, watches: 0 };
      workers.push(worker);
      const cancelled = new Map<string, (error: SendableError) => void>();
      let kill = (_error: Error): void => undefined;
      const dead = new Promise<never>((_, reject) => {
        kill = reject;
      });
      dead.catch(() => undefined);
      const answer: Partial<Record<KernelMethod, (message: never) => unknown>> = {
        execute: async (message: ExecuteMessage) => {
          worker.executed.push(message);
          const { context } = message;
          if (message.announces === true) announces(() => void handlers.api.running({ context, runId: context.runId }));
          const interrupted = new Promise<Partial<ExecutionReport>>((resolve) => {
            cancelled.set(message.context.runId, (error) => resolve({ ok: false, error }));
          });
          const ended = await Promise.race([behave(message, worker), interrupted, dead]);
          handlers.api.checkpoint(playedCheckpoint(['kept']));
          return report(ended);
        },
        pending: () => ({ mayRun: false, count: 0 }),
        checkpoint: () => handlers.api.checkpoint(playedCheckpoint(['kept'])),
        restore: ({ data }: { data: ArrayBuffer }) => ({
          restored: playedNames(data),
          lost: [{ name: 'gone', reason: 'it is a weak' }],
        }),
        cancel: ({ runId, error }: { runId: string; error: SendableError }) => {
          if (worker.executed.some((one) => one.context.runId === runId && !one.code.includes('deaf')))
            cancelled.get(runId)?.(error);
        },
      };
      return {
        request: (async (method: KernelMethod, message: object) =>
          (answers[method] ?? answer[method])?.(message as never, worker)) as KernelConnection['request'],
        watch: () => {
          worker.watches += 1;
          return { dispose: () => void (worker.watches -= 1) };
        },
        ...(probe === undefined ? {} : { probe }),
        terminate: (reason) => {
          worker.terminated = reason;
          kill(new Error(reason));
        },
      };
    },
  });
  return { codemode, workers, attempts: () => attempts };
}
