import { compileCell } from '../../../../src/compiler/index.js';
import { ClassDecoration } from '../../../../src/compiler/erase/decorate.js';
import type { CellRuntime } from '../../../../src/compiler/runtime-types.js';
import type { FunctionOrigin } from '../../../../src/compiler/types.js';
import { activations } from '../../../../src/context/activations/activations.js';
import { Namespace } from '../../namespace/namespace.js';
import { checkpointLimits, type CheckpointLimits, type GroupText } from '../graph/format.js';
import { importSlots } from '../checkpoints.js';
import { GlobalPaths } from '../graph/global-paths.js';
import { GraphReader } from '../graph/graph-reader.js';
import { GraphWriter } from '../graph/graph-writer.js';
import { NamespaceCheckpoint, type CheckpointUpdate, type Extent } from '../namespace-checkpoint.js';
import { readGroups } from '../read-groups.js';
import { observe } from './observe.js';
import { restoreGroups, type Restored } from '../restore.js';

const indirectEval = globalThis.eval;
const globals = new GlobalPaths(globalThis);
/** Shared by all namespaces, like modules on a server. Frozen, since changes of a module are not restored. */
const modules: Readonly<Record<string, object>> = {
  lib: Object.freeze({ list: Object.freeze([1]), base: 5, default: Object.freeze({ deep: Object.freeze({}) }) }),
};

function moduleOf(specifier: string): object {
  const module = modules[specifier];
  if (module === undefined) throw new Error(`There is no module ${specifier} here.`);
  return module;
}

/** A namespace with its checkpoint, as in a worker, whose cells run in this realm. */
export class CheckpointedNamespace {
  readonly namespace = new Namespace();
  readonly checkpoint: NamespaceCheckpoint;
  /** The groups that a host would keep. */
  readonly groups = new Map<number, { readonly names: readonly string[]; readonly text: string }>();
  lost: CheckpointUpdate['lost'] = [];
  time = 0;
  /** Milliseconds that pass on each reading of the clock. */
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

  /** Restores the checkpoint's text in a new namespace, as a new worker does. */
  async restored(): Promise<{ readonly fresh: CheckpointedNamespace; readonly report: Restored }> {
    const fresh = new CheckpointedNamespace();
    const text = [...this.groups.values()].map((group) => group.text).join('\n');
    const report = await new Promise<Restored>((resolve) =>
      restoreGroups(
        readGroups(text),
        {
          namespace: fresh.namespace,
          target: fresh.namespace,
          owner: fresh.#owner,
          hooks: {
            global: (path) => globals.resolve(path),
            tool: () => undefined,
            isProxy: () => false,
          },
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
      import: async (specifier) => moduleOf(specifier as string),
      imports: async () =>
        cell.links.requests.map(({ specifier }) => {
          const module = moduleOf(specifier);
          return { namespace: module, bindings: module as Record<string, unknown> };
        }),
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

  /** Initialised names, in order. */
  names(): string[] {
    return this.namespace
      .slots()
      .filter(({ isInitialised }) => isInitialised)
      .map(({ name }) => name);
  }

  /** Everything that code can observe of these names. */
  observe(names: readonly string[], more: readonly unknown[] = []): string[] {
    return [
      ...names.map((name) => `${this.namespace.kind(name)} ${name}`),
      ...observe([...names.map((name) => this.get(name)), ...more], {
        globalPath: (object) => globals.pathOf(object),
        sourceOf: (fn) => this.#origins.get(Function.prototype.toString.call(fn))?.source,
      }),
    ];
  }

  /** Calls and constructs the functions in names, their members and prototypes, and returns the outcomes. */
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

  /** Applies an update as a host does, and returns its names. */
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

  /** Restores the kept data, without functions. */
  readData(): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const { text } of this.groups.values()) {
      const group = JSON.parse(text) as GroupText;
      const reader = new GraphReader(group, {
        global: (path) => globals.resolve(path),
        tool: () => undefined,
        isProxy: () => false,
        imported: () => undefined,
      });
      reader.make();
      reader.finish();
      for (const [, name, , slot] of group.names) values[name] = reader.valueOf(slot);
    }
    return values;
  }
}

/** The result, or the class of the thrown error: messages differ, since engines quote a class's inner name. */
function outcomeOf(run: () => unknown): unknown {
  try {
    const value = run();
    return value instanceof Promise ? value.then((settled: unknown) => [settled], kindOf) : value;
  } catch (error) {
    return kindOf(error);
  }
}

const kindOf = (error: unknown): string => `threw ${error instanceof Error ? error.name : typeof error}`;
