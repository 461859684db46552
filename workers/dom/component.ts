import type { RuntimeContext } from '../../src/context/runtime-context.js';
import { maxMutationBytes, maxTreeBytes } from '../../src/protocol/bounds.js';
import type { ComponentEvent, ComponentTree, Mutation } from '../../src/protocol/frame/component-mutations.js';
import { mutationKind } from '../../src/protocol/frame/component-mutations.js';
import type { Execution } from '../kernel/execution/execution.js';
import type { DomServices } from '../kernel/display/dom-part.js';
import { makeEvent } from './document.js';
import type { Element } from './element.js';
import { type DomNode, forget, nodeOf, owner, type Sink, treeOf } from './node.js';
import { $received, $sink } from './internals.js';

/** Mutations that wait for the host; with more, it asks for the whole tree. */
const maxWaiting = 20_000;
/** Milliseconds between two messages: a picture of the screen. */
const interval = 16;
const maxTypes = 200;
const encoder = new TextEncoder();
const nothing = new Uint8Array();

/** One shown component: its tree, who looks at it, and the execution whose code it is. */
export class Component {
  readonly id: string;
  readonly root: DomNode;
  /** What nodes know of it: less than the rest of it, which code must not reach. */
  readonly sink: Sink = Object.freeze({
    push: (mutation: Mutation) => this.#push(mutation),
    listens: (type: string) => this.#listens(type),
  });
  readonly #services: DomServices;
  readonly #execution: Execution | undefined;
  readonly #context: RuntimeContext | undefined;
  readonly #types = new Set<string>();
  /** Frames that show it. */
  #watchers = 0;
  /** Number of the latest list of mutations. */
  #version = 0;
  #batch: Mutation[] = [];
  /** Lists that wait to be sent; an empty one says that the tree is to be asked for. */
  #outbox: { readonly version: number; readonly data: Uint8Array }[] = [];
  #isScheduled = false;
  #isSending = false;
  #isWriting = false;

  constructor(id: string, root: DomNode, services: DomServices) {
    this.id = id;
    this.root = root;
    this.#services = services;
    const { execution, context } = services.ambient();
    this.#execution = execution;
    this.#context = context;
  }

  /** Whether its execution may still run code. */
  get isAlive(): boolean {
    return this.#execution?.interruption === undefined;
  }

  /** Tells when its execution is stopped. */
  onStopped(stopped: () => void): void {
    this.#execution?.onInterrupt(() => this.#services.enter(stopped));
  }

  /** From now on it is told what changes. @throws RangeError for a tree that is too large */
  mount(): void {
    owner.sinks.add(this.sink);
    this.#write();
  }

  unmount(): void {
    owner.sinks.delete(this.sink);
    forget(this.root);
    this.#batch = [];
    this.#outbox = [];
  }

  run(task: () => void): void {
    this.#services.run(this.#execution, this.#context, task);
  }

  /** The tree as it is, for a frame that is told of the mutations from now on. */
  open(): Uint8Array {
    this.#watchers++;
    this.#seal();
    return this.#write();
  }

  close(): void {
    if (this.#watchers > 0) this.#watchers--;
  }

  dispatch({ target, type, init, properties, input = 0 }: ComponentEvent): void {
    const node = nodeOf(target);
    if (node?.[$sink] !== this.sink) return;
    this.run(() => {
      if (properties !== undefined) (node as Element)[$received](properties, input);
      node.dispatchEvent(makeEvent(type, init));
    });
  }

  #push(mutation: Mutation): void {
    // While the tree is written, it tells the types of its listeners.
    if (this.#isWriting || this.#watchers === 0) return;
    if (this.#batch.length < maxWaiting) this.#batch.push(mutation);
    else this.#batch.length = maxWaiting + 1;
    this.#schedule(0);
  }

  #listens(type: string): void {
    if (this.#types.has(type) || this.#types.size >= maxTypes) return;
    this.#types.add(type);
    this.#push([mutationKind.listen, type]);
  }

  #write(): Uint8Array {
    this.#isWriting = true;
    try {
      for (const type of owner.types) this.#listens(type);
      const tree = treeOf(this.root, this.sink);
      const data = encoder.encode(
        JSON.stringify({ tree, listens: [...this.#types], version: this.#version } satisfies ComponentTree),
      );
      if (data.length > maxTreeBytes) throw new RangeError(`A component has at most ${maxTreeBytes} bytes as JSON.`);
      return data;
    } finally {
      this.#isWriting = false;
    }
  }

  #schedule(milliseconds: number): void {
    if (this.#isScheduled || this.#isSending) return;
    this.#isScheduled = true;
    this.#services.enter(() =>
      this.#services.later(() => {
        this.#isScheduled = false;
        this.#flush();
      }, milliseconds),
    );
  }

  /** Gives the waiting mutations their number. */
  #seal(): void {
    if (this.#batch.length === 0) return;
    const data = this.#batch.length > maxWaiting ? nothing : encoder.encode(JSON.stringify(this.#batch));
    this.#batch = [];
    this.#version++;
    this.#outbox.push({ version: this.#version, data: data.length > maxMutationBytes ? nothing : data });
  }

  #flush(): void {
    this.#seal();
    const next = this.#outbox.shift();
    if (next === undefined) return;
    this.#isSending = true;
    this.#services.send(this.id, next.version, next.data, () => {
      this.#isSending = false;
      if (this.#outbox.length > 0 || this.#batch.length > 0) this.#schedule(interval);
    });
  }
}
