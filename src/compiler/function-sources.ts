import type { EditedText } from './edits.js';
import { parse } from './parse.js';
import { forEachChild, isFunction, type SyntaxNode } from './syntax.js';

/**
 * Text of each function, method and class in the output, to its text in the source, where the two differ. Compiling adds
 * and drops no function, so those of both texts pair up in their order.
 */
export function functionSources(program: SyntaxNode, text: EditedText): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  const originals = functionTexts(program, text.source);
  const generated = functionTexts(parse(text.text, { language: 'js', sourceType: 'module', allowAwait: true }).program, text.text);
  if (originals.length !== generated.length) return sources;
  for (const [index, original] of originals.entries()) {
    if (generated[index] !== original) sources.set(generated[index]!, original);
  }
  return sources;
}

function functionTexts(program: SyntaxNode, source: string): string[] {
  const texts: string[] = [];
  const visit = (node: SyntaxNode): void => {
    const isMethod = node.type === 'MethodDefinition' || (node.type === 'Property' && (node.method === true || node.kind !== 'init'));
    if (isMethod) {
      texts.push(source.slice(methodStart(node, source), node.end));
      forEachChild(node, (child) => (child === node.value ? forEachChild(child, visit) : visit(child)));
      return;
    }
    if (isFunction(node) || node.type === 'ClassDeclaration' || node.type === 'ClassExpression') texts.push(source.slice(node.start, node.end));
    forEachChild(node, visit);
  };
  visit(program);
  return texts;
}

/** `Function.prototype.toString` of a static method leaves out `static`; TypeScript's modifiers are gone as well. */
function methodStart(node: SyntaxNode, source: string): number {
  const modifiers = /^(?:(?:static|public|private|protected|override|readonly)\s+)*/.exec(source.slice(node.start, node.end));
  return node.start + (modifiers?.[0].length ?? 0);
}
