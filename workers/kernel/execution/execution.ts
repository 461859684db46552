import type { AmbientExecution } from '../../../src/context/current.js';
import { PristineSet } from '../../../src/context/pristine-collections.js';
import { fromWireContext } from '../../../src/context/wire-context.js';
import type { RuntimeContext } from '../../../src/context/runtime-context.js';
import type { ExecuteMessage, ExecutionMode, SendableError, TimeLimit } from '../../../src/protocol/messages/wire.js';
import { intrinsics } from '../realm/intrinsics.js';
import { createToolBindings, type ToolBindings } from './tool-bindings.js';

const now = performance.now.bind(performance);

/** Thrown into the code of a stopped execution where it resumes next. */
export class ExecutionInterruption extends Error {
  override readonly name: string;
  // oxlint-disable-next-line no-unused-private-class-members -- `in` asks for it
  readonly #brand = true;

  /** `instanceof` would run a trap of a Proxy, or code that a class has for it. */
  static is(value: unknown): boolean {
    return typeof value === 'object' && value !== null && #brand in value;
  }

  constructor({ name, message }: Pick<SendableError, 'name' | 'message'>) {
    super(message);
    this.name = name;
  }
}

/**
 * One execution in the worker: ambient while its code runs, and the owner of what that code starts. It outlives its
 * report, since late callbacks still belong to it.
 */
export class Execution implements AmbientExecution {
  readonly id: string;
  readonly context: RuntimeContext;
  readonly mode: ExecutionMode;
  /** Number of the cell in its session; 0 for what is none. */
  readonly cell: number;
  /** Of the cell, as frames and positions tell it. */
  readonly fileName: string;
  readonly started = now();
  /** Groups of the console that are open. */
  groupDepth = 0;
  /** Its code has ended; a name it declared may from now on be declared again in the same slot. */
  settled = false;
  usedNames = false;
  interruption: Error | undefined;
  interruptedAt = Infinity;
  readonly timeLimit: TimeLimit | undefined;
  readonly #controller = new AbortController();
  readonly #makeTools: () => ToolBindings;
  #tools: ToolBindings | undefined;
  // Added to while the reader's code runs, with whatever that has made of the built-ins.
  readonly #interrupted = new PristineSet<(reason: Error) => void>();

  constructor(message: Omit<ExecuteMessage, 'code'>, callTool: (name: string, args: unknown) => Promise<unknown>) {
    this.id = message.context.runId;
    this.mode = message.mode;
    this.cell = message.cell;
    this.fileName = message.fileName;
    this.timeLimit = message.timeLimit;
    this.context = fromWireContext(message.context, { signal: this.#controller.signal, replaceable: false });
    this.#makeTools = () => createToolBindings(message.tools, callTool);
  }

  /** It binds what a checkpoint holds, and is no cell of the reader. */
  get isRestoration(): boolean {
    return this.cell === 0;
  }

  /** Of the registry as this execution sees it. Who calls is whoever runs at the call: the code may hand a binding on. */
  get tools(): ToolBindings {
    // Made when they are first asked for, since most code asks for none; code of the reader may be the one to ask.
    return (this.#tools ??= intrinsics.enter(this.#makeTools));
  }

  /** Calls back when the execution is interrupted, at once if it has been; until the function it gives is called. */
  onInterrupt(callback: (reason: Error) => void): () => void {
    if (this.interruption !== undefined) {
      callback(this.interruption);
      return () => undefined;
    }
    this.#interrupted.add(callback);
    return () => this.#interrupted.delete(callback);
  }

  /**
   * Stops the code at its next resumption and ends what it waits for. The first interruption holds.
   * Listeners of `context.signal` are the reader's: call it outside the bracket of intrinsics.
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
