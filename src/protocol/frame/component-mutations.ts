/**
 * How the tree of a component crosses from its worker to the frame that shows it: as JSON, first the whole tree, then lists of
 * mutations. Nodes have numbers. The frame takes nothing for granted: all of it was written by code.
 */

/** Text, a comment, or an element with attributes, children, properties and, if it has one, a shadow tree. */
export type TreeNode =
  | readonly [id: number, text: string]
  | readonly [id: number, text: string, isComment: 1]
  | readonly [
      id: number,
      name: string,
      attributes: Readonly<Record<string, string>>,
      children: readonly TreeNode[],
      properties: Readonly<Record<string, unknown>>,
      namespace: 0 | 1 | 2,
      shadow?: readonly [id: number, children: readonly TreeNode[]],
    ];

/** Namespaces of elements, by number. */
export const namespaces = [
  'http://www.w3.org/1999/xhtml',
  'http://www.w3.org/2000/svg',
  'http://www.w3.org/1998/Math/MathML',
] as const;

/** What a mutation does, which is its first member. */
export const mutationKind = {
  /** parent, the node before which it stands or 0, tree */
  insert: 1,
  /** parent, the node before which it stands or 0, a node that is there already */
  move: 2,
  /** node */
  remove: 3,
  /** node, text */
  text: 4,
  /** node, name, value or null */
  attribute: 5,
  /** node, name, value, number of the latest input that the worker had seen */
  property: 6,
  /** node, name of a method without arguments */
  call: 7,
  /** type of an event that somebody listens to */
  listen: 8,
  /** node, tree of its new shadow */
  shadow: 9,
} as const;

/** One change of a tree. */
export type Mutation = readonly unknown[];

/** A tree as it is, and the types of events that code listens to. */
export interface ComponentTree {
  readonly tree: TreeNode;
  readonly listens: readonly string[];
  /** Number of the latest mutations that are in it. */
  readonly version: number;
}

/** Properties that a node has apart from its attributes. */
export const liveProperties = ['value', 'checked', 'indeterminate', 'selected'] as const;

/** Methods without arguments that code may call on a node. */
export const liveMethods = ['focus', 'blur', 'select', 'scrollIntoView'] as const;

/** Whether this may be a type of events. */
export const isEventType = (type: unknown): type is string => typeof type === 'string' && /^[a-z]{1,40}$/i.test(type);

/** An event of the frame, for the worker. */
export interface ComponentEvent {
  /** Number of the node. */
  readonly target: number;
  readonly type: string;
  readonly init: Readonly<Record<string, unknown>>;
  /** What the reader has put into a field. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Number of this input to the field. */
  readonly input?: number;
}
