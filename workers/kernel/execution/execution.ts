import type { AmbientExecution } from '../../../src/context/current.js';
import { PristineSet } from '../../../src/context/pristine-collections.js';
import { fromWireContext } from '../../../src/context/wire-context.js';
import type { RuntimeContext } from '../../../src/context/runtime-context.js';
import type {
  ExecuteMessage,
  ExecutionMode,
  ExecutionReport,
  SendableError,
  TimeLimit,
} from '../../../src/protocol/messages/wire.js';
import { intrinsics } from '../realm/intrinsics.js';
import { createToolBindings, type ToolBindings } from './tool-bindings.js';
import { WaitTimes } from './wait-times.js';

const now = performance.now.bind(performance);
const wallClock = Date.now;

/** The error thrown in the code of a stopped execution when the code next resumes. */
export class ExecutionInterruption extends Error {
  override readonly name: string;
  // oxlint-disable-next-line no-unused-private-class-members -- `in` asks for it
  readonly #brand = true;

  /** Unlike `instanceof`, runs no trap of a Proxy and no `Symbol.hasInstance`. */
  static is(value: unknown): boolean {
    return typeof value === 'object' && value !== null && #brand in value;
  }

  constructor({ name, message }: Pick<SendableError, 'name' | 'message'>) {
    super(message);
    this.name = name;
  }
}

/**
 * One execution in the worker. It is ambient while its code runs, and owns the timers and callbacks that the code starts.
 * It outlives its report, since late callbacks still belong to it.
 */
export class Execution implements AmbientExecution {
  readonly id: string;
  readonly context: RuntimeContext;
  readonly mode: ExecutionMode;
  /** Number of the cell in its session; 0 for a restoration. */
  readonly cell: number;
  /** File name of the cell in frames and positions. */
  readonly fileName: string;
  readonly started = now();
  /** Number of open console groups. */
  groupDepth = 0;
  /** Whether the code has ended. Its names may then be redeclared in the same slots. */
  settled = false;
  usedNames = false;
  /** Of a traced execution. */
  readonly waits: WaitTimes | undefined;
  /** When its code was compiled. */
  compiled = 0;
  interruption: Error | undefined;
  interruptedAt = Infinity;
  readonly timeLimit: TimeLimit | undefined;
  readonly #controller = new AbortController();
  readonly #makeTools: () => ToolBindings;
  #tools: ToolBindings | undefined;
  // Pristine: added to while the reader's code runs, which may have patched the built-ins.
  readonly #interrupted = new PristineSet<(reason: Error) => void>();

  constructor(
    message: Omit<ExecuteMessage, 'code' | 'capability'>,
    callTool: (name: string, args: unknown) => Promise<unknown>,
  ) {
    this.id = message.context.runId;
    this.mode = message.mode;
    this.cell = message.cell;
    this.fileName = message.fileName;
    this.timeLimit = message.timeLimit;
    this.waits = message.traced === true ? new WaitTimes() : undefined;
    const context = fromWireContext(message.context, { signal: this.#controller.signal, replaceable: false });
    // The host knows the deadline of code that it did not let wait.
    this.context =
      message.announces === true && message.timeLimit !== undefined
        ? context.limitedTo({ deadline: wallClock() + message.timeLimit.milliseconds })
        : context;
    this.#makeTools = () => createToolBindings(message.tools, callTool);
  }

  /** Whether this execution restores a checkpoint instead of running a cell. */
  get isRestoration(): boolean {
    return this.cell === 0;
  }

  /** The execution's tools. A call counts for the execution that runs at that time: code may pass a binding on. */
  get tools(): ToolBindings {
    // Created on first use, since most code uses none; in the bracket, since the reader's code may be running.
    return (this.#tools ??= intrinsics.enter(this.#makeTools));
  }

  /** Calls back on interruption, at once if it has happened. The returned function removes the callback. */
  onInterrupt(callback: (reason: Error) => void): () => void {
    if (this.interruption !== undefined) {
      callback(this.interruption);
      return () => undefined;
    }
    this.#interrupted.add(callback);
    return () => this.#interrupted.delete(callback);
  }

  /** For the report, if it ends now. */
  times(): Pick<ExecutionReport, 'duration' | 'timings'> {
    const { waits, started } = this;
    const duration = now() - started;
    if (waits === undefined) return { duration };
    waits.ended();
    return { duration, timings: [this.compiled || started, now(), ...waits.times].map((time) => time - started) };
  }

  /**
   * Stops the code at its next resumption and rejects the promises it waits for. Only the first interruption counts.
   * Call it outside the bracket of intrinsics, since listeners of `context.signal` are the reader's.
   */
  interrupt(reason: Error): void {
    if (this.interruption !== undefined) return;
    this.interruption = reason;
    this.interruptedAt = now();
    this.#interrupted.forEach((callback) => callback(reason));
    this.#interrupted.clear();
    this.#controller.abort(reason);
  }
}
