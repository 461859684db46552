import type { LinkedModule } from '../../../src/compiler/runtime-types.js';
import type { CompiledModule, ModuleLinks, Reexport } from '../../../src/compiler/types.js';
import { intrinsics } from '../realm/intrinsics.js';
import { EvaluatedModule } from './evaluation.js';
import { ModuleNamespace, type ExportGetter } from './module-namespace.js';

/** Where the name of an export leads: to a variable of a module, or without a name to a module's namespace. */
interface Binding {
  readonly record: ModuleRecord;
  readonly name: string | undefined;
}

/** How a module is described. */
export interface ModuleDescription {
  /** The address after redirects, the base of relative imports; of a cell, its file name. */
  readonly url: string;
  sourceOf(): string;
  readonly links: ModuleLinks;
  /** Its text, and whether it suspends at its top level. Without it, no code runs. */
  readonly compiled?: CompiledModule;
  /** What the module exports without code, such as the value of JSON. */
  readonly exports?: Readonly<Record<string, ExportGetter>>;
  /** Whether it is a cell, whose errors have a place of their own. */
  readonly isCell?: boolean;
  /** What to do if it is no ECMAScript module. */
  readonly hint?: string;
}

const assignConstant = (): never => {
  throw new NativeTypeError('Assignment to constant variable.');
};
const NativeTypeError = TypeError;
let serial = 0;

/** A module with its dependencies, its exports and its state: a Cyclic Module Record of ECMA-262, 16.2.1.6. */
export class ModuleRecord extends EvaluatedModule<ModuleRecord> implements LinkedModule {
  readonly bindings = Object.create(null) as Record<string, unknown>;
  /** Own exports. */
  exports: Readonly<Record<string, ExportGetter>>;
  /** The generator of the module's code: linked by its first step, evaluated by its second. */
  code: Generator<void, void> | AsyncGenerator<void, void> | undefined;
  /** Whether it and all that it imports have been linked. */
  isLinked = false;
  /** The offset of the name that failed to link; of a cell, also that of the import that failed to load. */
  failedAt: number | undefined;
  readonly #serial = ++serial;
  readonly #reexports: ReadonlyMap<string, Reexport>;
  #names: ReadonlySet<string> | undefined;
  #starNames: ReadonlyMap<string, ModuleRecord[]> | undefined;
  #namespace: ModuleNamespace | undefined;

  constructor(readonly description: ModuleDescription) {
    super(description.compiled?.suspends === true);
    this.exports = description.exports ?? (Object.create(null) as Record<string, ExportGetter>);
    this.#reexports = new Map(description.links.reexports.map((one) => [one.exported, one]));
  }

  /** Whether nothing shows that it is an ECMAScript module. */
  get isEmpty(): boolean {
    const { requests, reexports, stars } = this.description.links;
    return requests.length + reexports.length + stars.length + Object.keys(this.exports).length === 0;
  }

  get namespace(): object {
    if (this.#namespace === undefined) {
      this.#namespace = new ModuleNamespace();
      if (this.isLinked) intrinsics.enter(() => this.#seal());
    }
    return this.#namespace.object;
  }

  /** Every module of the graph has told its exports, and all of them resolve. */
  linked(): void {
    this.isLinked = true;
    if (this.#namespace !== undefined) this.#seal();
  }

  #seal(): void {
    const getters = new Map<string, ExportGetter>();
    for (const name of this.#allNames()) {
      const binding = this.resolve(name);
      if (typeof binding === 'object') getters.set(name, getterOf(binding));
    }
    this.#namespace!.seal(getters);
  }

  /** Makes an export readable by name. Answers where it is. */
  bind(name: string): Binding | 'ambiguous' | undefined {
    const binding = this.resolve(name);
    if (typeof binding === 'object' && !(name in this.bindings))
      Object.defineProperty(this.bindings, name, { get: getterOf(binding), set: assignConstant, enumerable: true });
    return binding;
  }

  /** ECMA-262, 16.2.1.6.3, ResolveExport. */
  resolve(name: string, seen: Set<string> = new Set()): Binding | 'ambiguous' | undefined {
    const key = `${this.#serial} ${name}`;
    if (seen.has(key)) return undefined;
    seen.add(key);
    if (name in this.exports) return { record: this, name };
    const reexport = this.#reexports.get(name);
    if (reexport !== undefined) {
      const record = this.dependencies[reexport.from]!;
      return reexport.name === undefined ? { record, name: undefined } : record.resolve(reexport.name, seen);
    }
    let found: Binding | undefined;
    for (const record of this.#starsWith(name)) {
      const binding = record.resolve(name, seen);
      if (binding === 'ambiguous') return binding;
      if (binding === undefined) continue;
      if (found !== undefined && (found.record !== binding.record || found.name !== binding.name)) return 'ambiguous';
      found = binding;
    }
    return found;
  }

  #starsWith(name: string): readonly ModuleRecord[] {
    if (this.#starNames === undefined) {
      const found = new Map<string, ModuleRecord[]>();
      for (const star of this.description.links.stars) {
        const record = this.dependencies[star]!;
        for (const one of record.#allNames()) {
          if (one === 'default') continue;
          const records = found.get(one);
          if (records === undefined) found.set(one, [record]);
          else records.push(record);
        }
      }
      this.#starNames = found;
    }
    return this.#starNames.get(name) ?? [];
  }

  /** Its own names, and those of all that it reaches by `export *`. Not all of them resolve. */
  #allNames(): ReadonlySet<string> {
    if (this.#names !== undefined) return this.#names;
    const names = new Set<string>();
    const reached = new Set<ModuleRecord>([this]);
    for (const record of reached) {
      for (const name of [...Object.keys(record.exports), ...record.#reexports.keys()]) names.add(name);
      for (const star of record.description.links.stars) reached.add(record.dependencies[star]!);
    }
    this.#names = names;
    return names;
  }
}

function getterOf({ record, name }: Binding): ExportGetter {
  return name === undefined ? () => record.namespace : record.exports[name]!;
}
