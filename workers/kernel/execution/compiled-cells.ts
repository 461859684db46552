import { compileCell } from '../../../src/compiler/index.js';
import type { CompiledCell, CompileOptions, NamespaceScope } from '../../../src/compiler/types.js';

/** Cells that are kept, and the longest text of one. */
const maxCells = 20;
const maxCharacters = 2_000;

interface Known {
  readonly cell: CompiledCell;
  /** Its code, up to the file name with which it closes. */
  readonly text: string;
  /** What the namespace had answered. */
  readonly answers: ReadonlyMap<string, unknown>;
}

/**
 * Compiles cells, and keeps the latest short ones: pages and agents run the same code again and again. A cell is compiled anew
 * if the namespace would answer the compiler's questions otherwise than before.
 */
export class CompiledCells {
  readonly #scope: NamespaceScope;
  readonly #known = new Map<string, Known>();

  constructor(scope: NamespaceScope) {
    this.#scope = scope;
  }

  /** @throws CompileError at the reader's line and column */
  compile(source: string, options: CompileOptions): CompiledCell {
    if (source.length > maxCharacters) return compileCell(source, this.#scope, options);
    const key = `${options.elements},${options.defines},${options.waits},${source}`;
    const known = this.#known.get(key);
    if (known !== undefined && this.#wouldAnswer(known.answers))
      return { ...known.cell, code: known.text + options.fileName };
    const answers = new Map<string, unknown>();
    const cell = compileCell(source, this.#recording(answers), options);
    this.#known.delete(key);
    this.#known.set(key, { cell, text: cell.code.slice(0, -options.fileName.length), answers });
    if (this.#known.size > maxCells) this.#known.delete(this.#known.keys().next().value!);
    return cell;
  }

  #recording(answers: Map<string, unknown>): NamespaceScope {
    return {
      kind: (name) => {
        answers.set(name, this.#answer(name));
        return this.#scope.kind(name);
      },
      isGlobal: (name) => {
        answers.set(name, this.#answer(name));
        return this.#scope.isGlobal?.(name) ?? false;
      },
    };
  }

  #wouldAnswer(answers: ReadonlyMap<string, unknown>): boolean {
    for (const [name, answer] of answers) if (this.#answer(name) !== answer) return false;
    return true;
  }

  /** The kind of a name, or whether it is a global. */
  #answer(name: string): unknown {
    return this.#scope.kind(name) ?? this.#scope.isGlobal?.(name);
  }
}
