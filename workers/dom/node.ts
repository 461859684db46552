import { maxTreeNodes } from '../../src/protocol/bounds.js';
import type { Mutation, TreeNode } from '../../src/protocol/frame/component-mutations.js';
import { mutationKind } from '../../src/protocol/frame/component-mutations.js';
import { DomTarget } from './event-target.js';
import { matches } from './selectors.js';
import { link, positionOf, unlink } from './tree-links.js';
import { $connected, $copy, $describe, $disconnected, $listens, $number, $parent, $sink, $types } from './internals.js';

/** Takes the changes of a tree that is shown. */
export interface Sink {
  push(mutation: Mutation): void;
  /** Somebody in the tree listens to events of this type. */
  listens(type: string): void;
}

/** The worker's document, which nodes know only as their owner, and what listens around all that is shown. */
export const owner = {
  document: null as DomNode | null,
  view: null as DomTarget | null,
  /** Types of events that the document or its window listens to. */
  types: new Set<string>(),
  sinks: new Set<Sink>(),
  listens(type: string): void {
    owner.types.add(type);
    for (const sink of owner.sinks) sink.listens(type);
  },
};

/** Levels of a tree that is shown. */
const maxDepth = 500;

const byNumber = new Map<number, WeakRef<DomNode>>();
let latest = 0;

/** The node of a shown tree with this number. */
export const nodeOf = (number: number): DomNode | undefined => byNumber.get(number)?.deref();

/** A node of the worker's document. Where its tree is shown, it tells each change. */
export class DomNode extends DomTarget {
  /** Unlike `instanceof`, runs no trap of a proxy. */
  static is(value: unknown): value is DomNode {
    return typeof value === 'object' && value !== null && #brand in value;
  }

  // oxlint-disable-next-line no-unused-private-class-members -- `in` asks for it
  readonly #brand = true;
  readonly [$number] = ++latest;
  readonly nodeType: number = 0;
  readonly nodeName: string = '';
  /** Who shows the tree in which the node is. */
  [$sink]: Sink | undefined;
  parentNode: DomNode | null = null;
  previousSibling: DomNode | null = null;
  nextSibling: DomNode | null = null;
  firstChild: DomNode | null = null;
  lastChild: DomNode | null = null;

  protected override get [$parent](): DomTarget | null {
    return this.parentNode ?? (this === owner.document ? owner.view : null);
  }

  protected override [$listens](type: string): void {
    if (this[$sink] !== undefined) this[$sink].listens(type);
    else if (this.isConnected) owner.listens(type);
  }

  get ownerDocument(): DomNode | null {
    return this === owner.document ? null : owner.document;
  }

  get isConnected(): boolean {
    return this.getRootNode({ composed: true }) === owner.document;
  }

  get baseURI(): string {
    return 'about:blank';
  }

  get childNodes(): NodeArray {
    return nodeArray(childrenOf(this));
  }

  get parentElement(): DomNode | null {
    return this.parentNode?.nodeType === 1 ? this.parentNode : null;
  }

  get children(): NodeArray {
    return nodeArray(childrenOf(this).filter(isElement));
  }

  get firstElementChild(): DomNode | null {
    return this.children[0] ?? null;
  }

  get lastElementChild(): DomNode | null {
    return this.children.at(-1) ?? null;
  }

  get childElementCount(): number {
    return this.children.length;
  }

  get previousElementSibling(): DomNode | null {
    let node = this.previousSibling;
    while (node !== null && !isElement(node)) node = node.previousSibling;
    return node;
  }

  get nextElementSibling(): DomNode | null {
    let node = this.nextSibling;
    while (node !== null && !isElement(node)) node = node.nextSibling;
    return node;
  }

  get nodeValue(): string | null {
    return null;
  }
  set nodeValue(_value: string | null) {}

  get textContent(): string | null {
    let text = '';
    for (const child of childrenOf(this)) if (child.nodeType !== 8) text += child.textContent ?? '';
    return text;
  }
  set textContent(value: unknown) {
    this.replaceChildren(...(value == null || value === '' ? [] : [value]));
  }

