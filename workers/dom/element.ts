import {
  type liveMethods,
  mutationKind,
  namespaces,
  type TreeNode,
} from '../../src/protocol/frame/component-mutations.js';
import { classListOf, datasetOf } from './attribute-views.js';
import { parseMarkup, writeMarkup } from './markup.js';
import { childrenOf, Comment, DocumentFragment, DomNode, owner, type Sink, Text, treeOf } from './node.js';
import { matches } from './selectors.js';
import { styleOf } from './style.js';
import { noLayout } from './no-layout.js';
import {
  $connected,
  $contents,
  $copy,
  $describe,
  $disconnected,
  $number,
  $parent,
  $property,
  $received,
  $setProperty,
  $sink,
} from './internals.js';

/** A class of elements that code defined. */
export interface CustomElement {
  new (): Element;
  readonly observedAttributes?: readonly string[];
}

/** Names of elements that code defined, both ways. */
export const definitions = { byName: new Map<string, CustomElement>(), byClass: new Map<unknown, string>() };

/** The name of the element that is being made, for classes that serve many names. */
let making: { readonly name: string; readonly namespace: string } | undefined;

/** Callbacks of elements that code defined. */
interface Reactions {
  connectedCallback?(): void;
  disconnectedCallback?(): void;
  attributeChangedCallback?(name: string, old: string | null, value: string | null): void;
}

export class ShadowRoot extends DocumentFragment {
  readonly mode: string;
  readonly host: Element;

  constructor(host: Element, mode: string) {
    super();
    this.host = host;
    this.mode = mode;
  }

  get activeElement(): null {
    return null;
  }

  get innerHTML(): string {
    return writeMarkup(this);
  }
  set innerHTML(markup: unknown) {
    setMarkup(this, markup);
  }

  protected override get [$parent](): DomNode {
    return this.host;
  }

  override [$describe](children: readonly TreeNode[]): TreeNode {
    return [this[$number], children] as unknown as TreeNode;
  }
}

export class Element extends DomNode {
  override readonly nodeType = 1;
  override readonly nodeName: string;
  readonly localName: string;
  readonly namespaceURI: string;
  readonly #attributes = new Map<string, string>();
  readonly #properties: Record<string, unknown> = {};
  #style: object | undefined;
  /** Number of the latest input that the reader made. */
  #input = 0;
  shadowRoot: ShadowRoot | null = null;

  constructor() {
    super();
    const { name, namespace } = making ?? { name: definitions.byClass.get(new.target), namespace: namespaces[0] };
    making = undefined;
    if (name === undefined) throw new TypeError('Illegal constructor');
    this.localName = name;
    this.namespaceURI = namespace;
    this.nodeName = namespace === namespaces[0] ? name.toUpperCase() : name;
  }

  get tagName(): string {
    return this.nodeName;
  }

  get prefix(): null {
    return null;
  }

