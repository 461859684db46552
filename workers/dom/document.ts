import { type CustomElement, definitions, Element, makeElement, ShadowRoot } from './element.js';
import { DomTarget } from './event-target.js';
import { type HTMLElement, htmlClasses } from './html-elements.js';
import { CharacterData, Comment, DocumentFragment, DomNode, type NodeArray, owner, Text } from './node.js';
import { $listens } from './internals.js';

/** What walks over the nodes of a tree. */
class TreeWalker {
  readonly root: DomNode;
  readonly #shown: number;
  currentNode: DomNode;

  constructor(root: DomNode, shown: number) {
    this.root = this.currentNode = root;
    this.#shown = shown;
  }

  nextNode(): DomNode | null {
    for (let node = following(this.currentNode, this.root); node !== null; node = following(node, this.root))
      if (this.#shown & (1 << (node.nodeType - 1))) return (this.currentNode = node);
    return null;
  }

  parentNode(): DomNode | null {
    const { parentNode } = this.currentNode;
    return this.currentNode === this.root || parentNode === null ? null : (this.currentNode = parentNode);
  }

  firstChild(): DomNode | null {
    const { firstChild } = this.currentNode;
    return firstChild === null ? null : (this.currentNode = firstChild);
  }

  nextSibling(): DomNode | null {
    const { nextSibling } = this.currentNode;
    return nextSibling === null || this.currentNode === this.root ? null : (this.currentNode = nextSibling);
  }
}

function following(from: DomNode, root: DomNode): DomNode | null {
  if (from.firstChild !== null) return from.firstChild;
  for (let node: DomNode | null = from; node !== null && node !== root; node = node.parentNode)
    if (node.nextSibling !== null) return node.nextSibling;
  return null;
}

class Document extends DomNode {
  override readonly nodeType = 9;
  override readonly nodeName = '#document';
  readonly documentElement = makeElement('html');
  readonly head = makeElement('head');
  readonly body = makeElement('body');
  readonly readyState = 'complete';
  readonly visibilityState = 'visible';
  readonly hidden = false;
  readonly compatMode = 'CSS1Compat';
  readonly contentType = 'text/html';
  readonly styleSheets: readonly never[] = [];
  readonly fonts = { ready: Promise.resolve(), load: () => Promise.resolve([]), check: () => true };
  cookie = '';
  title = '';
  #active: Element | null = null;

  constructor() {
    super();
    this.appendChild(this.documentElement);
    this.documentElement.append(this.head, this.body);
  }

  get defaultView(): unknown {
    return globalThis;
  }

  get activeElement(): Element {
    return this.#active?.isConnected === true ? this.#active : this.body;
  }
  set activeElement(element: Element | null) {
    this.#active = element;
  }

