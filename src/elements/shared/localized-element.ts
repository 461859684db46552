import { LitElement } from 'lit';
import { locales } from './locale.js';
import { english, type Strings } from './strings.js';

/** An element with texts in the language of the page. */
export class LocalizedElement extends LitElement {
  private unwatch: (() => void) | undefined;

  /** The texts in this element's language. Read them in `render`, as the language may change. */
  protected get strings(): Strings {
    return locales.textsFor(this, english);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.unwatch = locales.watch(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unwatch?.();
    this.unwatch = undefined;
  }
}
