import { describe, expect, it } from 'vitest';
import { contextStrings } from '../../context-editor/context-strings.js';
import { inspectorStrings } from '../../inspector/inspector-strings.js';
import { outputStrings } from '../../output/output-strings.js';
import { panelStrings } from '../../panels/panel-strings.js';
import { timelineStrings } from '../../timeline/timeline-strings.js';
import { toolCallStrings } from '../../tool-call/tool-call-strings.js';
import { snippetStrings } from '../snippet-strings.js';
import { german } from './de.js';
import { japanese } from './ja.js';

const english = {
  ...contextStrings,
  ...inspectorStrings,
  ...outputStrings,
  ...panelStrings,
  ...toolCallStrings,
  snippet: snippetStrings,
  timeline: timelineStrings,
};

/** Paths of all texts, with how many values those that are functions take. */
function outline(texts: object, prefix = ''): string[] {
  return Object.entries(texts)
    .flatMap(([key, text]: [string, unknown]) =>
      typeof text === 'object' && text !== null
        ? outline(text, `${prefix}${key}.`)
        : [`${prefix}${key}: ${typeof text}`],
    )
    .toSorted();
}

describe.each([
  ['German', german],
  ['Japanese', japanese],
])('%s', (_language, texts) => {
  it('has every text, and none that nobody shows', () => {
    expect(outline(texts)).toEqual(outline(english));
  });

  it('leaves none of them in English', () => {
    const international = new Set(['Tabs', 'Playground', 'Code', 'Filter', 'JSON', 'Debug', 'Info', '']);
    const same = Object.entries(texts).filter(
      ([key, text]) =>
        typeof text === 'string' && text === english[key as keyof typeof english] && !international.has(text),
    );
    expect(same).toEqual([]);
  });
});
