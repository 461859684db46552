import { LocalizedElement } from '../shared/localized-element.js';
import { locales } from '../shared/locale.js';
import { outputStrings, type OutputStrings } from './output-strings.js';

/** An element of a displayed value, with its texts. */
export class OutputElement extends LocalizedElement {
  protected override get strings(): OutputStrings {
    return locales.textsFor(this, outputStrings);
  }
}
