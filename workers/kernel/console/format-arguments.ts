import { isObject } from '../../../src/context/is-object.js';
import { maxOutputParts, maxOutputTextCharacters, maxStyleCharacters } from '../../../src/protocol/bounds.js';
import type { Preview } from '../../../src/protocol/previews/preview.js';
import type { OutputPart } from '../../../src/protocol/messages/wire.js';

export interface FormattedArguments {
  readonly parts: readonly OutputPart[];
  readonly text: string;
}

/** Most characters shown of one text. The length follows a text that is cut. */
const maxText = 10_000;
/** Most arguments shown of one call. */
const maxArguments = 80;

const directive = /%([sdifoOcj%])/g;

/**
 * Arguments of `console.log` as parts: text, styled text, and values to inspect.
 * Directives as in the Console Standard, section 2.2: `%s %d %i %f %o %O %c %%`; `%j` as in Node.
 */
export function formatArguments(args: readonly unknown[], preview: (value: unknown) => Preview): FormattedArguments {
  const parts: OutputPart[] = [];
  let style: string | undefined;
  const addText = (text: string): void => {
    if (text === '') return;
    const shown =
      text.length > maxText ? `${text.slice(0, maxText)}… (${text.length.toLocaleString('en')} characters)` : text;
    parts.push(style === undefined ? { text: shown } : { text: shown, style });
  };
  const addValue = (value: unknown): void => {
    if (typeof value === 'string') addText(value);
    else parts.push({ preview: preview(value) });
  };

  // When full, only the rest of the format and the number of hidden arguments follow.
  const isFull = (): boolean => parts.length >= maxOutputParts - 4;
  let next = 0;
  if (typeof args[0] === 'string' && args.length > 1) {
    const format = args[0];
    next = 1;
    let last = 0;
    for (const match of format.matchAll(directive)) {
      if (isFull()) break;
      const kind = match[1]!;
      if (kind !== '%' && next >= args.length) continue;
      addText(format.slice(last, match.index));
      last = match.index + match[0].length;
      if (kind === '%') addText('%');
      else if (kind === 'c') style = styleOf(args[next++]);
      else if (kind === 'o' || kind === 'O') parts.push({ preview: preview(args[next++]) });
      else addText(convert(kind, args[next++], preview));
    }
    addText(format.slice(last));
    style = undefined;
  }
  const end = Math.min(args.length, maxArguments);
  for (; next < end && !isFull(); next++) {
    if (parts.length > 0) addText(' ');
    addValue(args[next]);
  }
  if (next < args.length) addText(` … and ${args.length - next} more arguments`);
  return { parts, text: textOf(parts) };
}

function convert(kind: string, value: unknown, preview: (value: unknown) => Preview): string {
  if (kind === 's' || kind === 'j') return typeof value === 'string' ? value : preview(value).text;
  if (typeof value === 'symbol') return 'NaN';
  if (typeof value === 'bigint') return `${value}n`;
  const number = isObject(value) ? Number.NaN : Number(value);
  if (kind === 'f') return `${Number.parseFloat(String(number))}`;
  return `${kind === 'i' ? Math.trunc(number) : number}`;
}

function styleOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, maxStyleCharacters) : undefined;
}

/** Joins the texts of the parts. Stops beyond the limit for an entry's text, since many long parts would make a huge text. */
function textOf(parts: readonly OutputPart[]): string {
  let text = '';
  for (const part of parts) {
    text += 'text' in part ? part.text : part.preview.text;
    if (text.length > maxOutputTextCharacters) break;
  }
  return text;
}
