import { render } from 'lit';
import type { Preview } from '../../../protocol/previews/preview.js';
import type { ExecutionResult, OutputEntry } from '../../../sdk/types.js';
import { renderPreview } from '../../preview/inline-preview.js';

/**
 * Returns the output and the value of a run as text, in each notation that an author may use: values as displayed, without the sizes of
 * arrays, or by their short names; a string value with or without quotes.
 */
export function outputTexts({ output, preview }: ExecutionResult): string[] {
  const writings = [
    (entry: OutputEntry) =>
      entry.parts
        .map((part) =>
          'text' in part ? part.text : part.preview.type === 'string' ? part.preview.text : shown(part.preview),
        )
        .join(''),
    String,
  ];
  const values = preview.type === 'undefined' ? [[]] : [[shown(preview)], [preview.text]];
  const texts = writings.flatMap((write) => values.map((value) => [...output.map(write), ...value].join('\n')));
  return [...texts, ...texts.map((text) => text.replace(/\(\d+\) (?=\[)/g, ''))];
}

/** Returns a value as displayed in the output. */
function shown(preview: Preview): string {
  const box = document.createElement('div');
  render(renderPreview(preview), box);
  return box.textContent;
}