  createElement(name: string): Element {
    return makeElement(name);
  }
  createElementNS(namespace: string | null, name: string): Element {
    return makeElement(name, namespace ?? undefined);
  }
  createTextNode(data: unknown): Text {
    return new Text(data);
  }
  createComment(data: unknown): Comment {
    return new Comment(data);
  }
  createDocumentFragment(): DocumentFragment {
    return new DocumentFragment();
  }
  createTreeWalker(root: DomNode, shown = 0xff_ff_ff_ff): TreeWalker {
    return new TreeWalker(root, shown);
  }
  createEvent(): Event & { initEvent(type: string, bubbles: boolean, cancelable: boolean): void } {
    return Object.assign(new Event(''), { initEvent: () => undefined });
  }
  importNode(node: DomNode, deep = false): DomNode {
    return node.cloneNode(deep);
  }
  adoptNode(node: DomNode): DomNode {
    node.remove();
    return node;
  }
  hasFocus(): boolean {
    return true;
  }
  getSelection(): null {
    return null;
  }
  elementFromPoint(): null {
    return null;
  }
  getElementsByName(name: string): NodeArray {
    return this.querySelectorAll(`[name="${name}"]`);
  }
}

const customElements = {
  define(name: string, Class: CustomElement): void {
    if (!/^[a-z][^A-Z\s]*-/.test(name))
      throw new DOMException(`"${name}" is no name of a custom element.`, 'SyntaxError');
    if (definitions.byName.has(name))
      throw new DOMException(`The name "${name}" has been used already.`, 'NotSupportedError');
    // Read by the platform too, and classes count on it.
    void Class.observedAttributes;
    definitions.byName.set(name, Class);
    definitions.byClass.set(Class, name);
    waiting.get(name)?.(Class);
  },
  get: (name: string) => definitions.byName.get(name),
  getName: (Class: CustomElement) => definitions.byClass.get(Class) ?? null,
  whenDefined(name: string): Promise<CustomElement> {
    const found = definitions.byName.get(name);
    return found === undefined ? new Promise((resolve) => waiting.set(name, resolve)) : Promise.resolve(found);
  },
  upgrade: () => undefined,
};
const waiting = new Map<string, (Class: CustomElement) => void>();

/** What events come to after the document, and what `event.view` is. */
class View extends DomTarget {
  get document(): DomNode | null {
    return owner.document;
  }
  protected override [$listens](type: string): void {
    owner.listens(type);
  }
}

/** Of an event of an input device; its fields are those that it is made with. */
class UIEvent extends Event {
  constructor(type: string, init: EventInit & Record<string, unknown> = {}) {
    super(type, init);
    for (const [name, value] of Object.entries(init))
      if (!(name in this)) Object.defineProperty(this, name, { value, configurable: true, enumerable: true });
  }
  get view(): unknown {
    return owner.view;
  }
  getModifierState(): boolean {
    return false;
  }
}

class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): never[] {
    return [];
  }
}

/** Makes the event of the frame one of the worker's. */
export const makeEvent = (type: string, init: Readonly<Record<string, unknown>>): Event => new UIEvent(type, init);

/** The globals that code of components uses. */
export function makeGlobals(): Readonly<Record<string, unknown>> {
  const document = new Document();
  owner.document = document;
  owner.view = new View();
  const frame = (task: (time: number) => void): unknown => setTimeout(() => task(performance.now()), 16);
  const globals: Record<string, unknown> = {
    document,
    customElements,
    window: globalThis,
    Node: Object.assign(DomNode, {
      ELEMENT_NODE: 1,
      TEXT_NODE: 3,
      COMMENT_NODE: 8,
      DOCUMENT_NODE: 9,
      DOCUMENT_FRAGMENT_NODE: 11,
    }),
    CharacterData,
    Text,
    Comment,
    DocumentFragment,
    ShadowRoot,
    Element,
    Document,
    ...htmlClasses,
    CSSStyleSheet: class extends Observer {},
    NodeFilter: { SHOW_ALL: 0xff_ff_ff_ff, SHOW_ELEMENT: 1, SHOW_TEXT: 4, SHOW_COMMENT: 128 },
    UIEvent,
    MouseEvent: class extends UIEvent {},
    PointerEvent: class extends UIEvent {},
    KeyboardEvent: class extends UIEvent {},
    InputEvent: class extends UIEvent {},
    FocusEvent: class extends UIEvent {},
    WheelEvent: class extends UIEvent {},
    SubmitEvent: class extends UIEvent {},
    MutationObserver: class extends Observer {},
    ResizeObserver: class extends Observer {},
    IntersectionObserver: class extends Observer {},
    getComputedStyle: (element: HTMLElement) => element.style,
    matchMedia: (media: string) =>
      Object.assign(new DomTarget(), {
        media,
        matches: false,
        addListener: () => undefined,
        removeListener: () => undefined,
      }),
    requestAnimationFrame: frame,
    cancelAnimationFrame: (timer: number) => clearTimeout(timer),
  };
  for (const [name, value] of Object.entries(globals))
    if (typeof value === 'function' && /^[A-Z]/.test(name)) Object.defineProperty(value, 'name', { value: name });
  return globals;
}

export const bodyOf = (): Element => (owner.document as Document).body;
