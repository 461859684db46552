import type { ContextStrings } from '../../context-editor/context-strings.js';
import type { InspectorStrings } from '../../inspector/inspector-strings.js';
import type { OutputStrings } from '../../output/output-strings.js';
import type { PanelStrings } from '../../panels/panel-strings.js';
import type { TimelineStrings } from '../../timeline/timeline-strings.js';
import type { ToolCallStrings } from '../../tool-call/tool-call-strings.js';
import type { SnippetStrings } from '../snippet-strings.js';
import type { Strings } from '../strings.js';

/** All texts of the elements in one language. */
export type AllStrings = Strings &
  ContextStrings &
  InspectorStrings &
  OutputStrings &
  PanelStrings &
  ToolCallStrings & { readonly snippet: SnippetStrings; readonly timeline: TimelineStrings };

/** Translated or reworded texts; English replaces missing ones. */
export type Translation = {
  readonly [Key in keyof AllStrings]?: AllStrings[Key] extends string | ((...values: never) => string)
    ? AllStrings[Key]
    : Partial<AllStrings[Key]>;
};
