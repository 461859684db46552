import { Edits, Rank } from '../compiler/output/edits.js';
import { GeneratedNames } from '../compiler/output/generated-names.js';
import { activationFunctions, nameActivations, type ActivationNames } from '../compiler/instrument/instrument-names.js';
import { instrument } from '../compiler/instrument/instrument.js';
import { parse, type Parsed } from '../compiler/parse/parse.js';
import { bodyList, type SyntaxNode } from '../compiler/parse/syntax.js';
import { sourceMapOf, type EditsSourceMap } from './edits-source-map.js';

/** Specifier of the activation functions in instrumented modules. */
export const activationsModule = 'codemode-playground/context/activations';

/** A text without any of these neither suspends nor resolves a promise with a thenable. */
export const maySuspend = /\b(?:await|async|yield)\b|\bfunction\s*\*|\bnew\s+Promise\b/;

/** The language of a file; `tsx` and `jsx` have elements. */
export type SourceLanguage = 'js' | 'jsx' | 'ts' | 'tsx';

export interface InstrumentedModule {
  readonly code: string;
  readonly map: EditsSourceMap;
}

/**
 * Instruments a module for a bundler. Declarations, imports and exports stay, no line moves, and the bundler compiles types
 * and elements.
 *
 * The top level has no activation, also where it awaits: a module is evaluated in the empty context, and the platform resumes
 * it in the empty context.
 * @returns `undefined` where nothing has to change
 * @throws CompileError
 */
export function instrumentModule(
  source: string,
  fileName: string,
  language: SourceLanguage = 'js',
): InstrumentedModule | undefined {
  if (!maySuspend.test(source)) return undefined;
  const { parsed, isModule } = parseModule(source, language);
  const { program, tokens } = parsed;
  const edits = new Edits(source);
  const generated = new GeneratedNames(source);
  const names = nameActivations(generated);
  instrument(program, tokens, edits, { names, topLevel: 'script', strict: isModule });
  const used = usedFunctions(edits, names);
  if (used.length === 0) return undefined;
  const { at, separator } = startOfStatements(program, source);
  edits.insert(at, separator + importText(used, names, isModule), Rank.bind);
  const edited = edits.apply();
  return {
    code: edited.text,
    map: sourceMapOf(edited, fileName, tokens.starts),
  };
}

const commonJs = /\b(?:require|module|exports)\b/;
const moduleStatements: ReadonlySet<string> = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportDefaultDeclaration',
  'ExportAllDeclaration',
  'TSExportAssignment',
]);

/** Bundlers recognize CommonJS by the absence of module syntax, so an import would make an ECMAScript module of it. */
function parseModule(
  source: string,
  language: SourceLanguage,
): { readonly parsed: Parsed; readonly isModule: boolean } {
  const options =
    language === 'js' ? ({ language } as const) : ({ language: 'ts', jsx: language.endsWith('x') } as const);
  const asScript = (): Parsed => parse(source, { ...options, sourceType: 'script', allowAwait: false });
  let parsed: Parsed;
  try {
    parsed = parse(source, { ...options, sourceType: 'module', allowAwait: true });
  } catch (error) {
    if (!commonJs.test(source)) throw error;
    return { parsed: asScript(), isModule: false };
  }
  const isModule =
    !commonJs.test(source) ||
    source.includes('import.meta') ||
    bodyList(parsed.program).some(({ type }) => moduleStatements.has(type));
  return isModule ? { parsed, isModule } : { parsed: asScript(), isModule };
}

function usedFunctions(edits: Edits, names: ActivationNames): readonly (typeof activationFunctions)[number][] {
  const { text } = edits.apply();
  return activationFunctions.filter((key) => text.includes(`${names[key]}(`));
}

function importText(
  used: readonly (typeof activationFunctions)[number][],
  names: ActivationNames,
  isModule: boolean,
): string {
  const list = (as: string): string => used.map((key) => `${key}${as}${names[key]}`).join(',');
  return isModule
    ? `import{${list(' as ')}}from'${activationsModule}';`
    : `const{${list(':')}}=require('${activationsModule}');`;
}

/** The offset after the `#!` line and the directives, which must stay first. */
function startOfStatements(program: SyntaxNode, source: string): { readonly at: number; readonly separator: string } {
  const directive = bodyList(program).findLast((statement) => statement.directive !== undefined);
  if (directive !== undefined) return { at: directive.end, separator: ';' };
  return { at: source.startsWith('#!') ? source.indexOf('\n') + 1 : 0, separator: '' };
}