  getRootNode(options?: { readonly composed?: boolean }): DomNode {
    if (this.parentNode !== null) return this.parentNode.getRootNode(options);
    return options?.composed === true && 'host' in this ? (this.host as DomNode).getRootNode(options) : this;
  }

  hasChildNodes(): boolean {
    return this.firstChild !== null;
  }

  contains(other: DomNode | null): boolean {
    for (let node = other; node !== null; node = node.parentNode) if (node === this) return true;
    return false;
  }

  isSameNode(other: DomNode | null): boolean {
    return this === other;
  }

  normalize(): void {}

  compareDocumentPosition(other: DomNode): number {
    return positionOf<DomNode>(this, other);
  }

  appendChild<T extends DomNode>(node: T): T {
    return this.insertBefore(node, null);
  }

  insertBefore<T extends DomNode>(node: T, reference: DomNode | null = null): T {
    if (!DomNode.is(node)) throw new TypeError('What is inserted is no node.');
    if (node.contains(this)) throw new DOMException('The new child contains the parent.', 'HierarchyRequestError');
    if (reference !== null && reference.parentNode !== this)
      throw new DOMException('The reference is no child of this node.', 'NotFoundError');
    if (node.nodeType === 11) {
      for (const child of childrenOf(node)) this.insertBefore(child, reference);
      return node;
    }
    const before = reference === node ? node.nextSibling : reference;
    const sink = this[$sink];
    const isMove = sink !== undefined && node[$sink] === sink && node.parentNode !== null;
    const wasConnected = node.isConnected;
    if (!isMove) node.parentNode?.removeChild(node);
    unlink<DomNode>(node);
    link<DomNode>(node, this, before);
    if (isMove) sink.push([mutationKind.move, this[$number], before?.[$number] ?? 0, node[$number]]);
    else if (sink !== undefined)
      sink.push([mutationKind.insert, this[$number], before?.[$number] ?? 0, treeOf(node, sink)]);
    if (!(isMove && wasConnected) && this.isConnected) forEachElement(node, (element) => element[$connected]());
    return node;
  }

  removeChild<T extends DomNode>(node: T): T {
    if (node.parentNode !== this)
      throw new DOMException('The node to be removed is not a child of this node.', 'NotFoundError');
    const wasConnected = this.isConnected;
    unlink<DomNode>(node);
    if (node[$sink] !== undefined) {
      node[$sink].push([mutationKind.remove, node[$number]]);
      forget(node);
    }
    if (wasConnected) forEachElement(node, (element) => element[$disconnected]());
    return node;
  }

  replaceChild<T extends DomNode>(node: DomNode, old: T): T {
    this.insertBefore(node, old);
    return this.removeChild(old);
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }

  append(...nodes: unknown[]): void {
    for (const node of nodes) this.appendChild(asNode(node));
  }

  prepend(...nodes: unknown[]): void {
    const first = this.firstChild;
    for (const node of nodes) this.insertBefore(asNode(node), first);
  }

  before(...nodes: unknown[]): void {
    for (const node of nodes) this.parentNode?.insertBefore(asNode(node), this);
  }

  after(...nodes: unknown[]): void {
    const next = this.nextSibling;
    for (const node of nodes) this.parentNode?.insertBefore(asNode(node), next);
  }

  replaceWith(...nodes: unknown[]): void {
    this.before(...nodes);
    this.remove();
  }

  replaceChildren(...nodes: unknown[]): void {
    while (this.firstChild !== null) this.removeChild(this.firstChild);
    this.append(...nodes);
  }

  cloneNode(deep = false): DomNode {
    const copy = this[$copy]();
    if (deep) for (const child of childrenOf(this)) copy.appendChild(child.cloneNode(true));
    return copy;
  }

  querySelectorAll(selectors: string): NodeArray {
    const found: DomNode[] = [];
    forEachElement(this, (node) => {
      if (node !== this && matches(node, String(selectors), this)) found.push(node);
    });
    return nodeArray(found);
  }

  querySelector(selectors: string): DomNode | null {
    return this.querySelectorAll(selectors)[0] ?? null;
  }

  getElementsByTagName(name: string): NodeArray {
    return this.querySelectorAll(name);
  }

