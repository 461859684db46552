/** On a server there are no elements; importing this there does no harm. */
const ElementBase = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** An element whose properties are its attributes, without a library: `runnerUrl` is `runner-url`. */
export class AttributeElement extends ElementBase {
  /** Makes properties of attributes with text, and of attributes that are there or not. */
  static reflect(texts: readonly string[], flags: readonly string[]): void {
    for (const property of texts) {
      const attribute = attributeOf(property);
      Object.defineProperty(this.prototype, property, {
        configurable: true,
        enumerable: true,
        get(this: Element) {
          return this.getAttribute(attribute) ?? undefined;
        },
        set(this: Element, value: unknown) {
          if (value == null) this.removeAttribute(attribute);
          else this.setAttribute(attribute, String(value));
        },
      });
    }
    for (const property of flags) {
      const attribute = attributeOf(property);
      Object.defineProperty(this.prototype, property, {
        configurable: true,
        enumerable: true,
        get(this: Element) {
          return this.hasAttribute(attribute);
        },
        set(this: Element, value: unknown) {
          this.toggleAttribute(attribute, Boolean(value));
        },
      });
    }
  }

  /** What was set before the element was defined lies over the properties of its class: it is set anew. */
  protected takeEarlyProperties(): void {
    for (const [name, value] of Object.entries(this)) {
      if (!(name in Object.getPrototypeOf(this))) continue;
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }
}

function attributeOf(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
