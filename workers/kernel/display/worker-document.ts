import { getCurrentContext, runExecution } from '../../../src/context/current-context.js';
import { current } from '../../../src/context/current.js';
import { apply, keys } from '../../../src/context/pristine-built-ins.js';
import { dataProperty, type IsProxy } from '../../../src/protocol/intrinsics/brand.js';
import type { NamespaceScope } from '../../../src/compiler/types.js';
import type { KernelReply } from '../../../src/protocol/endpoint/worker-endpoint.js';
import { documentName } from '../../../src/protocol/messages/document-names.js';
import type { ComponentData } from '../../../src/protocol/methods.js';
import type { Execution } from '../execution/execution.js';
import type { HostLink } from '../host-link.js';
import { defineGlobal } from '../realm/globals.js';
import { intrinsics } from '../realm/intrinsics.js';
import { startOwnTimer } from '../realm/own-timers.js';
import { LatePart } from '../worker-part.js';
import type { ComponentBundle, ComponentRequest, DomPart, DomServices } from './dom-part.js';
import { rendererOf } from './renderer.js';

export interface WorkerDocumentOptions {
  readonly link: Pick<HostLink, 'loadPart' | 'mutate'>;
  readonly isProxy: IsProxy;
  readonly import: DomServices['import'];
  readonly reportUncaught: DomServices['reportUncaught'];
  warn(execution: Execution | undefined, text: string): void;
  /** These globals were made. */
  defined(names: readonly string[]): void;
}

const nativeThen = Promise.prototype.then; // oxlint-disable-line typescript/unbound-method -- applied to promises
const frame = /^\w+Frame$/;

/** Names of errors of loading. */
const notLoaded = /^(?:Worker|Module)\w+Error$/;

/** The document of a worker, for components: loaded when code first mentions it, or displays one. Call it in the bracket. */
export class WorkerDocument {
  readonly #options: WorkerDocumentOptions;
  readonly #late: LatePart<{ start(services: DomServices): DomPart }>;
  #part: DomPart | undefined;
  /** Whether code that was compiled mentions a document that is not there. */
  isNeeded = false;

  constructor(options: WorkerDocumentOptions) {
    this.#options = options;
    const loadPart = (...part: Parameters<HostLink['loadPart']>): Promise<string> => options.link.loadPart(...part);
    this.#late = new LatePart('dom', { loadPart, after }, ({ start }) => {
      const part = start(this.#services());
      // What code has put there stays, but the platform has frames that never come: the page of the worker is not seen.
      const names = keys(part.globals).filter((name) => frame.test(name) || !(name in globalThis));
      for (const name of names) defineGlobal(globalThis, name, part.globals[name]);
      options.defined(names);
      this.#part = part;
    });
  }

  /** Whether components are shown. */
  get isShown(): boolean {
    return this.#part !== undefined && this.#part.count > 0;
  }

  /** The same names; each that is asked for tells whether code needs the document. */
  watch(scope: Required<NamespaceScope>): NamespaceScope {
    return {
      kind: (name) => scope.kind(name),
      isGlobal: (name) => {
        this.isNeeded ||= this.#part === undefined && documentName.test(name);
        return scope.isGlobal(name);
      },
    };
  }

  /** Begins at once, or when the document is there that the compiled code mentions. */
  before(execution: Execution, begin: () => Promise<void>): Promise<void> {
    if (!this.isNeeded) return begin();
    return after(this.#late.load(), () => {
      if (execution.interruption !== undefined) throw execution.interruption;
      return begin();
    });
  }

  /** The module, when the document that it mentions is there. Without one it may do as well: it is told, and not refused. */
  loadFor<M extends { readonly needsDocument?: boolean }>(module: Promise<M>): Promise<M> {
    return after(module, (loaded) => {
      if (this.#part !== undefined || loaded.needsDocument !== true) return loaded;
      return after(
        this.#late.load(),
        () => loaded,
        (error) => {
          this.#options.warn(undefined, (error as Error).message);
          return loaded;
        },
      );
    });
  }

  /** Whether the value is an element, or a description of one by React, Preact or Lit. Runs no code of it. */
  isComponent(value: unknown): boolean {
    const { isProxy } = this.#options;
    if (typeof value !== 'object' || value === null || isProxy(value)) return false;
    return this.#part?.isNode(value) === true || rendererOf(value) !== undefined;
  }

  /** @param isExplicit whether it rejects where the document, or a module that renders the value, can't be loaded */
  show(value: object, key: string, isExplicit: boolean): Promise<ComponentBundle | undefined> {
    const { mapping } = current;
    const { isProxy } = this.#options;
    const execution = mapping?.execution as Execution | undefined;
    const context = getCurrentContext();
    const shown = after(this.#late.load(), () => {
      const show = (): Promise<ComponentBundle | undefined> => intrinsics.enter(() => this.#part!.show(value, key));
      return execution === undefined ? show() : runExecution(execution, context ?? execution.context, show);
    });
    if (isExplicit) return shown;
    return after(
      shown,
      (bundle) => bundle,
      (thrown) => {
        if (notLoaded.test(`${dataProperty(thrown as object, 'name', isProxy) as string}`)) return undefined;
        throw thrown;
      },
    );
  }

  replaced(key: string): void {
    this.#part?.replaced(key);
  }

  request(request: ComponentRequest, reply: KernelReply<ComponentData>): void {
    const { buffer } = this.#part?.request(request) ?? new Uint8Array();
    reply.succeed({ data: buffer as ArrayBuffer });
  }

  #services(): DomServices {
    const { link, reportUncaught, warn } = this.#options;
    return {
      enter: (task) => intrinsics.enter(task),
      run: (execution, context, task) =>
        intrinsics.runOutside(() =>
          execution === undefined ? task() : runExecution(execution, context ?? execution.context, task),
        ),
      ambient: () => ({
        execution: current.mapping?.execution as Execution | undefined,
        context: getCurrentContext(),
      }),
      later: (task, milliseconds) => void startOwnTimer(task, milliseconds),
      after,
      import: this.#options.import,
      send: (id, version, data, taken) => link.mutate(id, version, data, taken),
      reportUncaught,
      warn: (text) => warn(current.mapping?.execution as Execution | undefined, text),
    };
  }
}

/** Reacts to a promise in a bracket: an `await` would read its `constructor` outside of it. */
function after<T, R>(
  promise: Promise<T>,
  then: (value: T) => R | Promise<R>,
  failed?: (thrown: unknown) => R,
): Promise<R> {
  return apply(nativeThen, promise, [
    (value: T) => intrinsics.enter(() => then(value)),
    failed && ((thrown: unknown) => intrinsics.enter(() => failed(thrown))),
  ]) as Promise<R>;
}
