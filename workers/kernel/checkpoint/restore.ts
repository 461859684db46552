import { maxNameCharacters, maxNames } from '../../../src/protocol/bounds.js';
import type { NameLoss } from '../../../src/protocol/messages/checkpoint.js';
import type { Namespace } from '../namespace/namespace.js';
import type { SlotOwner } from '../namespace/slot.js';
import type { GroupText, NameText, NodeText } from './format.js';
import { GraphReader, type ReaderHooks } from './graph-reader.js';

export interface Restored {
  readonly restored: readonly string[];
  readonly lost: readonly NameLoss[];
  /** Groups of which every name came back. */
  readonly whole: readonly GroupText[];
}

export interface RestoreOptions {
  readonly namespace: Namespace;
  readonly owner: SlotOwner;
  readonly hooks: ReaderHooks;
  /** Runs source as a cell; calls back with its value or with what it threw. */
  run(source: string, succeeded: (value: unknown) => void, failed: (thrown: unknown) => void): void;
}

/** What cannot be read as groups of a checkpoint. */
export class CheckpointFormatError extends Error {
  override readonly name = 'CheckpointFormatError';

  constructor(problem: string) {
    super(`The checkpoint can't be read: ${problem}. Nothing was restored. Use one that session.checkpoint() gave.`);
  }
}

/** One group a line. @throws CheckpointFormatError */
export function readGroups(text: string): GroupText[] {
  const groups = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      let group: GroupText;
      try {
        group = JSON.parse(line) as GroupText;
      } catch {
        throw new CheckpointFormatError(`its line ${index + 1} is no JSON`);
      }
      const isGroup =
        typeof group === 'object' &&
        group !== null &&
        Array.isArray(group.names) &&
        Array.isArray(group.nodes) &&
        Number.isSafeInteger(group.id);
      if (!isGroup || !group.names.every(isName))
        throw new CheckpointFormatError(`its line ${index + 1} is no group of names`);
      return group;
    });
  const count = groups.reduce((sum, { names }) => sum + names.length, 0);
  if (count > maxNames) throw new CheckpointFormatError(`it has ${count} names, and at most ${maxNames} are allowed`);
  return groups;
}

const kinds: ReadonlySet<unknown> = new Set(['let', 'const', 'var', 'function', 'class', 'import']);

