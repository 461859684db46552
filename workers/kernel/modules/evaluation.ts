import { apply } from '../../../src/context/pristine-built-ins.js';
import { intrinsics } from '../realm/intrinsics.js';

interface Settled {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(thrown: unknown): void;
}

const NativePromise = Promise;
const nativeThen = Promise.prototype.then;

/** The state of one module's evaluation: fields of a Cyclic Module Record, with the names of ECMA-262, 16.2.1.6. */
export class EvaluatedModule<Self> {
  readonly dependencies: Self[] = [];
  status: 'linked' | 'evaluating' | 'evaluating-async' | 'evaluated' = 'linked';
  /** What evaluating it threw. It is thrown at each later import. */
  failure: { readonly thrown: unknown } | undefined;
  index = 0;
  ancestorIndex = 0;
  cycleRoot: Self | undefined;
  /** Set while it waits for itself or for a dependency: the order in which modules came to wait. */
  asyncOrder: number | undefined;
  pendingDependencies = 0;
  readonly asyncParents: Self[] = [];
  settled: Settled | undefined;

  constructor(readonly hasTopLevelAwait: boolean) {}
}

/** Evaluates linked modules, each once, in the order of ECMA-262, 16.2.1.6.1.3. */
export class ModuleEvaluation<Record extends EvaluatedModule<Record>> {
  readonly #execute: (record: Record) => unknown;
  #serial = 0;

  /** @param execute runs a module's code; answers a promise if the code has a top-level await */
  constructor(execute: (record: Record) => unknown) {
    this.#execute = execute;
  }

  /** Resolves when the module, and all that it imports, have been evaluated; rejects with what one of them threw. */
  evaluate(requested: Record): Promise<void> {
    const record = requested.cycleRoot ?? requested;
    if (record.settled !== undefined) return record.settled.promise;
    const settled = withResolvers();
    record.settled = settled;
    const stack: Record[] = [];
    try {
      this.#visit(record, stack);
      if (record.asyncOrder === undefined) settled.resolve();
    } catch (thrown) {
      for (const one of stack) end(one, { thrown });
      settled.reject(thrown);
    }
    return settled.promise;
  }

  #visit(record: Record, stack: Record[]): void {
    if (record.status !== 'linked') {
      if (record.failure !== undefined) throw record.failure.thrown;
      return;
    }
    record.status = 'evaluating';
    record.index = record.ancestorIndex = ++this.#serial;
    stack.push(record);
    for (const dependency of record.dependencies) {
      this.#visit(dependency, stack);
      const isInCycle = dependency.status === 'evaluating';
      const required = isInCycle ? dependency : dependency.cycleRoot!;
      if (isInCycle) record.ancestorIndex = Math.min(record.ancestorIndex, dependency.ancestorIndex);
      else if (required.failure !== undefined) throw required.failure.thrown;
      if (required.asyncOrder === undefined) continue;
      record.pendingDependencies += 1;
      required.asyncParents.push(record);
    }
    if (record.pendingDependencies > 0 || record.hasTopLevelAwait) {
      record.asyncOrder = ++this.#serial;
      if (record.pendingDependencies === 0) this.#start(record);
    } else this.#execute(record);
    if (record.ancestorIndex !== record.index) return;
    let one: Record;
    do {
      one = stack.pop()!;
      one.status = one.asyncOrder === undefined ? 'evaluated' : 'evaluating-async';
      one.cycleRoot = record;
    } while (one !== record);
  }

  #start(record: Record): void {
    apply(nativeThen, this.#execute(record), [
      () => intrinsics.enter(() => this.#fulfilled(record)),
      (thrown: unknown) => intrinsics.enter(() => reject(record, thrown)),
    ]);
  }

  #fulfilled(record: Record): void {
    if (record.status === 'evaluated') return;
    end(record);
    const ready: Record[] = [];
    gatherAncestors(record, ready);
    for (const one of ready.sort((a, b) => a.asyncOrder! - b.asyncOrder!)) {
      if (one.status === 'evaluated') continue;
      if (one.hasTopLevelAwait) this.#start(one);
      else
        try {
          this.#execute(one);
          end(one);
        } catch (thrown) {
          reject(one, thrown);
        }
    }
  }
}

/** Those that waited for this module alone. */
function gatherAncestors<Record extends EvaluatedModule<Record>>(record: Record, ready: Record[]): void {
  for (const parent of record.asyncParents) {
    if (ready.includes(parent) || parent.cycleRoot?.failure !== undefined) continue;
    parent.pendingDependencies -= 1;
    if (parent.pendingDependencies > 0) continue;
    ready.push(parent);
    if (!parent.hasTopLevelAwait) gatherAncestors(parent, ready);
  }
}

function reject<Record extends EvaluatedModule<Record>>(record: Record, thrown: unknown): void {
  if (record.status === 'evaluated') return;
  end(record, { thrown });
  for (const parent of record.asyncParents) reject(parent, thrown);
}

function end<Record extends EvaluatedModule<Record>>(record: Record, failure?: Record['failure']): void {
  record.status = 'evaluated';
  record.asyncOrder = undefined;
  record.failure = failure;
  if (failure === undefined) record.settled?.resolve();
  else record.settled?.reject(failure.thrown);
}

function withResolvers(): Settled {
  let settle!: Pick<Settled, 'resolve' | 'reject'>;
  const promise = new NativePromise<void>((resolve, refuse) => (settle = { resolve, reject: refuse }));
  return { promise, ...settle };
}
