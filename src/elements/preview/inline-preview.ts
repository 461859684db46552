import { css, html, nothing, type TemplateResult } from 'lit';
import type { ObjectPreview, Preview, PropertyPreview } from '../../protocol/preview.js';

const maxProperties = 5;
const maxText = 100;

/** A preview as one line of coloured text: `{city: 'Oslo', days: Array(3), …}`. Strings are quoted as they are in code. */
export function renderPreview(preview: Preview): TemplateResult {
  return preview.type === 'object' ? renderObject(preview) : renderText(preview);
}

/** The same as plain text. */
export function previewText(preview: Preview): string {
  if (preview.type === 'string') return quote(preview.text);
  if (preview.type === 'bigint') return `${preview.text}n`;
  return preview.text;
}

/** The class that gives a preview its colour. */
export function previewClass(preview: Preview): string {
  if (preview.type !== 'object') return preview.type;
  return preview.kind === 'function' || preview.kind === 'class' ? 'function' : preview.kind === 'error' ? 'failed' : 'object';
}

function renderText(preview: Preview): TemplateResult {
  return html`<span class=${previewClass(preview)}>${previewText(preview)}</span>`;
}

function renderObject(preview: ObjectPreview): TemplateResult {
  const { properties } = preview;
  const isOpen = preview.kind === 'object' || preview.kind === 'array' || preview.kind === 'map' || preview.kind === 'set' || preview.kind === 'typedarray';
  if (!isOpen || properties === undefined) return renderText(preview);
  const shown = properties.filter((property) => property.key !== 'internal');
  const isList = preview.kind === 'array' || preview.kind === 'typedarray';
  const more = shown.length > maxProperties || (preview.more ?? 0) > 0;
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return html`<span class="object">${label(preview)}${open}${shown.slice(0, maxProperties).map((property, index) => renderProperty(property, index))}${more ? ', …' : nothing}${close}</span>`;
}

function renderProperty(property: PropertyPreview, index: number): TemplateResult {
  const comma = index > 0 ? ', ' : '';
  const value = renderShort(property.value);
  if (property.key === 'index') return html`${comma}${value}`;
  if (property.key === 'entry') return html`${comma}${property.entryKey ? html`${renderShort(property.entryKey)} => ` : nothing}${value}`;
  return html`${comma}<span class="name">${property.name}</span>: ${value}`;
}

function renderShort(preview: Preview): TemplateResult {
  const text = previewText(preview);
  return html`<span class=${previewClass(preview)}>${text.length > maxText ? `${text.slice(0, maxText)}…` : text}</span>`;
}

/** `Map(2) `, `Point `; nothing before a plain object or a short array. */
function label(preview: ObjectPreview): string {
  if (preview.kind === 'object') return preview.className === 'Object' ? '' : `${preview.className || '[null prototype]'} `;
  if (preview.kind === 'array' && preview.className === 'Array') return (preview.size ?? 0) > 1 ? `(${preview.size}) ` : '';
  return `${preview.className}(${preview.size ?? 0}) `;
}

function quote(text: string): string {
  if (!text.includes("'")) return `'${text}'`;
  return text.includes('"') ? `\`${text}\`` : `"${text}"`;
}

export const previewStyles = css`
  .string {
    color: var(--_string);
  }
  .number,
  .bigint,
  .boolean {
    color: var(--_number);
  }
  .undefined,
  .null {
    color: var(--_comment);
  }
  .symbol,
  .function {
    color: var(--_keyword);
  }
  .name {
    color: var(--_property);
  }
  .failed {
    color: var(--_error);
  }
`;
