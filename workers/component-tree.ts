import { maxTreeNodes } from '../src/protocol/bounds.js';
import {
  type ComponentTree,
  isEventType,
  liveMethods,
  liveProperties,
  mutationKind,
  namespaces,
} from '../src/protocol/frame/component-mutations.js';
import { allowsAttribute, elementName } from './frame-elements.js';

const maxDepth = 600;
const xlink = 'http://www.w3.org/1999/xlink';

/** Properties and methods are called by name, so only these are. */
const isLive = (name: unknown): name is (typeof liveProperties)[number] =>
  liveProperties.some((property) => property === name);
const isMethod = (name: unknown): name is (typeof liveMethods)[number] => liveMethods.some((method) => method === name);

/** The tree of a component on the page of its frame. Whatever it is told was written by code, and only what fits is done. */
export class PageTree {
  readonly #document: Document;
  readonly #place: Element;
  readonly #listen: (type: string) => void;
  readonly #shadow: (root: ShadowRoot) => void;
  #nodes = new Map<number, Node>();
  readonly #numbers = new WeakMap<Node, number>();
  /** Number of the latest input to a field: what code had not seen of it is older. */
  readonly inputs = new WeakMap<Node, number>();

  /** @param listen called with each type of event that code listens to */
  constructor(place: Element, listen: (type: string) => void, shadow: (root: ShadowRoot) => void) {
    this.#document = place.ownerDocument;
    this.#place = place;
    this.#listen = listen;
    this.#shadow = shadow;
  }

  /** The number of a node, or of the nearest one around it that has one. */
  numberOf(node: Node): { readonly number: number; readonly node: Node } | undefined {
    for (let at: Node | null = node; at !== null; at = at.parentNode ?? ('host' in at ? (at.host as Node) : null)) {
      const number = this.#numbers.get(at);
      if (number !== undefined) return { number, node: at };
    }
    return undefined;
  }

  /** @throws RangeError, TypeError, SyntaxError for what is no tree */
  show(json: string): void {
    const { tree, listens } = JSON.parse(json) as ComponentTree;
    this.#nodes = new Map();
    this.#place.replaceChildren(this.#build(tree, 0));
    for (const type of listens) this.#listens(type);
  }

  /** @throws RangeError, TypeError, SyntaxError for mutations that do not fit the tree */
  apply(json: string): void {
    for (const mutation of JSON.parse(json) as unknown[][]) this.#applyOne(mutation);
  }

  #applyOne([kind, first, second, third, fourth]: unknown[]): void {
    switch (kind) {
      case mutationKind.insert:
      case mutationKind.move: {
        const node = kind === mutationKind.move ? this.#node(third) : this.#build(third, 0);
        this.#node(first).insertBefore(node, second === 0 ? null : this.#node(second));
        return;
      }
      case mutationKind.remove: {
        const node = this.#node(first);
        node.parentNode?.removeChild(node);
        this.#forget(node);
        return;
      }
      case mutationKind.text:
        (this.#node(first) as CharacterData).data = String(second);
        return;
      case mutationKind.attribute:
        this.#setAttribute(this.#node(first) as Element, String(second), third);
        return;
      case mutationKind.property:
        this.#setProperty(this.#node(first), second, third, Number(fourth));
        return;
      case mutationKind.call:
        // Only a page that the reader is in may move the focus.
        if (isMethod(second) && this.#document.hasFocus()) (this.#node(first) as Partial<HTMLInputElement>)[second]?.();
        return;
      case mutationKind.listen:
        this.#listens(first);
        return;
      case mutationKind.shadow:
        this.#buildShadow(this.#node(first) as Element, second, 0);
        return;
      default:
        throw new TypeError('There is no such mutation.');
    }
  }

  #node(number: unknown): Node {
    const node = this.#nodes.get(number as number);
    if (node === undefined) throw new TypeError('There is no such node.');
    return node;
  }

  #listens(type: unknown): void {
    if (isEventType(type)) this.#listen(type);
  }

  #build(data: unknown, depth: number): Node {
    if (!Array.isArray(data) || typeof data[0] !== 'number') throw new TypeError('There is no such tree.');
    if (depth > maxDepth) throw new RangeError('The component has too many levels.');
    const node = data.length < 4 ? this.#buildText(data) : this.#buildElement(data, depth);
    this.#remember(data[0], node);
    return node;
  }

  #buildText([, text, isComment]: unknown[]): Node {
    return isComment === undefined
      ? this.#document.createTextNode(String(text))
      : this.#document.createComment(String(text));
  }

  #buildElement([, name, attributes, children, properties, namespace, shadow]: unknown[], depth: number): Node {
    const space = namespace === 1 || namespace === 2 ? namespace : 0;
    const element = this.#document.createElementNS(namespaces[space], elementName(name, space));
    for (const [key, value] of Object.entries(attributes as object)) this.#setAttribute(element, key, value);
    for (const child of children as unknown[]) element.appendChild(this.#build(child, depth + 1));
    if (shadow !== undefined) this.#buildShadow(element, shadow, depth);
    for (const [key, value] of Object.entries(properties as object)) this.#setProperty(element, key, value, 0);
    return element;
  }

  #buildShadow(host: Element, data: unknown, depth: number): void {
    if (!Array.isArray(data) || typeof data[0] !== 'number') throw new TypeError('There is no such tree.');
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    this.#remember(data[0], root);
    this.#shadow(root);
    root.replaceChildren(...(data[1] as unknown[]).map((child) => this.#build(child, depth + 1)));
  }

  #remember(number: number, node: Node): void {
    if (this.#nodes.size >= maxTreeNodes) throw new RangeError(`The component has more than ${maxTreeNodes} nodes.`);
    this.#nodes.set(number, node);
    this.#numbers.set(node, number);
  }

  #forget(node: Node): void {
    const number = this.#numbers.get(node);
    if (number !== undefined) this.#nodes.delete(number);
    for (const child of node.childNodes) this.#forget(child);
    if ('shadowRoot' in node && node.shadowRoot !== null) this.#forget(node.shadowRoot as Node);
  }

  #setAttribute(element: Element, name: string, value: unknown): void {
    if (value === null) element.removeAttribute(name);
    else if (!allowsAttribute(element.localName, name, String(value))) return;
    else if (name === 'xlink:href') element.setAttributeNS(xlink, name, String(value));
    else element.setAttribute(name, String(value));
  }

  #setProperty(node: Node, name: unknown, value: unknown, seen: number): void {
    if (!isLive(name) || seen < (this.inputs.get(node) ?? 0)) return;
    const field = node as unknown as Record<string, unknown>;
    const safe = name === 'value' ? String(value) : Boolean(value);
    if (name in field && field[name] !== safe) field[name] = safe;
  }
}