  get attributes(): object {
    const all = [...this.#attributes].map(([name, value]) => ({ name, localName: name, value, nodeValue: value }));
    return Object.assign(all, { getNamedItem: (name: string) => all.find((one) => one.name === name) ?? null });
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(this.#attributeName(name)) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.#attributes.has(this.#attributeName(name));
  }

  hasAttributes(): boolean {
    return this.#attributes.size > 0;
  }

  getAttributeNames(): string[] {
    return [...this.#attributes.keys()];
  }

  setAttribute(name: string, value: unknown): void {
    this.#changeAttribute(this.#attributeName(name), String(value));
  }

  removeAttribute(name: string): void {
    const key = this.#attributeName(name);
    if (this.#attributes.has(key)) this.#changeAttribute(key, null);
  }

  toggleAttribute(name: string, force = !this.hasAttribute(name)): boolean {
    if (!force) this.removeAttribute(name);
    else if (!this.hasAttribute(name)) this.setAttribute(name, '');
    return force;
  }

  setAttributeNS(_namespace: unknown, name: string, value: unknown): void {
    this.setAttribute(name, value);
  }

  getAttributeNS(_namespace: unknown, name: string): string | null {
    return this.getAttribute(name);
  }

  hasAttributeNS(_namespace: unknown, name: string): boolean {
    return this.hasAttribute(name);
  }

  removeAttributeNS(_namespace: unknown, name: string): void {
    this.removeAttribute(name);
  }

  get id(): string {
    return this.getAttribute('id') ?? '';
  }
  set id(value: unknown) {
    this.setAttribute('id', value);
  }

  get className(): unknown {
    return this.getAttribute('class') ?? '';
  }
  set className(value: unknown) {
    this.setAttribute('class', value);
  }

  get classList(): object {
    return classListOf(this);
  }
  set classList(value: unknown) {
    this.setAttribute('class', value);
  }

  get dataset(): object {
    return datasetOf(this);
  }

  get style(): object {
    return (this.#style ??= styleOf(this));
  }
  set style(value: unknown) {
    this.setAttribute('style', value);
  }

  get innerHTML(): string {
    return childrenOf(this[$contents])
      .map((child) => writeMarkup(child))
      .join('');
  }
  set innerHTML(markup: unknown) {
    setMarkup(this[$contents], markup);
  }

  get outerHTML(): string {
    return writeMarkup(this);
  }

  get innerText(): string {
    return this.textContent ?? '';
  }
  set innerText(value: unknown) {
    this.textContent = value;
  }

  insertAdjacentHTML(where: string, markup: unknown): void {
    const fragment = new DocumentFragment();
    setMarkup(fragment, markup);
    this.insertAdjacentElement(where, fragment);
  }

  insertAdjacentElement(where: string, node: DomNode): DomNode {
    if (where === 'beforebegin') this.before(node);
    else if (where === 'afterbegin') this.prepend(node);
    else if (where === 'beforeend') this.append(node);
    else this.after(node);
    return node;
  }

  /** Where children of its markup go. */
  get [$contents](): DomNode {
    return this;
  }

  matches(selectors: string): boolean {
    return matches(this, String(selectors));
  }

  closest(selectors: string): DomNode | null {
    if (this.matches(selectors)) return this;
    const { parentElement } = this;
    return parentElement === null ? null : (parentElement as Element).closest(selectors);
  }

  attachShadow({ mode = 'open' }: { readonly mode?: string } = {}): ShadowRoot {
    if (this.shadowRoot !== null) throw new DOMException('The element has a shadow root already.', 'NotSupportedError');
    this.shadowRoot = new ShadowRoot(this, mode);
    if (this[$sink] !== undefined)
      this[$sink].push([mutationKind.shadow, this[$number], treeOf(this.shadowRoot, this[$sink])]);
    return this.shadowRoot;
  }

  attachInternals(): object {
    return { setFormValue: () => undefined, setValidity: () => undefined, states: new Set(), form: null };
  }

  focus(): void {
    this.#call('focus');
    (owner.document as { activeElement?: unknown }).activeElement = this;
  }

  blur(): void {
    this.#call('blur');
    (owner.document as { activeElement?: unknown }).activeElement = null;
  }

  select(): void {
    this.#call('select');
  }

  scrollIntoView(): void {
    this.#call('scrollIntoView');
  }

  click(): void {
    this.dispatchEvent(new Event('click', { bubbles: true, cancelable: true, composed: true }));
  }

  setSelectionRange(): void {}
  setPointerCapture(): void {}
  releasePointerCapture(): void {}
  hasPointerCapture(): boolean {
    return false;
  }
  getAnimations(): never[] {
    return [];
  }
  animate(): { cancel(): void; finished: Promise<void> } {
    return { cancel: () => undefined, finished: Promise.resolve() };
  }

  getBoundingClientRect(): object {
    return noLayout('getBoundingClientRect', this);
  }

  getClientRects(): object[] {
    return [noLayout('getClientRects', this)];
  }

  /** What the element holds apart from its attributes: of a field, what the reader has put into it. */
  [$property](name: string): unknown {
    return this.#properties[name];
  }

  [$setProperty](name: string, value: unknown): void {
    this.#properties[name] = value;
    this[$sink]?.push([mutationKind.property, this[$number], name, value, this.#input]);
  }

  /** Takes over what the reader has put into a field. */
  [$received](properties: Readonly<Record<string, unknown>>, input: number): void {
    Object.assign(this.#properties, properties);
    this.#input = input;
  }

  override [$connected](): void {
    (this as Reactions).connectedCallback?.();
    if (this.shadowRoot !== null)
      for (const child of this.shadowRoot.querySelectorAll('*')) if (child.isConnected) child[$connected]();
  }

  override [$disconnected](): void {
    (this as Reactions).disconnectedCallback?.();
    for (const child of this.shadowRoot?.querySelectorAll('*') ?? []) child[$disconnected]();
  }

  override [$describe](children: readonly TreeNode[], sink: Sink): TreeNode {
    const namespace = Math.max(0, namespaces.indexOf(this.namespaceURI as (typeof namespaces)[0])) as 0 | 1 | 2;
    const node = [
      this[$number],
      this.localName,
      Object.fromEntries(this.#attributes),
      children,
      { ...this.#properties },
      namespace,
    ] as const;
    if (this.shadowRoot === null) return node;
    const shadow = treeOf(this.shadowRoot, sink);
    return [...node, shadow as unknown as readonly [number, readonly TreeNode[]]];
  }

  protected override [$copy](): DomNode {
    const copy = makeElement(this.localName, this.namespaceURI);
    for (const [name, value] of this.#attributes) copy.setAttribute(name, value);
    return copy;
  }

  #call(method: (typeof liveMethods)[number]): void {
    this[$sink]?.push([mutationKind.call, this[$number], method]);
  }

  #attributeName(name: string): string {
    const text = String(name);
    return this.namespaceURI === namespaces[0] ? text.toLowerCase() : text;
  }

  #changeAttribute(name: string, value: string | null): void {
    const old = this.#attributes.get(name) ?? null;
    if (value === null) this.#attributes.delete(name);
    else this.#attributes.set(name, value);
    if (old !== value) this[$sink]?.push([mutationKind.attribute, this[$number], name, value]);
    const { observedAttributes } = this.constructor as unknown as CustomElement;
    if (definitions.byClass.has(this.constructor) && observedAttributes?.includes(name) === true)
      (this as Reactions).attributeChangedCallback?.(name, old, value);
  }
}

/** Classes of elements that the platform has, by their name. */
export const elementClasses = new Map<string, new () => Element>();
export const fallback: { html: new () => Element; svg: new () => Element } = { html: Element, svg: Element };

export function makeElement(name: string, namespace: string = namespaces[0]): Element {
  const isHtml = namespace === namespaces[0];
  const localName = isHtml ? String(name).toLowerCase() : String(name);
  const Class = isHtml
    ? (definitions.byName.get(localName) ?? elementClasses.get(localName) ?? fallback.html)
    : fallback.svg;
  making = { name: localName, namespace };
  try {
    return new Class();
  } finally {
    making = undefined;
  }
}

function setMarkup(parent: DomNode, markup: unknown): void {
  parent.replaceChildren();
  parseMarkup(parent, String(markup), {
    element: (name, into) => {
      const isSvg = name.toLowerCase() === 'svg' || (into as Element).namespaceURI === namespaces[1];
      const isHtmlAgain = (into as Element).localName === 'foreignObject';
      return makeElement(name, isSvg && !isHtmlAgain ? namespaces[1] : namespaces[0]);
    },
    text: (data) => new Text(data),
    comment: (data) => new Comment(data),
  });
}
