import type { EditedText } from './edits.js';
import { parse } from '../parse/parse.js';
import { forEachChild, isFunction, type SyntaxNode } from '../parse/syntax.js';

/** Text of each function, method and class in the output, to its text in the source, where the two differ. */
export function functionSources(
  program: SyntaxNode,
  text: EditedText,
  sourceType: SourceType = 'module',
): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const [generated, { source }] of pairedFunctions(program, text, sourceType))
    if (generated !== source) sources.set(generated, source);
  return sources;
}

/** Sloppy code can't be read as a module. */
export type SourceType = 'module' | 'script';

export interface SourceFunction {
  /** As the reader wrote it. */
  readonly source: string;
  readonly node: SyntaxNode;
}

/**
 * Text of each function, method and class in the output, with its text in the source. Compiling drops no function, so the
 * functions of both texts pair up in order, apart from functions that the compiler wrote.
 */
export function pairedFunctions(
  program: SyntaxNode,
  text: EditedText,
  sourceType: SourceType,
): (readonly [generated: string, SourceFunction])[] {
  const originals = functionsIn(program, text.source);
  const { program: output } = parse(text.text, {
    language: 'js',
    sourceType,
    allowAwait: sourceType === 'module',
    insideFunction: sourceType === 'script',
    isOutput: true,
  });
  let generated = functionsIn(output, text.text);
  if (originals.length !== generated.length)
    generated = functionsIn(output, text.text, (start) => text.isCopied(start));
  if (originals.length !== generated.length) return [];
  return originals.map((original, index) => [generated[index]!.source, original]);
}

function functionsIn(
  program: SyntaxNode,
  text: string,
  isCounted: (start: number) => boolean = () => true,
): SourceFunction[] {
  const functions: SourceFunction[] = [];
  const add = (node: SyntaxNode, start: number): void => {
    if (isCounted(start)) functions.push({ source: text.slice(start, node.end), node });
  };
  const visit = (node: SyntaxNode): void => {
    const isMethod =
      node.type === 'MethodDefinition' || (node.type === 'Property' && (node.method === true || node.kind !== 'init'));
    if (isMethod) {
      add(node, methodStart(node, text));
      forEachChild(node, (child) => (child === node.value ? forEachChild(child, visit) : visit(child)));
      return;
    }
    if (isFunction(node) || node.type === 'ClassDeclaration' || node.type === 'ClassExpression') add(node, node.start);
    forEachChild(node, visit);
  };
  visit(program);
  return functions;
}

/** `Function.prototype.toString` of a static method leaves out `static`; TypeScript's modifiers and decorators are gone as well. */
function methodStart(node: SyntaxNode, source: string): number {
  const start = node.decorators?.at(-1)?.end ?? node.start;
  const modifiers = /^\s*(?:(?:static|public|private|protected|override|readonly)\s+)*/.exec(
    source.slice(start, node.end),
  );
  return start + (modifiers?.[0].length ?? 0);
}
