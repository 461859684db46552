import { Rank, type Edits } from '../output/edits.js';
import { propertyKey } from '../parse/syntax.js';
import type { TokenIndex } from '../parse/token-index.js';
import { decodeEntities } from './entities.js';
import type { JsxAttribute, JsxChild, JsxElement, JsxName, JsxOpening, Range } from './jsx-nodes.js';
import { literalOf, textBetweenTags } from './jsx-text.js';

/** An element of which the tree has a call. */
export interface LoweredElement {
  readonly node: JsxElement;
  readonly opening: JsxOpening;
  readonly closing: Range | null | undefined;
  /** Without those that mean nothing. */
  readonly children: ReadonlySet<JsxChild>;
  readonly callee: string;
  readonly fragment: string;
  /** Whether the callee and the fragment are names of the reader's code. */
  readonly isClassic: boolean;
  /** Whether children are arguments, and the key is a property. */
  readonly isFlat: boolean;
  /** Whether the children, as a property, are a list. */
  readonly isList: boolean;
  /** The key that is an argument. */
  readonly key: JsxAttribute | undefined;
}

/** Whether a tag is a text for the function that makes the element, rather than a variable. */
export function isText(name: JsxName): boolean {
  return textOf(name) !== undefined;
}

function textOf(name: JsxName): string | undefined {
  if (name.type === 'JSXNamespacedName') return keyOf(name);
  return name.type === 'JSXIdentifier' && name.name !== 'this' && /^[a-z]|-/.test(name.name) ? name.name : undefined;
}

const keyOf = (name: JsxAttribute['name']): string =>
  name.type === 'JSXNamespacedName' ? `${name.namespace.name}:${name.name.name}` : name.name;

/** Writes an element as a call. Its names and its expressions stay where they are. */
export function writeElement(element: LoweredElement, edits: Edits, tokens: TokenIndex): void {
  const { node, opening, closing, children, callee, fragment, isClassic, isFlat, isList, key } = element;
  const { name, attributes = [], typeArguments, selfClosing } = opening;
  const { source } = edits;
  const insert = (at: number, text: string): void => edits.insert(at, text, Rank.erase);
  /** Line breaks stay. */
  const replace = (start: number, end: number, text: string): void => edits.erase({ start, end }, text);
  const brackets = ({ start, end }: Range, open: string, close: string): void => {
    replace(start, start + 1, open);
    replace(end - 1, end, close);
  };
  /** The first name of a path takes the place of one character. If it is bound, binding has written there. */
  const path = (text: string, start: number, after: string): void => {
    const [first] = isClassic ? text.split('.') : [text];
    replace(start, start + 1, first!);
    insert(start + 1, text.slice(first!.length) + after);
  };

  path(callee, node.start, '(');
  const props = isFlat && attributes.length === 0 ? ',null' : ',{';
  if (name === undefined) path(fragment, opening.end - 1, props);
  else {
    const text = textOf(name);
    if (text !== undefined) replace(name.start, name.end, literalOf(text));
    insert((typeArguments ?? name).end, props);
  }

  let separator = '';
  for (const attribute of attributes) {
    const { start, end } = attribute;
    if (attribute.type === 'JSXSpreadAttribute') brackets(attribute, separator, '');
    else if (attribute === key) {
      const moved = expressionOf(attribute);
      replace(start, moved?.start ?? end, '');
      if (moved !== undefined) replace(moved.end, end, '');
      continue;
    } else {
      const { value } = attribute;
      const property = keyOf(attribute.name);
      const isIdentifier = /^[^:-]+$/.test(property);
      replace(
        start,
        value?.start ?? end,
        `${separator}${isIdentifier ? propertyKey(property) : literalOf(property)}:${value === null ? true : ''}`,
      );
      if (value?.type === 'Literal') replace(value.start, value.end, literalOfString(value, source));
      else if (value?.type === 'JSXExpressionContainer') brackets(value, '(', ')');
    }
    separator = ',';
  }

  // The end of the opening tag
  const slash = tokens.previous(opening.end - 1)!.start;
  if (name !== undefined && !selfClosing) replace(opening.end - 1, opening.end, '');
  const at = closing?.start ?? slash;
  const close = props === ',{' ? '}' : '';
  if (isFlat) insert(selfClosing ? at : opening.end, close);
  else if (children.size > 0) insert(opening.end, `${separator}children:${isList ? '[' : ''}`);

  separator = isFlat ? ',' : '';
  for (const child of node.children) {
    const { start, end } = child;
    if (!children.has(child)) {
      replace(start, end, '');
      continue;
    }
    if (child.type === 'JSXText') replace(start, end, separator + literalOf(textBetweenTags(source.slice(start, end))));
    else if (child.type === 'JSXExpressionContainer') brackets(child, `${separator}(`, ')');
    else if (child.type === 'JSXSpreadChild') brackets(child, separator, '');
    else insert(start, separator);
    separator = ',';
  }

  if (!isFlat) insert(at, `${isList ? ']' : ''}}`);
  if (key !== undefined) {
    const moved = expressionOf(key);
    if (moved === undefined) insert(at, `,${key.value === null ? 'true' : literalOfString(key.value, source)}`);
    else edits.move(moved, at, ',(', ')', Rank.erase);
  }
  replace(at, node.end, ')');
}

/** The expression of an attribute; `undefined` for a string, and for none. */
function expressionOf({ value }: JsxAttribute): Range | undefined {
  if (value?.type === 'JSXExpressionContainer') return value.expression;
  return value === null || value.type === 'Literal' ? undefined : value;
}

const literalOfString = ({ start, end }: Range, source: string): string =>
  literalOf(decodeEntities(source.slice(start + 1, end - 1)));
