import { Rank, type Edits } from './edits.js';
import { bodyList, isNode, unwrapped, type SyntaxNode } from '../parse/syntax.js';

/**
 * Defines a class that is a whole cell without running code inside it. Its superclass expression, static blocks and static
 * field values stay in place and are never evaluated; nor is the computed name of a lone method.
 * The caller sets the prototypes and the fields afterwards.
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
