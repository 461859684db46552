import { LocalizedElement } from '../shared/localized-element.js';
import { locales } from '../shared/locale.js';
import { panelStrings, type PanelStrings } from './panel-strings.js';

/** An element of a panel, with the panels' texts. */
export class PanelElement extends LocalizedElement {
  protected override get strings(): PanelStrings {
    return locales.textsFor(this, panelStrings);
  }
}
