import { frames } from '../context/frames.js';
import { bindCell, type BoundCell } from './bind-cell.js';
import { recordCompletion } from './completion.js';
import { Edits } from './edits.js';
import { enumExpression, eraseTypes } from './erase.js';
import { functionSources } from './function-sources.js';
import { GeneratedNames } from './generated-names.js';
import { frameFunctions, instrument, type FrameNames } from './instrument.js';
import { parse, parseExpression, type Parsed } from './parse.js';
import type { CompiledCell, CompileOptions, NamespaceScope } from './types.js';

/**
 * Compiles a cell: types erased, top-level names bound to the namespace, suspensions instrumented. An input that reads as
 * an object literal is one.
 * @throws CompileError at the reader's line and column
 */
export function compileCell(source: string, scope: NamespaceScope, options: CompileOptions): CompiledCell {
  const language = options.language ?? 'ts';
  const { program, tokens } = parseCell(source, language);
  const edits = new Edits(source);
  const names = new GeneratedNames(tokens);
  const runtime = names.of('k');
  const frame = names.of('f');

  const bound = bindCell(program, edits, scope, names, runtime);
  recordCompletion(program, edits, `${runtime}.value`, (serial) => names.of(`v_${serial}`));
  if (language === 'ts') {
    eraseTypes(program, tokens, edits, {
      keepImports: true,
      declareEnum: (node) => `;${names.of(`s_${node.id!.name!}`)}.init=${enumExpression(node, source)};`,
    });
  }
  const frameNames = frameNamesOf(names, frame);
  const instrumented = instrument(program, tokens, edits, { names: frameNames, topLevel: 'async', strict: true });
  const suspends = instrumented.suspends || bound.imports.length > 0;

  const body = edits.apply();
  const header =
    `(async(${runtime})=>{"use strict";${declareFrames(`${runtime}.frames`, frameNames)}${bound.declare}` +
    `${suspends ? `const ${frame}=${frameNames.functions.enter}();try{` : ''}${importText(bound, frameNames, frame)}${bound.hoist}`;
  const footer = `\n${suspends ? `}finally{${frameNames.functions.exit}(${frame})}` : ''}})\n//# sourceURL=${options.fileName}`;
  return {
    code: header + body.text + footer,
    declarations: bound.declarations,
    imports: bound.imports,
    suspends,
    originalPosition: ({ line, column }) =>
      line === 1 && column <= header.length ? undefined : body.originalPosition({ line, column: line === 1 ? column - header.length : column }),
    functionSources: () => functionSources(program, body),
  };
}

function parseCell(source: string, language: 'ts' | 'js'): Parsed {
  if (/^\s*\{/.test(source)) {
    const expression = parseExpression(source, language);
    if (expression !== undefined) return expression;
  }
  return parse(source, { language, sourceType: 'module', allowAwait: true });
}

/** Identifiers under which the code calls the frame runtime, and by which it names its own frames. */
export function frameNamesOf(names: GeneratedNames, topFrame: string): FrameNames {
  const functions = Object.fromEntries(frameFunctions.map((name) => [name, names.of(name)])) as Record<keyof typeof frames, string>;
  return { functions, local: (suffix) => names.of(`l_${suffix}`), topFrame };
}

export function declareFrames(frameRuntime: string, { functions }: FrameNames): string {
  return `const {${Object.entries(functions).map(([name, identifier]) => `${name}:${identifier}`).join(',')}}=${frameRuntime};`;
}

function importText(bound: BoundCell, { functions }: FrameNames, frame: string): string {
  return bound.importLinks
    .map(({ load, variable, link }) => `const ${variable}=${functions.resume}(${frame},await ${functions.suspend}(${frame},${load}));${link}`)
    .join('');
}

