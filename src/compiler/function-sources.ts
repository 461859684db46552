import type { EditedText } from './edits.js';
import { parse } from './parse.js';
import { forEachChild, isFunction, type SyntaxNode } from './syntax.js';

/**
 * Text of each function, method and class in the output, to its text in the source, where the two differ. Compiling drops
 * no function, so those of both texts pair up in their order, but for those that it wrote itself.
 */
export function functionSources(program: SyntaxNode, text: EditedText): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  const originals = functionTexts(program, text.source);
  const { program: output } = parse(text.text, { language: 'js', sourceType: 'module', allowAwait: true });
  let generated = functionTexts(output, text.text);
  if (originals.length !== generated.length) generated = functionTexts(output, text.text, (start) => text.isCopied(start));
  if (originals.length !== generated.length) return sources;
  for (const [index, original] of originals.entries()) {
    if (generated[index] !== original) sources.set(generated[index]!, original);
  }
  return sources;
}

function functionTexts(program: SyntaxNode, source: string, isCounted: (start: number) => boolean = () => true): string[] {
  const texts: string[] = [];
  const add = (start: number, end: number): void => {
    if (isCounted(start)) texts.push(source.slice(start, end));
  };
  const visit = (node: SyntaxNode): void => {
    const isMethod = node.type === 'MethodDefinition' || (node.type === 'Property' && (node.method === true || node.kind !== 'init'));
    if (isMethod) {
      add(methodStart(node, source), node.end);
      forEachChild(node, (child) => (child === node.value ? forEachChild(child, visit) : visit(child)));
      return;
    }
    if (isFunction(node) || node.type === 'ClassDeclaration' || node.type === 'ClassExpression') add(node.start, node.end);
    forEachChild(node, visit);
  };
  visit(program);
  return texts;
}

/** `Function.prototype.toString` of a static method leaves out `static`; TypeScript's modifiers and decorators are gone as well. */
function methodStart(node: SyntaxNode, source: string): number {
  const start = node.decorators?.at(-1)?.end ?? node.start;
  const modifiers = /^\s*(?:(?:static|public|private|protected|override|readonly)\s+)*/.exec(source.slice(start, node.end));
  return start + (modifiers?.[0].length ?? 0);
}
