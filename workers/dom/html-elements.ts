import { Element, elementClasses, fallback } from './element.js';
import { needsPage, noLayout } from './no-layout.js';
import { childrenOf, DocumentFragment, DomNode, type NodeArray } from './node.js';
import { $contents, $handler, $property, $setHandler, $setProperty } from './internals.js';

/** Attributes that elements have as properties: names of the properties, which may differ. */
const texts =
  'title href src srcset sizes alt name placeholder role min max step lang dir rel target download htmlFor accept action method pattern autocomplete inputMode enterKeyHint cite label scope headers srcdoc media slot';
const flags =
  'disabled multiple readOnly required autofocus hidden open muted loop controls autoplay noValidate reversed inert';
const numbers = 'tabIndex width height rows cols colSpan rowSpan maxLength minLength size span start';
const handlers =
  'click dblclick auxclick mousedown mouseup mousemove mouseover mouseout mouseenter mouseleave pointerdown pointerup pointermove pointerover pointerout pointerenter pointerleave pointercancel gotpointercapture lostpointercapture touchstart touchend touchmove touchcancel keydown keyup keypress input beforeinput change submit reset invalid focus blur focusin focusout wheel scroll drag dragstart dragend dragenter dragover dragleave drop contextmenu toggle load error animationstart animationend transitionend select paste copy cut';

const attributeOf = (property: string): string => (property === 'htmlFor' ? 'for' : property.toLowerCase());

function accessor(
  prototype: object,
  name: string,
  get: (this: Element) => unknown,
  set: (this: Element, value: unknown) => void,
): void {
  Object.defineProperty(prototype, name, { get, set, configurable: true, enumerable: true });
}

for (const type of handlers.split(' '))
  accessor(
    DomNode.prototype,
    `on${type}`,
    function () {
      return this[$handler](type);
    },
    function (handler) {
      this[$setHandler](type, handler);
    },
  );

export class HTMLElement extends Element {
  get isContentEditable(): boolean {
    return this.hasAttribute('contenteditable');
  }
}

for (const name of texts.split(' '))
  accessor(
    HTMLElement.prototype,
    name,
    function () {
      return this.getAttribute(attributeOf(name)) ?? '';
    },
    function (value) {
      this.setAttribute(attributeOf(name), value);
    },
  );
for (const name of flags.split(' '))
  accessor(
    HTMLElement.prototype,
    name,
    function () {
      return this.hasAttribute(name);
    },
    function (value) {
      this.toggleAttribute(name, Boolean(value));
    },
  );
for (const name of numbers.split(' '))
  accessor(
    HTMLElement.prototype,
    name,
    function () {
      return Number(this.getAttribute(name) ?? (name === 'tabIndex' ? -1 : 0));
    },
    function (value) {
      this.setAttribute(name, value);
    },
  );
for (const name of 'offsetWidth offsetHeight offsetTop offsetLeft clientWidth clientHeight clientTop clientLeft scrollWidth scrollHeight'.split(
  ' ',
))
  accessor(
    Element.prototype,
    name,
    function () {
      noLayout(name, this);
      return 0;
    },
    () => undefined,
  );
for (const name of ['scrollTop', 'scrollLeft'])
  accessor(
    Element.prototype,
    name,
    () => 0,
    () => undefined,
  );

/** Fields have what the reader puts into them on the prototype of their own class, where React looks for it. */
class Field extends HTMLElement {
  get form(): DomNode | null {
    return this.closest('form');
  }
  get labels(): NodeArray {
    return this.querySelectorAll(':not(*)');
  }
  get validity(): object {
    return { valid: true };
  }
  checkValidity(): boolean {
    return true;
  }
  setCustomValidity(): void {}
}

class HTMLInputElement extends Field {
  get type(): string {
    return this.getAttribute('type')?.toLowerCase() ?? 'text';
  }
  set type(value: unknown) {
    this.setAttribute('type', value);
  }
  get value(): unknown {
    const isBox = this.type === 'checkbox' || this.type === 'radio';
    return this[$property]('value') ?? this.getAttribute('value') ?? (isBox ? 'on' : '');
  }
  set value(value: unknown) {
    this[$setProperty]('value', value === null ? '' : String(value));
  }
  get valueAsNumber(): number {
    return this.value === '' ? NaN : Number(this.value);
  }
  get checked(): unknown {
    return this[$property]('checked') ?? this.hasAttribute('checked');
  }
  set checked(value: unknown) {
    this[$setProperty]('checked', Boolean(value));
  }
  get indeterminate(): unknown {
    return this[$property]('indeterminate') ?? false;
  }
  set indeterminate(value: unknown) {
    this[$setProperty]('indeterminate', Boolean(value));
  }
  get defaultValue(): unknown {
    return this.getAttribute('value') ?? '';
  }
  set defaultValue(value: unknown) {
    this.setAttribute('value', value);
  }
  get defaultChecked(): unknown {
    return this.hasAttribute('checked');
  }
  set defaultChecked(value: unknown) {
    this.toggleAttribute('checked', Boolean(value));
  }
  get files(): null {
    return null;
  }
}

class HTMLTextAreaElement extends Field {
  get type(): string {
    return 'textarea';
  }
  get value(): unknown {
    return this[$property]('value') ?? this.textContent ?? '';
  }
  set value(value: unknown) {
    this[$setProperty]('value', value === null ? '' : String(value));
  }
  get defaultValue(): unknown {
    return this.textContent ?? '';
  }
  set defaultValue(value: unknown) {
    this.textContent = value;
  }
}

