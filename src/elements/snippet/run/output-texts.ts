import { render } from 'lit';
import type { Preview } from '../../../protocol/previews/preview.js';
import type { ExecutionResult, OutputEntry } from '../../../sdk/types.js';
import { renderPreview } from '../../preview/inline-preview.js';

/**
 * What a run wrote and its value as text, in each of the ways in which an author may have written it down: values as they are shown,
 * without the sizes of arrays, or by their short names; a string that is the value with quotes or without.
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

/** The text of a value as the output shows it. */
function shown(preview: Preview): string {
  const box = document.createElement('div');
  render(renderPreview(preview), box);
  return box.textContent;
}
