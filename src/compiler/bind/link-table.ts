import type {
  ExportAllDeclaration,
  ExportNamedDeclaration,
  ImportDeclaration,
  ImportedName,
  ModuleName,
} from '../parse/nodes.js';
import { CompileError } from '../compile-error.js';
import { positionAt } from '../output/edits.js';
import { isTypeOnly, type SyntaxNode } from '../parse/syntax.js';
import type { TokenIndex } from '../parse/token-index.js';
import type { ModuleLinks, ModuleRequest, Reexport, RequestedName } from '../types.js';

/** A name that an import declares. */
export interface ImportedVariable {
  /** `undefined` for what elements of JSX take. */
  readonly local: string | undefined;
  /** Index of the request. */
  readonly from: number;
  /** The requested name; `undefined` for the namespace object. */
  readonly requested: RequestedName | undefined;
}

/** Collects what a program requests of other modules, statement by statement. */
export class LinkTable {
  readonly #requests: ModuleRequest[] = [];
  readonly #reexports: Reexport[] = [];
  readonly #stars: number[] = [];
  readonly #imports: ImportedVariable[] = [];
  readonly #source: string;
  readonly #indexes = new Map<string, number>();

  constructor(source: string) {
    this.#source = source;
  }

  get imports(): readonly ImportedVariable[] {
    return this.#imports;
  }

  specifier(request: number): string {
    return this.#requests[request]!.specifier;
  }

  /** Adds an import. @param erased nodes that type erasure removed @throws CompileError for an unknown attribute */
  import(statement: ImportDeclaration, erased?: ReadonlySet<SyntaxNode>): void {
    const from = this.#request(statement);
    const { start: at } = statement;
    for (const name of statement.taken ?? [])
      this.#imports.push({ local: undefined, from, requested: { from, name, at } });
    for (const specifier of statement.specifiers ?? []) {
      if (isTypeOnly(specifier) || erased?.has(specifier) === true) continue;
      const name = exportNameOf(specifier);
      const requested = name === undefined ? undefined : { from, name, at: specifier.start };
      this.#imports.push({ local: specifier.local.name, from, requested });
    }
  }

  /** Adds the names of `export … from`. @throws CompileError for an unknown attribute */
  reexport(statement: ExportNamedDeclaration | ExportAllDeclaration): void {
    const from = this.#request(statement);
    if (statement.type === 'ExportAllDeclaration') {
      const { exported, start: at } = statement;
      if (exported == null) this.#stars.push(from);
      else this.#reexports.push({ from, exported: moduleName(exported), at });
      return;
    }
    for (const { local, exported, exportKind } of statement.specifiers ?? [])
      if (exportKind !== 'type')
        this.#reexports.push({ from, name: moduleName(local), exported: moduleName(exported), at: local.start });
  }

  /** Adds the export of an imported name. */
  exportImported(requested: RequestedName, exported: string): void {
    this.#reexports.push({ ...requested, exported });
  }

  /** @param maybeType whether the import of this local name may be that of a type @default none may */
  links(maybeType: (local: string) => boolean = () => false): ModuleLinks {
    const names = this.#imports.flatMap(({ local, requested }) => {
      if (requested === undefined) return [];
      return [local !== undefined && maybeType(local) ? { ...requested, maybeType: true } : requested];
    });
    return { requests: this.#requests, names, reexports: this.#reexports, stars: this.#stars };
  }

  /** Statements with the same specifier and type make one request. */
  #request({ source, attributes, start }: ImportDeclaration | ExportNamedDeclaration | ExportAllDeclaration): number {
    const { value: specifier } = source!;
    let type: string | undefined;
    for (const { key, value } of (attributes ?? []) as readonly ImportAttribute[]) {
      if (moduleName(key) !== 'type')
        throw new CompileError(
          `The import attribute "${moduleName(key)}" is not supported. Only "type" is.`,
          positionAt(this.#source, key.start),
        );
      type = value.value;
    }
    const key = `${type ?? ''} ${specifier}`;
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = this.#requests.push({ specifier, ...(type !== undefined && { type }), at: start }) - 1;
      this.#indexes.set(key, index);
    }
    return index;
  }
}

/** `type: 'json'` */
interface ImportAttribute {
  readonly key: ModuleName;
  readonly value: { readonly value: string };
}

/**
 * Whether a name, which no code of a source uses, is used by a type of it. A name that nothing uses may be imported for a
 * later cell.
 */
export function usedByTypes({ source, starts, ends }: TokenIndex): (name: string) => boolean {
  const count = new Map<string, number>();
  for (const [index, start] of starts.entries()) {
    const text = source.slice(start, ends[index]);
    count.set(text, (count.get(text) ?? 0) + 1);
  }
  return (name) => count.get(name)! > 1;
}

/** The name that an import specifier takes from the module; `undefined` for all of it. */
function exportNameOf(specifier: ImportedName): string | undefined {
  if (specifier.type === 'ImportNamespaceSpecifier') return undefined;
  return specifier.type === 'ImportDefaultSpecifier' ? 'default' : moduleName(specifier.imported as ModuleName);
}

/** `a`, or `a b` of `'a b'`. */
export function moduleName(node: ModuleName): string {
  return node.name ?? (node.value as string);
}
