import type { SyntaxNode } from '../parse/nodes.js';

/*
 * The nodes of JSX, as the TypeScript parser makes them.
 */

export interface Range {
  readonly start: number;
  readonly end: number;
}

interface JsxIdentifier extends Range {
  readonly type: 'JSXIdentifier';
  readonly name: string;
}

/** `a:b` */
interface JsxNamespacedName extends Range {
  readonly type: 'JSXNamespacedName';
  readonly namespace: JsxIdentifier;
  readonly name: JsxIdentifier;
}

/** `a.b` */
interface JsxMember extends Range {
  readonly type: 'JSXMemberExpression';
  readonly object: JsxName;
  readonly property: JsxIdentifier;
}

export type JsxName = JsxIdentifier | JsxNamespacedName | JsxMember;

interface JsxContainer extends Range {
  readonly type: 'JSXExpressionContainer';
  /** A `JSXEmptyExpression` for `{}`, and for a comment. */
  readonly expression: SyntaxNode;
}

/** `{...list}` */
interface JsxSpreadChild extends Range {
  readonly type: 'JSXSpreadChild';
  readonly expression: SyntaxNode;
}

interface JsxText extends Range {
  readonly type: 'JSXText';
}

interface JsxString extends Range {
  readonly type: 'Literal';
}

export type JsxValue = JsxString | JsxContainer | JsxElement;

export type JsxChild = JsxText | JsxContainer | JsxSpreadChild | JsxElement;

export interface JsxAttribute extends Range {
  readonly type: 'JSXAttribute';
  readonly name: JsxIdentifier | JsxNamespacedName;
  /** `null` for `true`. */
  readonly value: JsxValue | null;
}

/** `{...props}` */
export interface JsxSpread extends Range {
  readonly type: 'JSXSpreadAttribute';
  readonly argument: SyntaxNode;
  readonly name?: undefined;
}

export interface JsxOpening extends Range {
  /** None for a fragment. */
  readonly name?: JsxName;
  readonly attributes?: readonly (JsxAttribute | JsxSpread)[];
  readonly typeArguments?: SyntaxNode;
  readonly selfClosing: boolean;
}

export interface JsxElement extends Range {
  readonly type: 'JSXElement' | 'JSXFragment';
  readonly openingElement?: JsxOpening;
  readonly openingFragment?: JsxOpening;
  readonly closingElement?: Range | null;
  readonly closingFragment?: Range;
  readonly children: readonly JsxChild[];
}
