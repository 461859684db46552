import type { Identifier } from './nodes.js';
import { Rank, type Edits } from '../output/edits.js';
import type { GeneratedNames } from '../output/generated-names.js';
import { isDirectEval, type ReferenceRole, type ReferenceSite } from './references.js';
import { nameRange } from './scopes.js';
import { propertyKey, type SyntaxNode } from './syntax.js';
import type { DeclarationKind, NamespaceScope } from '../types.js';

export interface FreeNamesOptions {
  /** Declarations of the program in the namespace. */
  readonly declarations: ReadonlyMap<string, DeclarationKind>;
  /** Names whose value is stored elsewhere, with the text that reads and writes it. */
  readonly places?: Readonly<Record<string, string>>;
  /** Leaves names as they are, for a scope object around the code to find. */
  readonly dynamic: boolean;
  /** Whether assignment to an undeclared name creates it even in code that is strict without a directive. */
  readonly lenient: boolean;
}

interface Reference {
  readonly identifier: Identifier;
  readonly role: ReferenceRole;
  readonly parent: SyntaxNode;
  readonly assigns: boolean;
  readonly inWith: boolean;
}

/** Matches every name that `GeneratedNames` may make. */
const generatedName = /^\$c\d*_/;

/**
 * The names that a program uses and does not store in variables: its own declarations refer to slots that it declares,
 * names of earlier cells to their records, undeclared names that are assigned to new slots. Other undeclared names are
 * looked up at run time.
 */
export class FreeNames {
  readonly #references: Reference[] = [];
  /** Undeclared names that are assigned. */
  readonly #assigned = new Set<string>();
  readonly #foreign = new Set<string>();
  #hasDirectEval = false;

  constructor(
    readonly edits: Edits,
    readonly scope: NamespaceScope,
    readonly names: GeneratedNames,
    readonly runtime: string,
    readonly options: FreeNamesOptions,
  ) {}

