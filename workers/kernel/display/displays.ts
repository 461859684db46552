import { apply } from '../../../src/context/pristine-built-ins.js';
import { cut, maxBundleBytes, maxPartCharacters } from '../../../src/protocol/bounds.js';
import { runExecution } from '../../../src/context/current-context.js';
import { PristineWeakMap } from '../../../src/context/pristine-collections.js';
import { brandOf, dataProperty, findProperty, type IsProxy } from '../../../src/protocol/intrinsics/brand.js';
import { type Progress, progressType, tableType } from '../../../src/protocol/messages/mime-bundle.js';
import type { Preview } from '../../../src/protocol/previews/preview.js';
import type { ConsoleEntry } from '../console/console.js';
import { formatArguments } from '../console/format-arguments.js';
import { type Execution, ExecutionInterruption } from '../execution/execution.js';
import { intrinsics } from '../realm/intrinsics.js';
import { startOwnTimer } from '../realm/own-timers.js';
import type { Form, PendingForm } from './form.js';
import { imageForm } from './image-bytes.js';
import { dataForm, readBundle, textForm } from './read-bundle.js';
import { tableOf } from './record-table.js';
import type { WorkerDocument } from './worker-document.js';

const NativePromise = Promise;
const nativeThen = NativePromise.prototype.then; // oxlint-disable-line typescript/unbound-method -- applied to promises
const { get } = Reflect;
const { random } = Math;
const now = performance.now.bind(performance);

/** The method that gives a value's bundle, as in Jupyter's and Deno's kernels. */
const method = Symbol.for('Jupyter.display');
/** Milliseconds between two updates that are sent of one thing: code may count to a million. */
const updateInterval = 40;

/** What was displayed, and may be replaced. */
interface Shown {
  readonly id: string;
  readonly execution: Execution | undefined;
  readonly isResult?: boolean;
  /** How often it was set. Of two that are still to come, the later counts. */
  version: number;
  sent: number;
  /** Makes the latest state, if it was not sent. */
  waiting?: (() => Contents) | undefined;
}

/** The forms of a value, or a promise of its bundle; `undefined` for a value that is shown as it is. */
type Forms = readonly PendingForm[] | Promise<unknown> | undefined;
type Contents = Pick<ConsoleEntry, 'parts' | 'text' | 'forms'>;

/** What `display` returns. */
export interface DisplayHandle {
  readonly id: string;
  update(...values: unknown[]): void;
}

export interface DisplaysOptions {
  write(execution: Execution | undefined, entry: ConsoleEntry): void;
  preview(value: unknown): Preview;
  isProxy: IsProxy;
  /** What shows components. */
  document(): Pick<WorkerDocument, 'isComponent' | 'show' | 'replaced'>;
  ambientExecution(): Execution | undefined;
}

/** What code displays. Its methods are called in the bracket, and code of a value runs in the execution that displays it. */
export class Displays {
  readonly #options: DisplaysOptions;
  readonly #handles = new PristineWeakMap<object, Shown>();
  /** Of executions: how many bundles are still to come, and who waits for them. */
  readonly #pending = new Map<Execution, { count: number; readonly waiting: (() => void)[] }>();
  readonly #unsent = new Set<Shown>();
  /** Differs in each worker of a session. */
  readonly #prefix = `d${random().toString(36).slice(2, 8)}-`;
  #serial = 0;

  constructor(options: DisplaysOptions) {
    this.#options = options;
  }

  display(values: readonly unknown[]): DisplayHandle {
    const first = values[0];
    if (values.length === 1 && this.isHandle(first)) return first;
    const shown = this.#begin(this.#options.ambientExecution());
    this.#setValues(shown, values);
    return this.#handleOf(shown, (next) => this.#setValues(shown, next));
  }

