import type { RuntimeContext } from '../../../src/context/runtime-context.js';
import type { ComponentEvent } from '../../../src/protocol/frame/component-mutations.js';
import type { Execution } from '../execution/execution.js';

/** What the kernel does for the worker's document. Each is called in the bracket, and calls back in it. */
export interface DomServices {
  /** Runs code of the kernel with pristine built-ins. */
  enter<T>(task: () => T): T;
  /** Runs code of a component in the context of the execution that displayed it. */
  run<T>(execution: Execution | undefined, context: RuntimeContext | undefined, task: () => T): T;
  /** The execution that runs, and its context with what `context.run` added. */
  ambient(): { readonly execution: Execution | undefined; readonly context: RuntimeContext | undefined };
  /** After this task of the event loop, or so many milliseconds later. */
  later(task: () => void, milliseconds?: number): void;
  after<T, R>(promise: Promise<T>, then: (value: T) => R | Promise<R>, failed?: (thrown: unknown) => R): Promise<R>;
  import(specifier: string): Promise<object>;
  /** Sends mutations of a component; calls back when the host has taken them. */
  send(id: string, version: number, data: Uint8Array, taken: () => void): void;
  /** Shows what a handler of a component threw. */
  reportUncaught(error: unknown): void;
  warn(text: string): void;
}

/** The forms in which a component is shown. */
export type ComponentBundle = Readonly<Record<string, unknown>>;

/** What a host asks of a component. */
export interface ComponentRequest {
  readonly id: string;
  readonly action: 'open' | 'close' | 'event' | 'unmount';
  readonly event?: ComponentEvent;
}

/** The part of the worker that has a document. Called in the bracket. */
export interface DomPart {
  readonly globals: Readonly<Record<string, unknown>>;
  /** Components that are shown. */
  readonly count: number;
  isNode(value: unknown): boolean;
  /**
   * Shows a value in the place of what was displayed under this key.
   * @returns its forms; `undefined` if nothing can render it
   */
  show(value: object, key: string): Promise<ComponentBundle | undefined>;
  /** Something else is displayed in its place. */
  replaced(key: string): void;
  /** Answers with a tree as JSON, or nothing. */
  request(request: ComponentRequest): Uint8Array;
}