function isName(value: unknown): value is NameText {
  if (!Array.isArray(value) || value.length < 4) return false;
  const [position, name, kind] = value as readonly unknown[];
  return (
    typeof position === 'number' && typeof name === 'string' && name.length <= maxNameCharacters && kinds.has(kind)
  );
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

class Restoration {
  readonly #options: RestoreOptions;
  readonly #done: (restored: Restored) => void;
  readonly #readers: GraphReader[] = [];
  #names: { readonly reader: GraphReader; readonly text: NameText }[];
  /** Of groups of which a name did not come back. */
  readonly #partial = new Set<GraphReader>();
  readonly #lost: NameLoss[] = [];
  readonly #failedImports = new Map<string, string>();
  /** Names that were there before. */
  readonly #known: ReadonlySet<string>;

  constructor(groups: readonly GroupText[], options: RestoreOptions, done: (restored: Restored) => void) {
    this.#options = options;
    this.#done = done;
    this.#known = new Set(options.namespace.slots().map(({ name }) => name));
    for (const group of groups) {
      const reader = new GraphReader(group, options.hooks);
      try {
        reader.make();
        this.#readers.push(reader);
      } catch (error) {
        for (const [, name] of group.names) this.#lost.push({ name, reason: reasonOf(error) });
      }
    }
    this.#names = this.#readers
      .flatMap((reader) => reader.group.names.map((text) => ({ reader, text })))
      .sort((a, b) => a.text[0] - b.text[0]);
  }

  start(): void {
    const { namespace, owner } = this.#options;
    // All at once, so that they are listed in the order in which they were first declared.
    this.#names = this.#names.filter(({ reader, text: [, name, kind] }) => {
      const reason = namespace.refusalOf([name]);
      if (reason === undefined) namespace.declare(name, kind, owner);
      else this.#lose(reader, name, reason);
      return reason === undefined;
    });
    const imports = this.#names.filter(({ text: [, , kind] }) => kind === 'import');
    this.#inTurn(
      imports,
      ({ text }, next) => {
        this.#options.run(importText(text), next, (thrown) => {
          this.#failedImports.set(text[1], reasonOf(thrown));
          next();
        });
      },
      () => this.#functions(),
    );
  }

  #functions(): void {
    this.#bind();
    const functions = this.#readers.flatMap((reader) => reader.functions().map((node) => ({ reader, node })));
    const again: typeof functions = [];
    // What a class needs when it is evaluated may come after it.
    this.#inTurn(
      functions,
      (one, next) =>
        this.#evaluate(one.reader, one.node, next, () => {
          again.push(one);
          next();
        }),
      () => {
        this.#inTurn(
          again,
          ({ reader, node }, next) =>
            this.#evaluate(reader, node, next, (thrown) => {
              reader.fail(node, reasonOf(thrown));
              next();
            }),
          () => this.#finish(),
        );
      },
    );
  }

  #evaluate(reader: GraphReader, node: NodeText, succeeded: () => void, failed: (thrown: unknown) => void): void {
    const source = String(node.v);
    const { namespace, run } = this.#options;
    const take = (fn: unknown): void => {
      if (typeof fn !== 'function') return failed(new TypeError('its source is no function'));
      reader.setFunction(node, fn);
      this.#bindSlot(reader, node);
      succeeded();
    };
    if (node.d !== undefined) return run(source, () => take(namespace.get(node.d!)?.value), failed);
    run(`(${source}\n)`, take, (thrown) => {
      if (!(thrown instanceof Error && (thrown.name === 'CompileError' || thrown.name === 'SyntaxError')))
        return failed(thrown);
      // A method or an accessor: its source is one inside an object only.
      run(
        `({${source}\n})`,
        (object) => take(methodOf(object)),
        () => failed(thrown),
      );
    });
  }

  /** Binds what needs no function, for code of classes that reads it while it is evaluated. */
  #bind(): void {
    for (const { reader, text } of this.#names) {
      const value = text[2] === 'import' ? undefined : reader.valueOf(text[3]);
      if (value !== undefined) this.#options.namespace.declare(text[1], text[2], this.#options.owner).init = value;
    }
  }

  #bindSlot(reader: GraphReader, node: NodeText): void {
    for (const [, name, kind, slot] of reader.group.names) {
      if (kind === 'import' || name === node.d || !Array.isArray(slot) || slot[0] !== node.i) continue;
      if (this.#options.namespace.get(name) === undefined) continue;
      this.#options.namespace.declare(name, kind, this.#options.owner).init = reader.valueOf(slot);
    }
  }

  #finish(): void {
    const { namespace, owner } = this.#options;
    const restored: string[] = [];
    for (const reader of this.#readers) reader.finish();
    for (const { reader, text } of this.#names) {
      const [, name, kind, slot] = text;
      const reason = kind === 'import' ? this.#failedImports.get(name) : reader.failureOf(slot);
      if (reason !== undefined) {
        this.#lose(reader, name, reason);
        if (!this.#known.has(name)) namespace.remove(name);
        continue;
      }
      const bound = namespace.get(name)!;
      if (kind !== 'import' && !(bound.isInitialised && Object.is(bound.value, reader.valueOf(slot))))
        namespace.declare(name, kind, owner).init = reader.valueOf(slot);
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

  #inTurn<T>(items: readonly T[], handle: (item: T, next: () => void) => void, done: () => void): void {
    let index = 0;
    const next = (): void => {
      const item = items[index++];
      if (item === undefined) done();
      else handle(item, next);
    };
    next();
  }
}

function methodOf(object: unknown): unknown {
  const [key] = Reflect.ownKeys(object as object);
  const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(object, key);
  return descriptor?.value ?? descriptor?.get ?? descriptor?.set;
}

function importText(text: NameText): string {
  const [, name, , specifier, exportName] = text;
  const clause = exportName == null ? `* as ${name}` : `{ ${JSON.stringify(exportName)} as ${name} }`;
  return `import ${clause} from ${JSON.stringify(specifier)};`;
}

function reasonOf(thrown: unknown): string {
  return (thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)).slice(0, 500);
}
