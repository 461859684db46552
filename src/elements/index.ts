import { CodemodeCodeEditor } from './code-editor/code-editor.js';
import { CodemodeConsole } from './console/console.js';
import { CodemodePlayground } from './playground/playground.js';
import { CodemodeSplitBar } from './playground/split-bar.js';
import { CodemodeReplLine } from './repl-line/repl-line.js';
import { define } from './shared/define.js';
import { CodemodeTabBar } from './tab-bar/tab-bar.js';

export { CodemodePlayground } from './playground/playground.js';
export type { TabReference } from './playground/open-tabs.js';
export type { CodemodeLike, ToolRegistry } from './run/codemode-like.js';
export {
  PlaygroundTab,
  type RunOptions,
  type TabContext,
  type TabOptions,
  type TabRun,
  type TabStatus,
} from './playground/playground-tab.js';
export type { OutputDetail, PlaygroundEventDetails, ResultDetail, RunDetail, RunOrigin } from './run/run-events.js';
export { registerStrings, setLocale } from './shared/locale.js';
export type { CodeMarker } from '../editor/markers.js';
export type { AllStrings as Strings, Translation } from './shared/locales/translation.js';
export type { Strings as PlaygroundStrings } from './shared/strings.js';
export type { ContextStrings } from './context-editor/context-strings.js';
export type { InspectorStrings } from './inspector/inspector-strings.js';
export type { OutputStrings } from './output/output-strings.js';
export type { PanelStrings } from './panels/panel-strings.js';
export type { TimelineStrings } from './timeline/timeline-strings.js';
export type { ToolCallStrings } from './tool-call/tool-call-strings.js';

define('codemode-tab-bar', CodemodeTabBar);
define('codemode-split-bar', CodemodeSplitBar);
define('codemode-code-editor', CodemodeCodeEditor);
define('codemode-console', CodemodeConsole);
define('codemode-repl-line', CodemodeReplLine);
define('codemode-playground', CodemodePlayground);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-tab-bar': CodemodeTabBar;
    'codemode-split-bar': CodemodeSplitBar;
    'codemode-code-editor': CodemodeCodeEditor;
    'codemode-console': CodemodeConsole;
    'codemode-repl-line': CodemodeReplLine;
    'codemode-playground': CodemodePlayground;
  }
}
