import { html, type TemplateResult } from 'lit';
import { iconOutlines, type IconName } from './icon-outlines.js';

export type { IconName };

/** Renders a decorative 16 px icon in the text colour. Give its container an accessible name. */
export function icon(name: IconName, solid = false): TemplateResult {
  return html`<svg class=${solid ? 'icon solid' : 'icon'} viewBox="0 0 16 16" aria-hidden="true"><path d=${iconOutlines[name]} /></svg>`;
}