class HTMLOptionElement extends HTMLElement {
  get value(): unknown {
    return this.getAttribute('value') ?? this.textContent ?? '';
  }
  set value(value: unknown) {
    this.setAttribute('value', value);
  }
  get text(): string {
    return this.textContent ?? '';
  }
  get selected(): boolean {
    const select = this.closest('select') as HTMLSelectElement | null;
    const chosen = select?.[$property]('value');
    if (typeof chosen === 'string' && select?.multiple !== true) return chosen === this.value;
    return Boolean(this[$property]('selected') ?? this.hasAttribute('selected'));
  }
  set selected(value: unknown) {
    const select = this.closest('select') as HTMLSelectElement | null;
    if (select === null || select.multiple) this[$setProperty]('selected', Boolean(value));
    else if (value) select.value = this.value;
  }
  get defaultSelected(): unknown {
    return this.hasAttribute('selected');
  }
  set defaultSelected(value: unknown) {
    this.toggleAttribute('selected', Boolean(value));
  }
}

class HTMLSelectElement extends Field {
  declare multiple: boolean;
  get type(): string {
    return this.multiple ? 'select-multiple' : 'select-one';
  }
  get options(): NodeArray {
    return this.querySelectorAll('option');
  }
  get selectedOptions(): DomNode[] {
    return this.options.filter((option) => (option as HTMLOptionElement).selected);
  }
  get selectedIndex(): number {
    return this.options.findIndex((option) => (option as HTMLOptionElement).selected);
  }
  set selectedIndex(index: number) {
    this.value = (this.options[index] as HTMLOptionElement | undefined)?.value ?? '';
  }
  get value(): unknown {
    const chosen = this[$property]('value') ?? (this.selectedOptions[0] as HTMLOptionElement | undefined)?.value;
    return chosen ?? (this.multiple ? '' : ((this.options[0] as HTMLOptionElement | undefined)?.value ?? ''));
  }
  set value(value: unknown) {
    this[$setProperty]('value', String(value));
  }
}

class HTMLButtonElement extends Field {
  get type(): string {
    return this.getAttribute('type')?.toLowerCase() ?? 'submit';
  }
  set type(value: unknown) {
    this.setAttribute('type', value);
  }
  get value(): unknown {
    return this.getAttribute('value') ?? '';
  }
  set value(value: unknown) {
    this.setAttribute('value', value);
  }
}

class HTMLFormElement extends HTMLElement {
  get elements(): NodeArray {
    return this.querySelectorAll('input, select, textarea, button');
  }
  reset(): void {
    for (const field of this.elements) {
      const { defaultValue, defaultChecked } = field as Partial<HTMLInputElement>;
      if (defaultValue !== undefined) (field as HTMLInputElement).value = defaultValue;
      if (defaultChecked !== undefined) (field as HTMLInputElement).checked = defaultChecked;
    }
  }
  requestSubmit(): void {
    this.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  }
  submit(): void {}
}

class HTMLDialogElement extends HTMLElement {
  show(): void {
    this.setAttribute('open', '');
  }
  showModal(): void {
    this.show();
  }
  close(): void {
    this.removeAttribute('open');
    this.dispatchEvent(new Event('close'));
  }
}

class HTMLCanvasElement extends HTMLElement {
  getContext(): never {
    return needsPage('A canvas');
  }
  toDataURL(): never {
    return needsPage('A canvas');
  }
}

class HTMLTemplateElement extends HTMLElement {
  readonly content = new DocumentFragment();

  override get [$contents](): DomNode {
    return this.content;
  }

  override cloneNode(deep = false): DomNode {
    const copy = super.cloneNode(false) as HTMLTemplateElement;
    if (deep) copy.content.append(...childrenOf(this.content).map((child) => child.cloneNode(true)));
    return copy;
  }
}

class SVGElement extends Element {
  get ownerSVGElement(): DomNode | null {
    return this.parentElement === null ? null : ((this.parentElement as Element).closest('svg') ?? null);
  }
  override get className(): unknown {
    return { baseVal: this.getAttribute('class') ?? '', animVal: this.getAttribute('class') ?? '' };
  }
  override set className(value: unknown) {
    this.setAttribute('class', value);
  }
  get tabIndex(): number {
    return Number(this.getAttribute('tabindex') ?? -1);
  }
  getBBox(): object {
    return noLayout('getBBox', this);
  }
  getComputedTextLength(): number {
    noLayout('getComputedTextLength', this);
    return 0;
  }
  getTotalLength(): number {
    noLayout('getTotalLength', this);
    return 0;
  }
}

fallback.html = HTMLElement;
fallback.svg = SVGElement;
/** The classes that code knows by name. */
export const htmlClasses = {
  HTMLElement,
  HTMLInputElement,
  HTMLTextAreaElement,
  HTMLOptionElement,
  HTMLSelectElement,
  HTMLButtonElement,
  HTMLFormElement,
  HTMLDialogElement,
  HTMLCanvasElement,
  HTMLTemplateElement,
  HTMLIFrameElement: class extends HTMLElement {},
  HTMLImageElement: class extends HTMLElement {},
  HTMLAnchorElement: class extends HTMLElement {},
  HTMLDivElement: class extends HTMLElement {},
  HTMLSpanElement: class extends HTMLElement {},
  HTMLStyleElement: class extends HTMLElement {
    readonly sheet = null;
  },
  SVGElement,
};
const names: Readonly<Record<string, string>> = {
  TextArea: 'textarea',
  IFrame: 'iframe',
  Image: 'img',
  Anchor: 'a',
};
for (const [name, Class] of Object.entries(htmlClasses)) {
  const [, kind] = /^HTML(\w+)Element$/.exec(name) ?? [];
  if (kind !== undefined) elementClasses.set(names[kind] ?? kind.toLowerCase(), Class);
}
