import { createRequire } from 'node:module';
import vm from 'node:vm';

/**
 * What TypeScript's compiler and the engine say of a piece of code.
 *
 * @typedef {'ts' | 'tsx' | 'js' | 'jsx'} Language
 * @typedef {(source: string, language: Language) => boolean} Accepts
 *
 * The part of TypeScript's API that is used here.
 * @typedef {object} TypeScript
 * @property {string} version
 * @property {(source: string, options: object) => { outputText: string, diagnostics?: readonly unknown[] }} transpileModule
 * @property {Record<string, number>} ScriptTarget
 * @property {Record<string, number>} ModuleKind
 * @property {Record<string, number>} JsxEmit
 */

/**
 * @param {string} [folder]  The package `typescript`, of a version with an API in JavaScript. @default the one that API Extractor brings
 * @returns {TypeScript}
 */
export function loadTypeScript(folder) {
  const require = createRequire(import.meta.url);
  return folder === undefined
    ? createRequire(require.resolve('@microsoft/api-extractor'))('typescript')
    : require(require.resolve(folder, { paths: [process.cwd()] }));
}

/**
 * Whether TypeScript can parse it and the engine takes what TypeScript makes of it; of JavaScript without elements, whether the engine takes it.
 *
 * @param {TypeScript} typescript
 * @returns {Accepts}
 */
export function acceptedBy(typescript) {
  const { ScriptTarget, ModuleKind, JsxEmit } = typescript;
  const compilerOptions = {
    target: ScriptTarget['ES2022'],
    module: ModuleKind['ESNext'],
    jsx: JsxEmit['React'],
    verbatimModuleSyntax: false,
  };
  return (source, language) => {
    if (language === 'js' && (isModule(source) || !source.includes('<'))) return isModule(source);
    const { outputText, diagnostics = [] } = typescript.transpileModule(source, {
      compilerOptions,
      fileName: `test.${language === 'js' ? 'jsx' : language}`,
      reportDiagnostics: true,
    });
    return diagnostics.length === 0 && isModule(outputText);
  };
}

const context = vm.createContext();

/** @param {string} source */
const isModule = (source) => refusalBy(() => new vm.SourceTextModule(source, { context })) === undefined;

/** The engine's complaint about the text of an expression; `undefined` where it takes it. @param {string} text */
export const refusalOfExpression = (text) => refusalBy(() => new vm.Script(text));

/** @param {() => unknown} parse */
function refusalBy(parse) {
  try {
    parse();
    return undefined;
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
}
