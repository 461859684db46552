import type { ClassNode } from '../parse/nodes.js';
import { Rank } from '../output/edits.js';
import { decoratorsEnd } from './erase-classes.js';
import type { ErasedText } from './erase-text.js';
import { isAnonymousFunction } from '../parse/scopes.js';
import { bodyList, bodyNode, firstSuspension, isNode, isTypeOnly, type SyntaxNode } from '../parse/syntax.js';

const kinds: Readonly<Record<string, string>> = { method: 'method', get: 'getter', set: 'setter' };

/** Whether a class or anything in it has decorators. */
export function isDecorated(node: ClassNode): boolean {
  return hasDecorators(node) || bodyList(bodyNode(node)).some(hasDecorators);
}

/**
 * Turns decorators into calls of a `ClassDecoration` (decorate.ts), in place. `@c class A { @f x = 1 }` becomes
 * `let A=((d)=>{let A;d.onClass("A",c);({["A"]:class{static{A=d.apply(this)} static [d.element(…,f)](){} x = d.init(0,this,1)}});…`:
 * decorators of members are evaluated as keys of methods that go away, which is when ECMAScript evaluates them.
 */
export class DecoratorEraser {
  readonly #text: ErasedText;
  readonly #runtime: string;
  #serial = 0;

  /** @param runtime name of the object with the method `decorate` in the output */
  constructor(text: ErasedText, runtime: string) {
    this.#text = text;
    this.#runtime = runtime;
  }

  /**
   * @param declares whether the class is, and stays, a declaration
   * @param givenName name of the variable that is initialized with an anonymous class
   */
  erase(node: ClassNode, declares: boolean, givenName: string | undefined): void {
    const { edits, names } = this.#text;
    const suspension = firstSuspension(node);
    if (suspension !== undefined) {
      throw this.#text.error(
        suspension,
        '`await` and `yield` are not supported inside a class with decorators. Move them before the class.',
      );
    }
    const decoration = names.of(`d_${++this.#serial}`);
    const members = bodyList(bodyNode(node)).filter((member) => hasDecorators(member) && !isTypeOnly(member));
    const name = node.id?.name;
    const isReplaceable = hasDecorators(node);
    const className = JSON.stringify(name ?? givenName ?? (node.type === 'ClassDeclaration' ? 'default' : ''));
    const declaration = declares ? `let ${name}=` : '';
    const end = `})(${this.#runtime}.decorate())${declares ? ';' : ''}`;
    if (isReplaceable) {
      const inner = name === undefined ? '' : `let ${name};`;
      const open = `${declaration}((${decoration})=>{${inner}${decoration}.onClass(${className},`;
      this.#eraseMarks(node, open, `);({[${className}]:`);
      const keyword = this.#classKeyword(node);
      this.#text.remove({ start: decoratorsEnd(node), end: keyword });
      if (node.id != null) this.#text.remove(node.id);
      edits.wrap(node, '', `});return ${decoration}.target${end}`, Rank.erase);
    } else {
      const [open, close] = name === undefined ? [`({[${className}]:`, `})[${className}]`] : ['', ''];
      edits.wrap(node, `${declaration}((${decoration})=>{return ${open}`, `${close}${end}`, Rank.erase);
    }
    const assignment = isReplaceable && name !== undefined ? `${name}=` : '';
    const head = `static{${assignment}${decoration}.apply(this,{${members.map(privateAccess).join('')}})}`;
    const hasMethods = members.some((member) => member.static !== true && member.type === 'MethodDefinition');
    const start = hasMethods ? `#${names.of('start')}=${decoration}.start(this);` : '';
    edits.insert(bodyNode(node).start + 1, head + start, Rank.erase);
    for (const [index, member] of members.entries()) this.#member(member, index, decoration);
    if (isReplaceable) edits.insert(node.end - 1, `;static{${decoration}.finish()}`, Rank.erase);
  }

  #member(member: SyntaxNode, index: number, decoration: string): void {
    const key = member.key;
    const isField = member.type === 'PropertyDefinition' && member.accessor !== true;
    if (key === undefined) {
      throw this.#text.error(
        member.decorators![0]!,
        'A decorator is only valid before a class, method, accessor or field.',
      );
    }
    if (key.type === 'PrivateIdentifier' && !isField) {
      throw this.#text.error(
        member.decorators![0]!,
        'Decorators of private methods and accessors are not supported here. Make the member public, or call the decorator yourself.',
      );
    }
    const kind = isField ? 'field' : member.accessor === true ? 'accessor' : kinds[member.kind!]!;
    const name =
      member.computed === true ? '' : key.type === 'PrivateIdentifier' ? `#${key.name}` : String(key.name ?? key.value);
    this.#eraseMarks(
      member,
      `static [${decoration}.element("${kind}",${member.static === true},${JSON.stringify(name)},`,
      ')](){}',
    );
    if (member.computed === true) this.#text.edits.wrap(key, `${decoration}.key(`, ')', Rank.erase);
    if (isField || kind === 'accessor') this.#initialize(member, index, decoration, name);
  }

  #initialize(member: SyntaxNode, index: number, decoration: string, name: string): void {
    const { edits, names, source } = this.#text;
    const call = `${decoration}.init(${index},this`;
    const value = member.value;
    if (isNode(value)) {
      edits.wrap(value, `${call},`, ')', Rank.erase);
      if (name !== '' && isAnonymousFunction(value))
        edits.wrap(value, `({[${JSON.stringify(name)}]:`, `})[${JSON.stringify(name)}]`, Rank.erase);
    } else edits.insert(source[member.end - 1] === ';' ? member.end - 1 : member.end, `=${call})`, Rank.erase);
    const after = `${member.static === true ? 'static ' : ''}#${names.of(`after_${index}`)}=${decoration}.after(${index},this);`;
    edits.insert(member.end, `;${after}`, Rank.erase);
  }

  /** Turns `@a @b` into a list of arguments between two texts. */
  #eraseMarks(node: SyntaxNode, before: string, after: string): void {
    for (const [index, { start }] of node.decorators!.entries()) {
      this.#text.replace({ start, end: start + 1 }, index === 0 ? before : ',');
    }
    this.#text.edits.insert(node.decorators!.at(-1)!.end, after, Rank.erase);
  }

  /** Where `class` stands after decorators, `export`, `default` and `abstract`. */
  #classKeyword(node: SyntaxNode): number {
    let token = this.#text.tokenFrom(decoratorsEnd(node));
    while (this.#text.textOf(token) !== 'class') token = this.#text.tokenFrom(token.end);
    return token.start;
  }
}

function hasDecorators(node: SyntaxNode): boolean {
  return (node.decorators?.length ?? 0) > 0;
}

/** How a private field is reached from outside of the class, for `context.access`. */
function privateAccess({ key }: SyntaxNode, index: number): string {
  if (key?.type !== 'PrivateIdentifier') return '';
  const name = `#${key.name}`;
  return `${index}:[(o)=>${name} in o,(o)=>o.${name},(o,v)=>{o.${name}=v}],`;
}
