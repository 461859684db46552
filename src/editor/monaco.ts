/** The parts of Monaco that an editor of TypeScript needs. Import it only through `load-monaco.ts`: it is almost a megabyte. */
import 'monaco-editor/features/anchorSelect/register.js';
import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/caretOperations/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/features/codeEditor/register.js';
import 'monaco-editor/features/comment/register.js';
import 'monaco-editor/features/contextmenu/register.js';
import 'monaco-editor/features/cursorUndo/register.js';
import 'monaco-editor/features/dnd/register.js';
import 'monaco-editor/features/find/register.js';
import 'monaco-editor/features/folding/register.js';
import 'monaco-editor/features/format/register.js';
import 'monaco-editor/features/gotoError/register.js';
import 'monaco-editor/features/hover/register.js';
import 'monaco-editor/features/indentation/register.js';
import 'monaco-editor/features/lineSelection/register.js';
import 'monaco-editor/features/linesOperations/register.js';
import 'monaco-editor/features/longLinesHelper/register.js';
import 'monaco-editor/features/multicursor/register.js';
import 'monaco-editor/features/parameterHints/register.js';
import 'monaco-editor/features/readOnlyMessage/register.js';
import 'monaco-editor/features/rename/register.js';
import 'monaco-editor/features/smartSelect/register.js';
import 'monaco-editor/features/snippet/register.js';
// Registers only the inline half, so the controller needs an import too.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import 'monaco-editor/features/suggest/register.js';
import 'monaco-editor/features/toggleTabFocusMode/register.js';
import 'monaco-editor/features/tokenization/register.js';
import 'monaco-editor/features/unicodeHighlighter/register.js';
import 'monaco-editor/features/unusualLineTerminators/register.js';
import 'monaco-editor/features/wordHighlighter/register.js';
import 'monaco-editor/features/wordOperations/register.js';
import 'monaco-editor/features/wordPartOperations/register.js';
import 'monaco-editor/languages/definitions/typescript/register.js';

import { languages } from 'monaco-editor/editor/editor.api.js';
import { conf, language } from 'monaco-editor/languages/definitions/typescript/typescript.js';

/** A separate language id for TypeScript. The usual id would load Monaco's TypeScript mode, and with it all of Monaco's features. */
export const languageId = 'codemode-typescript';

languages.register({ id: languageId });
languages.setMonarchTokensProvider(languageId, withTags(withPlainMembers(language)));
languages.setLanguageConfiguration(languageId, conf);

/** Gives a property named like a keyword, such as `context.get`, the colour of a property. */
function withPlainMembers(grammar: languages.IMonarchLanguage): languages.IMonarchLanguage {
  const { common = [], ...states } = grammar.tokenizer;
  const members: languages.IMonarchLanguageRule[] = [
    [/\.{3}/, 'delimiter'],
    [/(\.\s*)(#?[a-z_$][\w$]*)/, ['delimiter', 'identifier']],
  ];
  return { ...grammar, tokenizer: { ...states, common: [...members, ...common] } };
}

/** Colours the tags of elements that are no variables. `Array<string>` has none. */
function withTags(grammar: languages.IMonarchLanguage): languages.IMonarchLanguage {
  const { common = [], ...states } = grammar.tokenizer;
  const name = String.raw`(?!(?:any|bigint|boolean|const|infer|keyof|never|null|number|object|readonly|string|symbol|typeof|undefined|unknown|void)\b)[a-z][\w.:-]*`;
  const tags: languages.IMonarchLanguageRule[] = [
    [/(<\/)([\w.:-]*)(>)/, ['delimiter', 'tag', 'delimiter']],
    [new RegExp(`(<)(${name})(?=\\s*\\/?>|\\s*$|\\s+(?:\\{|[\\w:-]+(?:[\\s=/>]|$)))`), ['delimiter', 'tag']],
  ];
  return { ...grammar, tokenizer: { ...states, common: [...tags, ...common] } };
}

export { editor, KeyCode, KeyMod, languages, MarkerSeverity, Uri } from 'monaco-editor/editor/editor.api.js';
export * as typescript from 'monaco-editor/languages/features/typescript/register.js';
