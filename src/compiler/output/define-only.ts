import { Rank, type Edits } from './edits.js';
import { bodyList, isNode, unwrapped, type SyntaxNode } from '../parse/syntax.js';

/**
 * Lets a class that is all of a cell be defined without running anything that it holds: what it extends, static blocks and
 * the values of static fields stay where they are and are never evaluated. So does the computed name of a lone method.
 * Whoever defines it gives it prototypes and fields.
 */
export function defineOnly(program: SyntaxNode, edits: Edits): void {
  for (const statement of bodyList(program)) {
    if (statement.type !== 'ExpressionStatement') continue;
    const node = unwrapped(statement.expression);
    for (const { key, computed } of node.properties ?? [])
      if (computed === true) edits.wrap(key!, 'false&&(', ')', Rank.bind);
    if (node.type !== 'ClassExpression') continue;
    if (isNode(node.superClass)) edits.wrap(node.superClass, '(false?(', '):null)', Rank.bind);
    for (const member of bodyList(node.body)) {
      if (member.type === 'StaticBlock') {
        edits.insert(edits.source.indexOf('{', member.start) + 1, 'if(false){', Rank.bind);
        edits.insert(member.end - 1, '}', Rank.erase);
      } else if (member.static === true && member.type === 'PropertyDefinition' && isNode(member.value))
        edits.wrap(member.value, 'false&&(', ')', Rank.bind);
    }
  }
}
