import { css, html, type TemplateResult } from 'lit';
import type { ObjectKind, ObjectPreview, Preview, PropertyPreview } from '../../protocol/previews/preview.js';
import { TextBudget } from '../shared/text-budget.js';

const maxProperties = 5;
const maxText = 100;
/** Types whose previews show their contents. */
const openKinds: ReadonlySet<ObjectKind> = new Set(['object', 'array', 'map', 'set', 'typedarray']);

/** A preview as one line of coloured text: `{city: 'Oslo', days: Array(3), …}`. Strings are quoted as they are in code. */
export function renderPreview(preview: Preview, budget = new TextBudget()): TemplateResult {
  return preview.type === 'object' ? renderObject(preview, budget) : renderText(preview, budget);
}

/** A preview as one line of plain text. */
export function previewText(preview: Preview): string {
  if (preview.type === 'string') return quote(preview.text);
  if (preview.type === 'bigint') return `${preview.text}n`;
  return preview.text;
}

/** The CSS class for the colour of a preview. */
export function previewClass(preview: Preview): string {
  if (preview.type !== 'object') return preview.type;
  return preview.kind === 'function' || preview.kind === 'class'
    ? 'function'
    : preview.kind === 'error'
      ? 'failed'
      : 'object';
}

function renderText(preview: Preview, budget: TextBudget): TemplateResult {
  return html`<span class=${previewClass(preview)}>${budget.take(previewText(preview))}</span>`;
}

/** The key of a map's entry. The name alone holds a string or number key. */
export function entryKeyOf({ name, entryKey }: PropertyPreview): Preview {
  if (entryKey !== undefined) return entryKey;
  return name.startsWith('"') ? { type: 'string', text: JSON.parse(name) as string } : { type: 'number', text: name };
}

function renderObject(preview: ObjectPreview, budget: TextBudget): TemplateResult {
  const { kind, properties } = preview;
  if (!openKinds.has(kind) || properties === undefined) return renderText(preview, budget);
  const shown = properties.filter((property) => property.key !== 'internal').slice(0, maxProperties + 1);
  const isList = kind === 'array' || kind === 'typedarray';
  const items = isList
    ? renderElements(shown, preview.size ?? 0, budget)
    : shown.map((property) => renderProperty(property, kind, budget));
  if (items.length > maxProperties || (!isList && (preview.more ?? 0) > 0))
    items.splice(maxProperties, Infinity, html`…`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return html`<span class="object">${budget.take(label(preview))}${open}${items.map((item, index) => html`${index > 0 ? ', ' : ''}${item}`)}${close}</span>`;
}

/** The known items of an array, with its holes and an ellipsis for omitted items: `1, empty × 2, 3, …`. */
function renderElements(properties: readonly PropertyPreview[], size: number, budget: TextBudget): TemplateResult[] {
  const items: TemplateResult[] = [];
  let next = 0;
  for (const property of properties) {
    const at = property.key === 'index' ? Number(property.name) : next;
    if (at > next) items.push(renderHoles(at - next));
    items.push(
      property.key === 'index' ? renderShort(property.value, budget) : renderProperty(property, 'array', budget),
    );
    if (property.key === 'index') next = at + 1;
  }
  if (next < size) items.push(html`…`);
  return items;
}

function renderHoles(count: number): TemplateResult {
  return html`<span class="undefined">${count === 1 ? 'empty' : `empty × ${count}`}</span>`;
}

function renderProperty(property: PropertyPreview, owner: ObjectKind, budget: TextBudget): TemplateResult {
  const value = renderShort(property.value, budget);
  if (property.key !== 'entry') return html`<span class="name">${budget.take(property.name)}</span>: ${value}`;
  return owner === 'map' ? html`${renderShort(entryKeyOf(property), budget)} => ${value}` : value;
}

function renderShort(preview: Preview, budget: TextBudget): TemplateResult {
  const text = previewText(preview);
  return html`<span class=${previewClass(preview)}>${budget.take(text.length > maxText ? `${text.slice(0, maxText)}…` : text)}</span>`;
}

/** `Map(2) `, `Point `; empty for a plain object or a short array. */
function label(preview: ObjectPreview): string {
  if (preview.kind === 'object')
    return preview.className === 'Object' ? '' : `${preview.className || '[null prototype]'} `;
  if (preview.kind === 'array' && preview.className === 'Array')
    return (preview.size ?? 0) > 1 ? `(${preview.size}) ` : '';
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