  getElementsByClassName(names: string): NodeArray {
    return this.querySelectorAll(String(names).trim().replaceAll(/^|\s+/g, '.'));
  }

  getElementById(id: string): DomNode | null {
    return this.querySelectorAll('[id]').find((node) => (node as { id?: string }).id === id) ?? null;
  }

  /** A copy without children. */
  protected [$copy](): DomNode {
    return new DocumentFragment();
  }

  /** As data, without children of elements. @param children trees of the children */
  [$describe](_children: readonly TreeNode[], _sink: Sink): TreeNode {
    return [this[$number], ''];
  }

  /** Became part of the document. */
  [$connected](): void {}
  [$disconnected](): void {}
}

/** What lists of nodes are here: arrays, made when they are asked for. */
export type NodeArray = DomNode[] & { item(index: number): DomNode | null };

function nodeArray(nodes: DomNode[]): NodeArray {
  return Object.defineProperty(nodes, 'item', { value: (index: number) => nodes[index] ?? null }) as NodeArray;
}

export class CharacterData extends DomNode {
  #data: string;

  constructor(data: unknown = '') {
    super();
    this.#data = String(data);
  }

  get data(): string {
    return this.#data;
  }
  set data(value: unknown) {
    this.#data = value === null ? '' : String(value);
    this[$sink]?.push([mutationKind.text, this[$number], this.#data]);
  }

  override get nodeValue(): string {
    return this.#data;
  }
  override set nodeValue(value: unknown) {
    this.data = value;
  }

  override get textContent(): string {
    return this.#data;
  }
  override set textContent(value: unknown) {
    this.data = value;
  }

  get length(): number {
    return this.#data.length;
  }

  override [$describe](): TreeNode {
    return [this[$number], this.#data];
  }
}

export class Text extends CharacterData {
  override readonly nodeType = 3;
  override readonly nodeName = '#text';

  splitText(offset: number): Text {
    const rest = new Text(this.data.slice(offset));
    this.data = this.data.slice(0, offset);
    this.after(rest);
    return rest;
  }

  protected override [$copy](): DomNode {
    return new Text(this.data);
  }
}

export class Comment extends CharacterData {
  override readonly nodeType = 8;
  override readonly nodeName = '#comment';

  protected override [$copy](): DomNode {
    return new Comment(this.data);
  }

  override [$describe](): TreeNode {
    return [this[$number], this.data, 1];
  }
}

export class DocumentFragment extends DomNode {
  override readonly nodeType: number = 11;
  override readonly nodeName: string = '#document-fragment';
}

/** A tree as data. From now on the sink is told of its changes. @throws RangeError for a tree that is too large */
export function treeOf(root: DomNode, sink: Sink): TreeNode {
  let count = 0;
  const write = (node: DomNode, depth: number): TreeNode => {
    if (depth > maxDepth) throw new RangeError(`A component has at most ${maxDepth} levels of elements.`);
    if (++count > maxTreeNodes) throw new RangeError(`A component has at most ${maxTreeNodes} nodes.`);
    node[$sink] = sink;
    byNumber.set(node[$number], new WeakRef(node));
    for (const type of node[$types]) sink.listens(type);
    return node[$describe](
      childrenOf(node).map((child) => write(child, depth + 1)),
      sink,
    );
  };
  return write(root, 0);
}

/** The tree of the node is no longer shown. */
export function forget(root: DomNode): void {
  const nodes = [root];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    node[$sink] = undefined;
    byNumber.delete(node[$number]);
    nodes.push(...childrenOf(node));
    if ('shadowRoot' in node && node.shadowRoot !== null) nodes.push(node.shadowRoot as DomNode);
  }
}

/** In the order of the document, without shadow trees. */
function forEachElement(root: DomNode, visit: (element: DomNode) => void): void {
  if (isElement(root)) visit(root);
  for (const child of childrenOf(root)) forEachElement(child, visit);
}

export function childrenOf(parent: DomNode): DomNode[] {
  const children: DomNode[] = [];
  for (let child = parent.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

const isElement = (node: DomNode): boolean => node.nodeType === 1;
const asNode = (value: unknown): DomNode => (DomNode.is(value) ? value : new Text(value));
