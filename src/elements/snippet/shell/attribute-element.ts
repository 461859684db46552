/** A plain base class on a server, so that the import works there. */
const ElementBase = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

/** A custom element that reflects properties to attributes, without a library: `runnerUrl` is `runner-url`. */
export class AttributeElement extends ElementBase {
  /** Defines properties for text attributes and for boolean attributes. */
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

  /** Sets own properties from before the upgrade again, as they shadow the accessors of the class. */
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