  /** @param shownAs the contents as text */
  displayForm(form: PendingForm, shownAs: string): DisplayHandle {
    const shown = this.#begin(this.#options.ambientExecution());
    const set = (text: string): void => this.#set(shown, [text], () => [{ ...form, ...textForm(form.type, text) }]);
    set(shownAs);
    return this.#handleOf(shown, (values) =>
      values.length === 1 && typeof values[0] === 'string' ? set(values[0]) : this.#setValues(shown, values),
    );
  }

  displayProgress(values: readonly unknown[]): DisplayHandle {
    const shown = this.#begin(this.#options.ambientExecution());
    let latest: Progress = { done: 0, total: 1, label: '' };
    const set = ([done, total, label]: readonly unknown[]): void => {
      shown.version++;
      latest = {
        done: typeof done === 'number' && done >= 0 ? done : latest.done,
        total: typeof total === 'number' && total > 0 ? total : latest.total,
        label: typeof label === 'string' ? cut(label, 500) : latest.label,
      };
      this.#write(shown, () => progressContents(latest));
    };
    set(values);
    return this.#handleOf(shown, set);
  }

  isHandle(value: unknown): value is DisplayHandle {
    return typeof value === 'object' && value !== null && this.#handles.get(value) !== undefined;
  }

  /**
   * Displays the value of a cell, if it has a form that is no text: code of the value runs within the execution. Calls one of
   * the callbacks once, when all that the execution has displayed was written.
   *
   * @param ended called with the value; with `undefined` for a handle, since what it stands for was displayed
   */
  finish(
    execution: Execution,
    value: unknown,
    ended: (value: unknown) => void,
    failed: (thrown: unknown) => void,
  ): void {
    try {
      if (!this.isHandle(value))
        runExecution(execution, execution.context, () => this.#displayResult(execution, value));
    } catch (thrown) {
      failed(execution.interruption ?? thrown);
      return;
    }
    this.whenWritten(execution, () => {
      if (execution.interruption !== undefined) return failed(execution.interruption);
      try {
        ended(this.isHandle(value) ? undefined : value);
      } catch (thrown) {
        if (execution.settled) throw thrown;
        failed(thrown);
      }
    });
  }

  /** Calls back when all that the execution has displayed was written: at once, unless an image or a promise is still to come. */
  whenWritten(execution: Execution, written: () => void): void {
    const pending = this.#pending.get(execution);
    if (pending !== undefined && execution.interruption === undefined) {
      if (pending.waiting.push(written) === 1)
        execution.onInterrupt(() => intrinsics.enter(() => this.#giveUp(execution)));
      return;
    }
    this.#unsent.forEach((shown) => {
      if (shown.execution === execution) this.#send(shown);
    });
    written();
  }

  /** No longer waits for what the execution displays. */
  #giveUp(execution: Execution): void {
    const pending = this.#pending.get(execution);
    this.#pending.delete(execution);
    for (const written of pending?.waiting ?? []) this.whenWritten(execution, written);
  }

  #displayResult(execution: Execution, value: unknown): void {
    if (typeof value !== 'object' && typeof value !== 'function') return;
    const shown = { ...this.#begin(execution), isResult: true };
    const forms = this.#attempt(execution, () => this.#formsOf(shown, [value], false));
    if (forms === undefined || (!('then' in forms) && forms.length === 0)) return;
    this.#set(shown, [value], () => forms);
  }

  #begin(execution: Execution | undefined): Shown {
    return { id: `${this.#prefix}${++this.#serial}`, execution, version: 0, sent: -Infinity };
  }

  #handleOf(shown: Shown, update: (values: readonly unknown[]) => void): DisplayHandle {
    const handle = Object.freeze({
      id: shown.id,
      update: (...values: unknown[]): void => intrinsics.enter(() => update(values)),
    });
    this.#handles.set(handle, shown);
    return handle;
  }

  #setValues(shown: Shown, values: readonly unknown[]): void {
    this.#set(shown, this.#isRaw(values) ? [values[0]] : values, () => this.#formsOf(shown, values, true));
  }

  /** Whether the values are a bundle and the option that says so. */
  #isRaw([, options, ...more]: readonly unknown[]): boolean {
    if (typeof options !== 'object' || options === null || more.length > 0) return false;
    return dataProperty(options, 'raw', this.#options.isProxy) === true;
  }

  /**
   * Writes a value in the forms that it has, or as it is.
   *
   * @param values what is shown as it is
   */
  #set(shown: Shown, values: readonly unknown[], read: () => Forms): void {
    const version = ++shown.version;
    const document = this.#options.document();
    if (shown.sent > -Infinity && !document.isComponent(values[0])) document.replaced(shown.id);
    const plain = formatArguments(values, (value) => this.#options.preview(value));
    const setForms = (found: readonly PendingForm[] | undefined): void => {
      if (found === undefined || found.length === 0) return this.#write(shown, () => plain);
      if (found.every((form): form is Form => isComplete(form))) return this.#writeForms(shown, found, plain.text);
      if (shown.sent === -Infinity) this.#write(shown, () => plain);
      this.#await(shown, completed(found), (ready) => {
        if (shown.version === version) this.#writeForms(shown, ready as readonly Form[], plain.text);
      });
    };
    const forms = this.#attempt(shown.execution, read);
    if (forms === undefined || !('then' in forms)) return setForms(forms);
    // The bundle itself is still to come.
    if (shown.sent === -Infinity) this.#write(shown, () => plain);
    this.#await(shown, forms, (bundle) => {
      if (shown.version !== version || typeof bundle !== 'object' || bundle === null) return;
      setForms(this.#attempt(shown.execution, () => readBundle(bundle)));
    });
  }

  #formsOf({ id }: Shown, values: readonly unknown[], isExplicit: boolean): Forms {
    const [value] = values;
    if (typeof value !== 'object' && typeof value !== 'function') return undefined;
    if (value === null || values.length > 2) return undefined;
    const { isProxy, preview } = this.#options;
    const document = this.#options.document();
    if (document.isComponent(value)) return document.show(value, id, isExplicit);
    if (values.length === 2) return this.#isRaw(values) ? readBundle(value) : undefined;
    // A proxy is asked only where code displays it: the value of a cell may be one by chance, and asking runs its traps.
    const isAsked = isProxy(value) ? isExplicit : findProperty(value, method, isProxy) !== undefined;
    if (isAsked) {
      const make = intrinsics.runOutside(() => get(value, method) as unknown);
      const bundle =
        typeof make === 'function' ? intrinsics.runOutside(() => apply(make, value, []) as unknown) : undefined;
      if (typeof bundle === 'object' && bundle !== null)
        return brandOf(bundle, isProxy) === 'promise' ? (bundle as Promise<unknown>) : readBundle(bundle);
    }
    const image = brandOf(value, isProxy) === 'instance' ? imageForm(value) : undefined;
    if (image !== undefined) return [image];
    const table = isExplicit ? tableOf(value, isProxy, preview) : undefined;
    return table && [dataForm(tableType, table)];
  }

  /** Code of a value may throw, and what displays it goes on; a stop goes through. */
  #attempt<T>(execution: Execution | undefined, read: () => T): T | undefined {
    try {
      return read();
    } catch (thrown) {
      if (ExecutionInterruption.is(thrown) || execution?.interruption !== undefined) throw thrown;
      this.#writeFailure(execution, thrown);
      return undefined;
    }
  }

  #await(shown: Shown, promise: Promise<unknown>, fulfilled: (value: unknown) => void): void {
    const { execution } = shown;
    const pending = (execution && this.#pending.get(execution)) ?? { count: 0, waiting: [] };
    pending.count++;
    if (execution !== undefined && !execution.settled) this.#pending.set(execution, pending);
    const settle = (task: () => void): void =>
      intrinsics.enter(() => {
        try {
          if (execution?.interruption === undefined) task();
        } catch (thrown) {
          if (!ExecutionInterruption.is(thrown)) throw thrown;
        } finally {
          if (--pending.count === 0 && execution !== undefined) this.#giveUp(execution);
        }
      });
    const reactions = [
      (value: unknown) => settle(() => fulfilled(value)),
      (thrown: unknown) => settle(() => this.#writeFailure(execution, thrown)),
    ];
    intrinsics.runOutside(() => apply(nativeThen, promise, reactions) as unknown);
  }

  #writeForms(shown: Shown, found: readonly Form[], plainText: string): void {
    let room = maxBundleBytes;
    const forms = found.filter(({ type, bytes }) => {
      const fits = bytes.length <= room;
      if (fits) room -= bytes.length;
      else
        this.#writeNotice(
          shown,
          `${type} has ${bytes.length} bytes and is not shown: a bundle has at most ${maxBundleBytes}.`,
        );
      return fits;
    });
    const plain = forms.find(({ type }) => type === 'text/plain');
    const text = cut(plain === undefined ? plainText : new TextDecoder().decode(plain.bytes), maxPartCharacters);
    this.#write(shown, () => ({ parts: [{ text }], text, ...(forms.length > 0 && { forms }) }));
  }

  #write(shown: Shown, make: () => Contents): void {
    shown.waiting = make;
    if (now() - shown.sent >= updateInterval) return this.#send(shown);
    if (this.#unsent.has(shown)) return;
    this.#unsent.add(shown);
    startOwnTimer(() => this.#send(shown), updateInterval);
  }

  #send(shown: Shown): void {
    const { waiting, id, isResult } = shown;
    this.#unsent.delete(shown);
    if (waiting === undefined) return;
    const isUpdate = shown.sent > -Infinity;
    shown.waiting = undefined;
    shown.sent = now();
    const entry: ConsoleEntry = { method: 'display', level: 'log', ...waiting(), id };
    this.#options.write(shown.execution, { ...entry, ...(isUpdate && { isUpdate }), ...(isResult && { isResult }) });
  }

  #writeFailure(execution: Execution | undefined, thrown: unknown): void {
    const values = ['What was displayed threw:', thrown];
    const formatted = formatArguments(values, (value) => this.#options.preview(value));
    this.#options.write(execution, { method: 'error', level: 'error', ...formatted });
  }

  #writeNotice({ execution }: Shown, text: string): void {
    this.#options.write(execution, { method: 'notice', level: 'warn', parts: [{ text }], text });
  }
}

function progressContents(progress: Progress): Contents {
  const { done, total, label } = progress;
  const share = Math.floor((100 * Math.min(done, total)) / total);
  const text = `${label}${label === '' ? '' : ': '}${done} of ${total} (${share} %)`;
  const forms = [dataForm(progressType, progress), textForm('text/plain', text)];
  return { parts: [{ text }], text, forms };
}

function isComplete(form: PendingForm): form is Form {
  return !('then' in form.bytes);
}

/** Forms with their bytes; those that have none are left out. The promises are the kernel's own. */
function completed(forms: readonly PendingForm[]): Promise<readonly Form[]> {
  return new NativePromise((resolve, reject) => {
    const ready: Form[] = [];
    const next = (at: number): void => {
      const form = forms[at];
      const take = (bytes: Uint8Array | undefined): void =>
        intrinsics.enter(() => {
          if (bytes !== undefined) ready.push({ ...form!, bytes });
          next(at + 1);
        });
      if (form === undefined) resolve(ready);
      else if (isComplete(form)) take(form.bytes);
      else apply(nativeThen, form.bytes, [take, reject]);
    };
    next(0);
  });
}
