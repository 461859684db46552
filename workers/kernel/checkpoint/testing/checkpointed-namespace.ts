import { compileCell } from '../../../../src/compiler/index.js';
import { ClassDecoration } from '../../../../src/compiler/erase/decorate.js';
import type { CellRuntime } from '../../../../src/compiler/runtime-types.js';
import type { FunctionOrigin } from '../../../../src/compiler/types.js';
import { activations } from '../../../../src/context/activations/activations.js';
import { Namespace } from '../../namespace/namespace.js';
import { checkpointLimits, type CheckpointLimits, type GroupText } from '../format.js';
import { importSlots } from '../checkpoints.js';
import { GlobalPaths } from '../global-paths.js';
import { GraphReader } from '../graph-reader.js';
import { GraphWriter } from '../graph-writer.js';
import { NamespaceCheckpoint, type CheckpointUpdate, type Extent } from '../namespace-checkpoint.js';
import { readGroups } from '../read-groups.js';
import { observe } from './observe.js';
import { restoreGroups, type Restored } from '../restore.js';

const indirectEval = globalThis.eval;
const globals = new GlobalPaths(globalThis);
/** The same for all namespaces, as those of a page's server are. What code changes of a module is not restored, so nothing can be changed. */
const modules: Readonly<Record<string, object>> = {
  lib: Object.freeze({ list: Object.freeze([1]), base: 5, default: Object.freeze({ deep: Object.freeze({}) }) }),
};

/** A namespace whose cells run here, and the checkpoint of it: what a worker has, without one. */
export class CheckpointedNamespace {
  readonly namespace = new Namespace();
  readonly checkpoint: NamespaceCheckpoint;
  /** What a host would keep. */
  readonly groups = new Map<number, { readonly names: readonly string[]; readonly text: string }>();
  lost: CheckpointUpdate['lost'] = [];
  time = 0;
  /** Milliseconds that pass whenever the clock is read. */
  pace = 0;
  readonly #origins = new Map<string, FunctionOrigin>();
  readonly #owner = { settled: true, mode: 'async' as const };

  constructor(limits: Partial<CheckpointLimits> = {}) {
    const writer = new GraphWriter({
      isProxy: () => false,
      originOf: (fn) => this.#origins.get(Function.prototype.toString.call(fn)),
      globalPath: (object) => globals.pathOf(object),
      toolPath: () => undefined,
      importSlot: (object) => importSlots(this.namespace.slots()).get(object),
      roots: () => this.namespace.slots().map((slot) => slot.isInitialised && slot.source === undefined && slot.value),
    });
    this.checkpoint = new NamespaceCheckpoint({
      namespace: this.namespace,
      writer,
      limits: { ...checkpointLimits, ...limits },
      now: () => (this.time += this.pace),
      begin: () => writer.begin(),
    });
  }

  /** What a new worker has of it, after all of it went through text. */
  async restored(): Promise<{ readonly fresh: CheckpointedNamespace; readonly report: Restored }> {
    const fresh = new CheckpointedNamespace();
    const text = [...this.groups.values()].map((group) => group.text).join('\n');
    const report = await new Promise<Restored>((resolve) =>
      restoreGroups(
        readGroups(text),
        {
          namespace: fresh.namespace,
          owner: fresh.#owner,
          hooks: { global: (path) => globals.resolve(path), tool: () => undefined },
          run: (source, defines, succeeded, failed) => void fresh.#start(source, defines).then(succeeded, failed),
        },
        resolve,
      ),
    );
    fresh.checkpoint.touch();
    return { fresh, report };
  }

  async run(source: string): Promise<unknown> {
    const value = await this.#start(source, false);
    this.checkpoint.touch();
    return value;
  }

