import type { Edits } from '../output/edits.js';
import type { SyntaxNode } from '../parse/nodes.js';
import type { Parsed } from '../parse/parse.js';
import { forEachChild } from '../parse/syntax.js';
import type { TokenIndex } from '../parse/token-index.js';
import { isText, writeElement, type LoweredElement } from './element-text.js';
import type { JsxAttribute, JsxChild, JsxElement, JsxName, JsxSpread, JsxValue, Range } from './jsx-nodes.js';
import { jsxSettings, type JsxOptions, type JsxSettings } from './jsx-options.js';
import { textBetweenTags } from './jsx-text.js';

/** Makes calls of the elements of a program that may have some: see `JsxLowering`. */
export function lowerElements(
  source: string,
  { program, tokens, comments }: Parsed,
  options: JsxOptions | undefined,
  bindingsOf: (index: number) => string,
): JsxLowering | undefined {
  if (comments === undefined) return undefined;
  const lowering = new JsxLowering(source, tokens, jsxSettings(comments, options), bindingsOf);
  lowering.lower(program);
  return lowering;
}

/**
 * Makes calls of the elements of JSX. `lower` changes the tree, so that all passes see calls and names. `write` comes after the
 * passes, so that what they write in place of a name takes precedence. Only markup is replaced, and its line breaks stay.
 */
export class JsxLowering {
  readonly #elements: LoweredElement[] = [];
  /** Modules that elements need, each with the names that they take from it. */
  readonly #imports = new Map<string, Set<string>>();
  readonly #source: string;
  readonly #tokens: TokenIndex;
  readonly #options: JsxSettings;
  readonly #bindingsOf: (index: number) => string;

  /** @param bindingsOf the place of the bindings of an import, by its place among the imports of the program */
  constructor(source: string, tokens: TokenIndex, options: JsxSettings, bindingsOf: (index: number) => string) {
    this.#source = source;
    this.#tokens = tokens;
    this.#options = options;
    this.#bindingsOf = bindingsOf;
  }

  /** Puts calls in the tree, and the imports that they need before its statements. */
  lower(program: SyntaxNode): void {
    this.#visit(program);
    const first = this.#elements[0];
    if (first === undefined) return;
    // Errors of these imports stand at the first element.
    const { start } = first.node;
    const { end } = first.opening;
    const imports = [...this.#imports].map(([value, taken]) => ({
      type: 'ImportDeclaration',
      start,
      end: start,
      source: { type: 'Literal', start, end, value },
      specifiers: [],
      taken,
    }));
    (program.body as unknown[]).unshift(...imports);
  }

  /** A comment that says what the comments of the source say, for a part of it alone. */
  get pragmas(): string {
    return this.#options.pragmas;
  }

  /** Writes the calls. */
  write(edits: Edits): void {
    for (const element of this.#elements) writeElement(element, edits, this.#tokens);
  }

  readonly #visit = (node: SyntaxNode): void => {
    const element = node as unknown as JsxElement;
    if (element.type === 'JSXElement' || element.type === 'JSXFragment') this.#lower(element);
    else forEachChild(node, this.#visit);
  };

  #lower(node: JsxElement): void {
    const opening = (node.openingElement ?? node.openingFragment)!;
    const { name, attributes = [], typeArguments } = opening;
    const children = node.children.filter((child) => !isEmpty(child, this.#source));
    const isList = children.length > 1 || children[0]?.type === 'JSXSpreadChild';
    const keyAt = attributes.findIndex((attribute) => attribute.name?.name === 'key');
    const spreadAt = attributes.findIndex((attribute) => attribute.type === 'JSXSpreadAttribute');
    const { runtime, factory, fragment, importSource } = this.#options;
    const isClassic = runtime === 'classic';
    // As TypeScript has it: a key after a spread is a property.
    const isFlat = isClassic || (keyAt > spreadAt && spreadAt >= 0);
    const runtimeModule = isFlat ? importSource : `${importSource}/jsx-runtime`;
    const makes = isFlat ? 'createElement' : isList ? 'jsxs' : 'jsx';
    const maker = isClassic ? factory : this.#imported(runtimeModule, makes);
    const key = isFlat ? undefined : (attributes[keyAt] as JsxAttribute | undefined);
    this.#elements.push({
      node,
      opening,
      closing: node.closingElement ?? node.closingFragment,
      children: new Set(children),
      callee: isClassic ? factory : `(0,${maker})`,
      fragment: isClassic || name !== undefined ? fragment : this.#imported(runtimeModule, 'Fragment'),
      isClassic,
      isFlat,
      isList,
      key,
    });
    // In the order of the output.
    const parts = [
      name === undefined ? isClassic && pathNode(fragment, opening.end - 1) : tagNode(name),
      ...attributes.map((one) => one !== key && attributeNode(one)),
      ...children.map(valueNode),
      key && attributeNode(key),
    ].filter((part) => typeof part === 'object');
    Object.assign(node, {
      type: 'CallExpression',
      callee: isClassic ? pathNode(factory, node.start) : textNode(node),
      arguments: parts,
      typeArguments,
    });
    parts.forEach(this.#visit);
  }

  #imported(specifier: string, name: string): string {
    const taken = this.#imports.get(specifier) ?? new Set();
    this.#imports.set(specifier, taken.add(name));
    return `${this.#bindingsOf([...this.#imports.keys()].indexOf(specifier))}.${name}`;
  }
}

/** Whether a child means nothing: white space with a line break, `{}`, or a comment. */
function isEmpty(child: JsxChild, source: string): boolean {
  return child.type === 'JSXText'
    ? textBetweenTags(source.slice(child.start, child.end)) === ''
    : child.type === 'JSXExpressionContainer' && (child.expression.type as string) === 'JSXEmptyExpression';
}

/** The expression of an attribute or a child; `undefined` for a text. */
function valueNode(value: JsxValue | JsxChild | null): SyntaxNode | undefined {
  switch (value?.type) {
    case 'JSXExpressionContainer':
      return value.expression;
    case 'JSXSpreadChild':
      return spreadNode(value, value.expression);
    case 'JSXElement':
    case 'JSXFragment':
      return value as unknown as SyntaxNode;
    default:
      return undefined;
  }
}

const attributeNode = (attribute: JsxAttribute | JsxSpread): SyntaxNode | undefined =>
  attribute.type === 'JSXAttribute' ? valueNode(attribute.value) : spreadNode(attribute, attribute.argument);

const spreadNode = ({ start, end }: Range, argument: SyntaxNode): SyntaxNode => ({
  type: 'SpreadElement',
  start,
  end,
  argument,
});

/** Code that names nothing of the reader's. */
const textNode = ({ start, end }: Range): SyntaxNode => ({ type: 'Literal', start, end, value: null });

/** The variable of a tag; `undefined` where the tag is a text. */
function tagNode(name: JsxName): SyntaxNode | undefined {
  if (isText(name)) return undefined;
  let root = name;
  while (root.type === 'JSXMemberExpression') root = root.object;
  return variableNode(root.name as string, root);
}

/** The variable of a factory or a fragment, in place of the one character at an offset. */
function pathNode(path: string, start: number): SyntaxNode {
  const [root, member] = path.split('.');
  const object = variableNode(root!, { start, end: start + 1 });
  return member === undefined ? object : { ...object, type: 'MemberExpression', object, property: object };
}

function variableNode(name: string, { start, end }: Range): SyntaxNode {
  if (name === 'this') return { type: 'ThisExpression', start, end };
  return name === 'null' ? textNode({ start, end }) : { type: 'Identifier', name, start, end };
}
