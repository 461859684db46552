import type { NameLoss } from '../../../src/protocol/messages/checkpoint.js';
import type { Namespace } from '../namespace/namespace.js';
import type { SlotOwner } from '../namespace/slot.js';
import type { GroupText, NameText, NodeText } from './graph/format.js';
import { GraphReader, reasonOf, type ReaderHooks } from './graph/graph-reader.js';

export interface Restored {
  readonly restored: readonly string[];
  readonly lost: readonly NameLoss[];
  /** Groups whose names were all restored. */
  readonly whole: readonly GroupText[];
  /** Nothing was bound, since a name has changed meanwhile. */
  readonly isStale?: boolean;
}

export interface RestoreOptions {
  /** In which definitions run. */
  readonly namespace: Namespace;
  /** In which names are bound; imports are always bound in the other one. */
  readonly target: Namespace;
  /** The owner of the restored names. It has settled, so that code may redeclare them meanwhile. */
  readonly owner: SlotOwner;
  readonly hooks: Omit<ReaderHooks, 'imported'>;
  /**
   * Runs source as a cell with a time limit. Calls back with the value or the thrown error.
   * @param defines whether the source is a definition, whose code must not run
   */
  run(source: string, defines: boolean, succeeded: (value: unknown) => void, failed: (thrown: unknown) => void): void;
}

/**
 * Binds the names of groups: imports, then data, then functions and classes from their source, then objects that refer to
 * these. A name that can't be restored completely is not bound, and reported as lost.
 */
export function restoreGroups(
  groups: readonly GroupText[],
  options: RestoreOptions,
  done: (restored: Restored) => void,
): void {
  new Restoration(groups, options, done).start();
}

interface RestoredName {
  readonly reader: GraphReader;
  readonly text: NameText;
}

class Restoration {
  readonly #options: RestoreOptions;
  readonly #done: (restored: Restored) => void;
  readonly #readers: readonly GraphReader[];
  #names: readonly RestoredName[];
  /** Readers of groups with a name that was not restored. */
  readonly #partial = new Set<GraphReader>();
  readonly #lost: NameLoss[] = [];
  readonly #modules = new Map<string, object>();
  readonly #failedImports = new Map<string, string>();
  /** Reasons why whole groups could not be read. */
  readonly #failedGroups = new Map<GraphReader, string>();
  /** Names declared before the restoration. */
  readonly #known: ReadonlySet<string>;

  constructor(groups: readonly GroupText[], options: RestoreOptions, done: (restored: Restored) => void) {
    this.#options = options;
    this.#done = done;
    this.#known = new Set(options.target.slots().map(({ name }) => name));
    const hooks: ReaderHooks = {
      ...options.hooks,
      imported: (specifier, exportName) => {
        const module = this.#modules.get(specifier);
        if (module === undefined) throw new TypeError(`the module "${specifier}" is missing`);
        return exportName === undefined ? module : (module as Readonly<Record<string, unknown>>)[exportName];
      },
    };
    this.#readers = groups.map((group) => new GraphReader(group, hooks));
    this.#names = this.#readers
      .flatMap((reader) => reader.group.names.map((text) => ({ reader, text })))
      .sort((a, b) => a.text[0] - b.text[0]);
  }