  async #start(source: string, defines: boolean): Promise<unknown> {
    const cell = compileCell(source, this.namespace, { fileName: 'cell-1.ts', defines });
    for (const [generated, origin] of cell.functionOrigins()) this.#origins.set(generated, origin);
    const runtime: CellRuntime = {
      value: undefined,
      activations,
      meta: {},
      declare: (name, kind, isAssigned) => this.namespace.declare(name, kind, this.#owner, isAssigned),
      record: (name) => this.namespace.record(name),
      late: (name) => this.namespace.late(name),
      lateType: (name) => this.namespace.lateType(name),
      target: (name) => this.namespace.target(name),
      import: async (specifier) => {
        const module = modules[specifier as string];
        if (module === undefined) throw new Error(`There is no module ${specifier as string} here.`);
        return module;
      },
      decorate: () => new ClassDecoration(),
    };
    await (indirectEval(cell.code) as (runtime: CellRuntime) => Promise<void>)(runtime);
    return runtime.value;
  }

  set(name: string, value: unknown): void {
    this.namespace.declare(name, 'let', this.#owner).init = value;
    this.checkpoint.touch();
  }

  get(name: string): unknown {
    return this.namespace.get(name)!.value;
  }

  /** Names that have a value, in their order. */
  names(): string[] {
    return this.namespace
      .slots()
      .filter(({ isInitialised }) => isInitialised)
      .map(({ name }) => name);
  }

  /** All that code can see of these names. */
  observe(names: readonly string[], more: readonly unknown[] = []): string[] {
    return [
      ...names.map((name) => `${this.namespace.kind(name)} ${name}`),
      ...observe([...names.map((name) => this.get(name)), ...more], {
        globalPath: (object) => globals.pathOf(object),
        sourceOf: (fn) => this.#origins.get(Function.prototype.toString.call(fn))?.source,
      }),
    ];
  }

  /** What the functions that names, their members and prototypes hold give when they are called and constructed. */
  async callAll(names: readonly string[]): Promise<string[]> {
    const outcomes: unknown[] = [];
    for (const name of names) {
      const value = this.get(name);
      for (const holder of [undefined, value, (value as { prototype?: unknown } | undefined | null)?.prototype]) {
        if (Object(holder) !== holder && holder !== undefined) continue;
        const held =
          holder === undefined
            ? [value]
            : Reflect.ownKeys(holder as object).map((key) =>
                outcomeOf(() => (holder as Record<PropertyKey, unknown>)[key]),
              );
        for (const fn of held) {
          if (typeof fn !== 'function' || globals.pathOf(fn) !== undefined) continue;
          outcomes.push(
            await outcomeOf(() => Reflect.apply(fn, holder, [1]) as unknown),
            await outcomeOf(() => Reflect.construct(fn, [2]) as unknown),
          );
        }
      }
    }
    return this.observe(names, outcomes);
  }

  /** Takes an update as a host does; gives the names that it holds. */
  update(extent: Extent = 'all'): readonly (readonly string[])[] {
    const update = this.checkpoint.update(extent);
    for (const id of update?.removed ?? []) this.groups.delete(id);
    for (const { id, names, text } of update?.changed ?? []) this.groups.set(id, { names, text });
    this.lost = update?.lost ?? this.lost;
    return update?.changed.map(({ names }) => names) ?? [];
  }

  lostReasons(): Record<string, string> {
    return Object.fromEntries(this.lost.map(({ name, reason }) => [name, reason]));
  }

  /** What is kept, made anew without functions. */
  readData(): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const { text } of this.groups.values()) {
      const group = JSON.parse(text) as GroupText;
      const reader = new GraphReader(group, {
        global: (path) => globals.resolve(path),
        tool: () => undefined,
        imported: () => undefined,
      });
      reader.make();
      reader.finish();
      for (const [, name, , slot] of group.names) values[name] = reader.valueOf(slot);
    }
    return values;
  }
}

/** What it gives, or the kind of what it throws: engines put names that a class has inside them into messages. */
function outcomeOf(run: () => unknown): unknown {
  try {
    const value = run();
    return value instanceof Promise ? value.then((settled: unknown) => [settled], kindOf) : value;
  } catch (error) {
    return kindOf(error);
  }
}

const kindOf = (error: unknown): string => `threw ${error instanceof Error ? error.name : typeof error}`;
