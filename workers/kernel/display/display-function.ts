import { isArray } from '../../../src/context/pristine-built-ins.js';
import { intrinsics } from '../realm/intrinsics.js';
import type { DisplayHandle, Displays } from './displays.js';
import { textForm } from './read-bundle.js';

/** The reader's `display`, with its members. */
export function displayFunction(displays: Displays): (...values: unknown[]) => DisplayHandle {
  const tag =
    (type: string) =>
    (strings: unknown, ...values: unknown[]): DisplayHandle => {
      // In the reader's own call, with the reader's built-ins: a value is asked for its text.
      const text = textOfTemplate(strings, values);
      return intrinsics.enter(() => displays.displayForm(textForm(type, text), text));
    };
  const { display } = {
    display: (...values: unknown[]) => intrinsics.enter(() => displays.display(values)),
  };
  const members = {
    html: tag('text/html'),
    md: tag('text/markdown'),
    svg: tag('image/svg+xml'),
    progress: (...values: unknown[]) => intrinsics.enter(() => displays.displayProgress(values)),
  };
  return Object.assign(display, members);
}

/** A template with its values as text: those of a list one after the other, and nothing for `undefined`, `null` and `false`. */
function textOfTemplate(strings: unknown, values: readonly unknown[]): string {
  if (!isArray(strings)) return textOf(strings);
  let text = textOf(strings[0]);
  for (let at = 0; at < values.length; at++) text += textOf(values[at]) + textOf(strings[at + 1]);
  return text;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null || value === false) return '';
  if (!isArray(value)) return `${value as string}`;
  let text = '';
  for (let at = 0; at < value.length; at++) text += textOf(value[at]);
  return text;
}
