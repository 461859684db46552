import type { NameLoss } from '../../../src/protocol/messages/checkpoint.js';
import type { Namespace } from '../namespace/namespace.js';
import type { SlotOwner } from '../namespace/slot.js';
import type { GroupText, NameText, NodeText } from './format.js';
import { GraphReader, reasonOf, type ReaderHooks } from './graph-reader.js';

export interface Restored {
  readonly restored: readonly string[];
  readonly lost: readonly NameLoss[];
  /** Groups of which every name came back. */
  readonly whole: readonly GroupText[];
}

export interface RestoreOptions {
  readonly namespace: Namespace;
  /** It has settled: whoever runs meanwhile may declare the names anew. */
  readonly owner: SlotOwner;
  readonly hooks: Omit<ReaderHooks, 'imported'>;
  /**
   * Runs source as a cell, within a deadline; calls back with its value or with what it threw.
   * @param defines whether it is a definition, of which nothing is to run
   */
  run(source: string, defines: boolean, succeeded: (value: unknown) => void, failed: (thrown: unknown) => void): void;
}

/**
 * Binds what groups hold: imports, then data, then functions and classes by evaluating their source, then what holds
 * those. A name that can't come back whole is not bound, and named.
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
  /** Of groups of which a name did not come back. */
  readonly #partial = new Set<GraphReader>();
  readonly #lost: NameLoss[] = [];
  readonly #modules = new Map<string, object>();
  readonly #failedImports = new Map<string, string>();
  /** Why nothing of a group can be had. */
  readonly #failedGroups = new Map<GraphReader, string>();
  /** Names that were there before. */
  readonly #known: ReadonlySet<string>;

  constructor(groups: readonly GroupText[], options: RestoreOptions, done: (restored: Restored) => void) {
    this.#options = options;
    this.#done = done;
    this.#known = new Set(options.namespace.slots().map(({ name }) => name));
    const hooks: ReaderHooks = {
      ...options.hooks,
      imported: (specifier, exportName) => {
        const module = this.#modules.get(specifier);
        if (module === undefined) throw new TypeError(`the module "${specifier}" is not there`);
        return exportName === undefined ? module : (module as Readonly<Record<string, unknown>>)[exportName];
      },
    };
    this.#readers = groups.map((group) => new GraphReader(group, hooks));
    this.#names = this.#readers
      .flatMap((reader) => reader.group.names.map((text) => ({ reader, text })))
      .sort((a, b) => a.text[0] - b.text[0]);
  }

  start(): void {
    const { namespace, owner, run } = this.#options;
    // All at once, so that they are listed in the order in which they were first declared.
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
          this.#failedImports.set(name, reasonOf(thrown));
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

  /** Whoever asked has an answer, whatever goes wrong. */
  #safely(step: () => void): void {
    try {
      step();
    } catch (error) {
      const lost = this.#names.map(({ text: [, name] }) => ({ name, reason: reasonOf(error) }));
      this.#done({ restored: [], lost, whole: [] });
    }
  }

  #functions(): void {
    for (const reader of this.#readers) {
      try {
        reader.make();
      } catch (error) {
        this.#failedGroups.set(reader, reasonOf(error));
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
      reader.fail(node, reasonOf(thrown));
      next();
    };
    const take = (fn: unknown): void => {
      if (typeof fn !== 'function') return failed(new TypeError('its source is no function'));
      reader.setFunction(node, fn);
      next();
    };
    if (node.t === 'method') run(`({${source}\n})`, true, (object) => take(methodOf(object)), failed);
    else if (node.d === undefined) run(`(${source}\n)`, true, take, failed);
    else {
      // It finds itself by the name that declares it, which may be bound to something else, or be nobody's.
      const name = node.d;
      const putBack = namespace.get(name)?.capture();
      run(
        source,
        true,
        () => {
          const fn = namespace.get(name)?.value;
          if (putBack === undefined) namespace.remove(name);
          else putBack();
          take(fn);
        },
        failed,
      );
    }
  }

  /** Binds what needs no function, for computed names of classes that read it. */
  #bind(): void {
    for (const { reader, text } of this.#names) {
      const value = isImport(text) || this.#failedGroups.has(reader) ? undefined : reader.valueOf(text[3]);
      if (value !== undefined) this.#options.namespace.declare(text[1], text[2], this.#options.owner).init = value;
    }
  }

  #finish(): void {
    const { namespace, owner } = this.#options;
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