  add(
    identifier: Identifier,
    role: ReferenceRole,
    parent: SyntaxNode,
    { strict, saysStrict, inWith }: ReferenceSite,
  ): void {
    const mayAssign = this.options.lenient ? !saysStrict : !strict;
    this.#references.push({
      identifier,
      role,
      parent,
      assigns: mayAssign && role.endsWith('write') && isPlainWrite(parent),
      inWith,
    });
  }

  /** From here on `eval` in the code is the engine's own. */
  addDirectEval(): void {
    this.#hasDirectEval = true;
  }

  rewrite(): void {
    for (const { identifier, assigns } of this.#references) {
      if (assigns && !this.#isKnown(identifier.name)) this.#assigned.add(identifier.name);
    }
    for (const reference of this.#references) {
      if (this.options.dynamic && generatedName.test(reference.identifier.name)) this.#hide(reference);
      else if (this.#isEval(reference)) this.#evalItself(reference);
      else if (this.options.dynamic) this.#leave(reference);
      else this.#rewrite(reference);
    }
  }

  /** Lets a function take its name from the property, as it did from the variable. */
  nameFunction(fn: SyntaxNode, name: string): void {
    if (this.options.dynamic || this.#place(name) === undefined) return;
    this.edits.wrap(fn, `({${propertyKey(name)}:`, `}).${name}`, Rank.bind);
  }

  /** Variable of the slot of a name that the program declares. */
  own(name: string): string {
    return this.names.of(`s_${name}`);
  }

  /** Text that gives a name of the program its value. */
  initialiser(name: string): string {
    return this.options.dynamic ? name : `${this.own(name)}.init`;
  }

  /** Declarations of the program, including those by assignment. */
  declared(): Map<string, DeclarationKind> {
    return new Map([...this.options.declarations, ...[...this.#assigned].map((name) => [name, 'let'] as const)]);
  }

  /** Names with the text that reads and writes them, for code that the program evaluates where they are in scope. */
  places(): Record<string, string> {
    const own = [...this.declared().keys()].map((name) => [name, `${this.own(name)}.value`]);
    return { ...this.options.places, ...(Object.fromEntries(own) as Record<string, string>) };
  }

  /** Declares the slots and records; goes before the code. */
  declareText(): string {
    const own = [...this.declared()].map(
      ([name, kind]) =>
        `${this.own(name)}=${this.runtime}.declare(${JSON.stringify(name)},${JSON.stringify(kind)}${this.#assigned.has(name) ? ',true' : ''})`,
    );
    const foreign = [...this.#foreign].map(
      (name) => `${this.names.of(`r_${name}`)}=${this.runtime}.record(${JSON.stringify(name)})`,
    );
    const all = [...own, ...foreign];
    return all.length === 0 ? '' : `const ${all.join(',')};`;
  }

  #isKnown(name: string): boolean {
    return (
      this.options.declarations.has(name) ||
      this.#keptPlace(name) !== undefined ||
      this.scope.kind(name) !== undefined ||
      (this.scope.isGlobal?.(name) ?? false)
    );
  }

  #keptPlace(name: string): string | undefined {
    const { places } = this.options;
    return places !== undefined && Object.hasOwn(places, name) ? places[name] : undefined;
  }

  /** The text that reads a bound name; `undefined` for a global and for a late lookup. */
  #place(name: string): string | undefined {
    if (this.options.declarations.has(name) || this.#assigned.has(name)) return `${this.own(name)}.value`;
    const kept = this.#keptPlace(name);
    if (kept !== undefined || this.scope.kind(name) === undefined) return kept;
    this.#foreign.add(name);
    return `${this.names.of(`r_${name}`)}.slot.value`;
  }

  #rewrite({ identifier, role, parent }: Reference): void {
    const name = identifier.name;
    const place = this.#place(name);
    const quoted = JSON.stringify(name);
    if (place === undefined || (role === 'typeof' && this.#assigned.has(name))) {
      if (name === 'arguments' || (this.scope.isGlobal?.(name) ?? false)) return;
      if (role === 'typeof') this.edits.replace(parent, `${this.runtime}.lateType(${quoted})`);
      else if (role.endsWith('write')) this.#replace(identifier, role, `${this.runtime}.target(${quoted}).value`);
      else if (role !== 'delete') this.#replace(identifier, role, `(${this.runtime}.late(${quoted}))`);
      return;
    }
    if (role === 'delete') this.edits.replace(parent, 'false');
    else if (role === 'call') this.#call(identifier, `0,${place}`);
    else this.#replace(identifier, role, role.endsWith('write') ? this.#target(name, place, parent) : place);
  }

  #target(name: string, place: string, parent: SyntaxNode): string {
    const kind = this.options.declarations.get(name) ?? this.scope.kind(name);
    if (kind === 'const' || kind === 'import') return `${this.runtime}.target(${JSON.stringify(name)}).value`;
    return this.#assigned.has(name) && isPlainWrite(parent) ? `${this.own(name)}.init` : place;
  }

  /** Includes the parenthesis: engines report a failed call there, and its position maps to the name. */
  #call(identifier: Identifier, callee: string): void {
    const { start, end } = nameRange(this.edits.source, identifier);
    const opens = this.edits.source[end] === '(';
    this.edits.replace({ start, end: end + (opens ? 1 : 0) }, `(${callee})${opens ? '(' : ''}`);
  }

  #replace(identifier: Identifier, role: ReferenceRole, text: string): void {
    const key = role.startsWith('shorthand') ? `${propertyKey(identifier.name)}:` : '';
    this.edits.replace(nameRange(this.edits.source, identifier), key + text);
  }

  // Names that a scope object finds

  /** A function that the object holds is not called as its method. */
  #leave({ identifier, role, parent, inWith }: Reference): void {
    const name = identifier.name;
    if (inWith) return;
    if (role === 'call') this.#call(identifier, `${this.names.of('0')},${name}`);
    else if (role === 'typeof' && this.#assigned.has(name))
      this.edits.replace(parent, `${this.runtime}.lateType(${JSON.stringify(name)})`);
  }

  /** Hides the names of the compiler from the code. */
  #hide({ identifier, role, parent }: Reference): void {
    const quoted = JSON.stringify(identifier.name);
    if (role === 'typeof' || role === 'delete') this.edits.replace(parent, role === 'typeof' ? '"undefined"' : 'true');
    else
      this.#replace(
        identifier,
        role,
        role.endsWith('write') ? `${this.runtime}.target(${quoted}).value` : `(${this.runtime}.late(${quoted}))`,
      );
  }

  #isEval({ identifier }: Reference): boolean {
    return (
      identifier.name === 'eval' &&
      this.#hasDirectEval &&
      this.#keptPlace('eval') === undefined &&
      !this.options.declarations.has('eval')
    );
  }

  /** The realm's `eval`, which a direct call leaves to the engine. */
  #evalItself({ identifier, role, parent }: Reference): void {
    if (role === 'delete' || (role === 'call' && parent.type === 'CallExpression' && isDirectEval(parent))) return;
    const text = `${this.runtime}.evaluation.current`;
    if (role === 'call') this.#call(identifier, `0,${text}`);
    else this.#replace(identifier, role, text);
  }
}

/** Whether a target gets a value without being read first. */
function isPlainWrite(parent: SyntaxNode): boolean {
  return parent.type !== 'UpdateExpression' && (parent.type !== 'AssignmentExpression' || parent.operator === '=');
}