  start(): void {
    const { target: namespace, owner, run } = this.#options;
    // All names are declared first, to keep their original order.
    this.#names = this.#names.filter(({ reader, text: [, name, kind] }) => {
      const reason = namespace.refusalOf([name]);
      if (reason === undefined) namespace.declare(name, kind, owner);
      else this.#lose(reader, name, reason);
      return reason === undefined;
    });
    const imports = this.#names.map(({ text }) => text).filter(isImport);
    inTurn(
      imports,
      (text, next) => {
        const [, name, , specifier] = text;
        const failed = (thrown: unknown): void => {
          this.#failedImports.set(name, this.#reasonOf(thrown));
          next();
        };
        run(
          `${importText(text)}await import(${JSON.stringify(specifier)})`,
          false,
          (module) => {
            this.#modules.set(specifier, module as object);
            next();
          },
          failed,
        );
      },
      () => this.#safely(() => this.#functions()),
    );
  }

  /** Runs a step; if it throws, reports all names as lost, so that the caller always gets an answer. */
  #safely(step: () => void): void {
    try {
      step();
    } catch (error) {
      const lost = this.#names.map(({ text: [, name] }) => ({ name, reason: this.#reasonOf(error) }));
      this.#done({ restored: [], lost, whole: [] });
    }
  }

  #functions(): void {
    for (const reader of this.#readers) {
      try {
        reader.make();
      } catch (error) {
        this.#failedGroups.set(reader, this.#reasonOf(error));
      }
    }
    const readers = this.#readers.filter((reader) => !this.#failedGroups.has(reader));
    this.#bind();
    inTurn(
      readers.flatMap((reader) => reader.functions().map((node) => ({ reader, node }))),
      ({ reader, node }, next) => this.#evaluate(reader, node, next),
      () =>
        this.#safely(() => {
          for (const reader of readers) reader.finish();
          this.#finish();
        }),
    );
  }

  #evaluate(reader: GraphReader, node: NodeText, next: () => void): void {
    const source = node.v as string;
    const { namespace, run } = this.#options;
    const failed = (thrown: unknown): void => {
      reader.fail(node, this.#reasonOf(thrown));
      next();
    };
    const take = (fn: unknown): void => {
      if (typeof fn !== 'function') return failed(new TypeError('its source is not a function'));
      reader.setFunction(node, fn);
      next();
    };
    if (node.t === 'method') run(`({${source}\n})`, true, (object) => take(methodOf(object)), failed);
    else if (node.d === undefined) run(`(${source}\n)`, true, take, failed);
    else {
      // The function refers to itself by its declared name, which may have another value or none.
      const name = node.d;
      const restoreName = namespace.get(name)?.capture();
      run(
        source,
        true,
        () => {
          const fn = namespace.get(name)?.value;
          if (restoreName === undefined) namespace.remove(name);
          else restoreName();
          take(fn);
        },
        failed,
      );
    }
  }

  /** Binds names that need no function, since computed member names of classes may read them. */
  #bind(): void {
    for (const { reader, text } of this.#names) {
      const value = isImport(text) || this.#failedGroups.has(reader) ? undefined : reader.valueOf(text[3]);
      if (value !== undefined) this.#options.target.declare(text[1], text[2], this.#options.owner).init = value;
    }
  }

  #finish(): void {
    const { target: namespace, owner } = this.#options;
    const restored: string[] = [];
    for (const { reader, text } of this.#names) {
      const [, name, kind, slot] = text;
      const reason =
        this.#failedGroups.get(reader) ?? (isImport(text) ? this.#failedImports.get(name) : reader.failureOf(slot));
      if (reason !== undefined) {
        this.#lose(reader, name, reason);
        if (!this.#known.has(name)) namespace.remove(name);
        continue;
      }
      if (!isImport(text)) namespace.declare(name, kind, owner).init = reader.valueOf(slot);
      restored.push(name);
    }
    this.#done({
      restored,
      lost: this.#lost,
      whole: this.#readers.filter((reader) => !this.#partial.has(reader)).map(({ group }) => group),
    });
  }

  #reasonOf(thrown: unknown): string {
    return reasonOf(thrown, this.#options.hooks.isProxy);
  }

  #lose(reader: GraphReader, name: string, reason: string): void {
    this.#lost.push({ name, reason });
    this.#partial.add(reader);
  }
}

type ImportText = Extract<NameText, readonly [number, string, 'import', ...unknown[]]>;

const isImport = (text: NameText): text is ImportText => text[2] === 'import';

function inTurn<T>(items: readonly T[], handle: (item: T, next: () => void) => void, done: () => void): void {
  let index = 0;
  const next = (): void => {
    const item = items[index++];
    if (item === undefined) done();
    else handle(item, next);
  };
  next();
}

function methodOf(object: unknown): unknown {
  const [key] = Reflect.ownKeys(object as object);
  const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(object, key);
  return descriptor?.value ?? descriptor?.get ?? descriptor?.set;
}

function importText([, name, , specifier, exportName]: ImportText): string {
  const clause = exportName === null ? `* as ${name}` : `{ ${JSON.stringify(exportName)} as ${name} }`;
  return `import ${clause} from ${JSON.stringify(specifier)};`;
}
