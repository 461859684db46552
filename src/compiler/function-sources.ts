import type { EditedText } from './edits.js';
import { forEachChild, isFunction, type SyntaxNode } from './syntax.js';

/** Text of each function, method and class in the output, to its text in the source, where the two differ. */
export function functionSources(program: SyntaxNode, text: EditedText): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  const add = (start: number, end: number): void => {
    const from = text.generatedOffset(start);
    const to = text.generatedOffset(end - 1);
    if (from === undefined || to === undefined) return;
    const generated = text.text.slice(from, to + 1);
    const original = text.source.slice(start, end);
    if (generated !== original) sources.set(generated, original);
  };
  const visit = (node: SyntaxNode): void => {
    if (isFunction(node) || node.type === 'ClassDeclaration' || node.type === 'ClassExpression') add(node.start, node.end);
    else if (node.type === 'MethodDefinition' || (node.type === 'Property' && (node.method === true || node.kind !== 'init'))) {
      add(methodStart(node, text.source), node.end);
    }
    forEachChild(node, visit);
  };
  visit(program);
  return sources;
}

/** `Function.prototype.toString` of a static method leaves out `static`; TypeScript's modifiers are gone as well. */
function methodStart(node: SyntaxNode, source: string): number {
  const modifiers = /^(?:(?:static|public|private|protected|override|readonly)\b\s*)*(?=\S)(?!\()/.exec(source.slice(node.start, node.end));
  return node.start + (modifiers?.[0].length ?? 0);
}
