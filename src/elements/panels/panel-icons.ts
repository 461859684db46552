import { html, type TemplateResult } from 'lit';

const outlines = {
  pin: 'M6 2.5h4l-.6 4 2.1 2.3v1.2h-7V8.8l2.1-2.3zM8 10v3.8',
} as const;

/** Renders a decorative icon of a panel, in the text colour. Give its container an accessible name. */
export function panelIcon(name: keyof typeof outlines, solid = false): TemplateResult {
  return html`<svg class=${solid ? 'icon solid' : 'icon'} viewBox="0 0 16 16" aria-hidden="true"><path d=${outlines[name]} /></svg>`;
}
