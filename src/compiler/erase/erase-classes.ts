import type { ClassNode, MemberNode, MethodDefinition } from '../parse/nodes.js';
import { Rank } from '../output/edits.js';
import type { ErasedText } from './erase-text.js';
import { bodyList, bodyNode, isNode, type SyntaxNode, type Token } from '../parse/syntax.js';

const modifiers: ReadonlySet<string> = new Set([
  'public',
  'private',
  'protected',
  'readonly',
  'override',
  'abstract',
  'declare',
]);

/** Where a class or member goes on after its decorators. */
export function decoratorsEnd(node: SyntaxNode): number {
  return node.decorators?.at(-1)?.end ?? node.start;
}

/** Removes `abstract` and `implements`. */
export function eraseClassHead(node: ClassNode, text: ErasedText): void {
  if (node.abstract === true && (node.decorators ?? []).length === 0) text.remove(text.tokenFrom(node.start));
  const interfaces = node.implements ?? [];
  if (interfaces.length === 0) return;
  const keyword = text.tokenBefore(interfaces[0]!.start)!;
  text.remove({ start: keyword.start, end: interfaces.at(-1)!.end });
}

/** Removes the modifiers of a class member that only TypeScript has. */
export function eraseModifiers(member: MemberNode, text: ErasedText): void {
  const key = member.key;
  let first = true;
  let token = text.tokenFrom(decoratorsEnd(member));
  for (; token.start < key.start; token = text.tokenFrom(token.end)) {
    if (!modifiers.has(text.textOf(token))) {
      if (text.textOf(token) === '[' && member.computed === true) break;
      first = false;
      continue;
    }
    const next = text.textOf(nextUnmodified(token.end, key.start, text));
    // A field before it, without a semicolon, would go on with these.
    text.replace(token, first && /^(?:\[|\*|in$|instanceof$)/.test(next) ? ';' : '');
    first = false;
  }
}

function nextUnmodified(offset: number, keyStart: number, text: ErasedText): Token {
  let token = text.tokenFrom(offset);
  while (token.start < keyStart && modifiers.has(text.textOf(token))) token = text.tokenFrom(token.end);
  return token;
}

/** Whether a class member is the signature of an overload. */
export function isOverload(member: SyntaxNode): boolean {
  return isNode(member.value) && member.value.type === 'TSDeclareMethod';
}

/** Lets a constructor assign its parameter properties: first of all, or right after `super(…)`. */
export function assignParameterProperties(member: MethodDefinition, derived: boolean, text: ErasedText): void {
  const constructor = member.value;
  const properties = (constructor.params ?? []).filter(({ type }) => type === 'TSParameterProperty');
  if (properties.length === 0) return;
  if (member.kind !== 'constructor')
    throw text.error(properties[0]!, 'Only a constructor has parameter properties. Remove the modifier.');
  const names = properties.map((property) => {
    const target = property.parameter!.type === 'AssignmentPattern' ? property.parameter!.left! : property.parameter!;
    if (target.type !== 'Identifier') {
      throw text.error(property, 'A parameter property must be a plain name. Assign the parts in the constructor.');
    }
    text.remove({ start: property.start, end: target.start });
    return target.name;
  });
  const assignments = names.map((name) => `this.${name} = ${name};`).join(' ');
  const body = bodyNode(constructor);
  if (!derived) {
    text.edits.insert(body.start + 1, ` ${assignments}`, Rank.erase);
    return;
  }
  const superCall = bodyList(body).find(isSuperCall);
  if (superCall === undefined) {
    const hint = 'Call super(…) as a statement of the constructor, or assign the property there';
    throw text.error(properties[0]!, `Parameter properties are assigned after super(…). ${hint}.`);
  }
  text.edits.insert(superCall.end, `${text.source[superCall.end - 1] === ';' ? '' : ';'} ${assignments}`, Rank.erase);
}

function isSuperCall(statement: SyntaxNode): boolean {
  if (statement.type !== 'ExpressionStatement') return false;
  const expression = statement.expression;
  return expression.type === 'CallExpression' && expression.callee.type === 'Super';
}

/** Turns `accessor x = 1` into a getter and a setter over a private field, which no engine does by itself yet. */
export function eraseAccessor(member: MemberNode, text: ErasedText): void {
  const key = member.key;
  const start = text.tokenFrom(decoratorsEnd(member)).start;
  const prefix = member.static === true ? 'static ' : '';
  if (member.type !== 'PropertyDefinition')
    throw text.error(key, '`accessor` is only valid on a field. Remove it from this method.');
  const isName = member.computed !== true && key.type === 'Identifier';
  let storage = isName
    ? `#${key.name}${member.static === true ? 'Static' : ''}Value`
    : `#${text.names.of(`a_${key.start}`)}`;
  while (text.source.includes(storage)) storage += '_';
  const pair = (getter: string, setter: string): string =>
    `${getter}() { return this.${storage}; } ${prefix}set ${setter}(value) { this.${storage} = value; } ${prefix}${storage}`;
  if (member.computed !== true) {
    const name = text.textOf(key);
    text.replace({ start, end: key.end }, `${prefix}get ${pair(name, name)}`);
    return;
  }
  // The key is evaluated once, and made a key once.
  const name = text.names.of(`k_${key.start}`);
  text.edits.insert(0, `var ${name};`, Rank.erase);
  text.replace({ start, end: key.start }, `${prefix}get [typeof(${name}=`);
  text.replace(
    { start: key.end, end: text.tokenFrom(key.end).end },
    `)=="symbol"?${name}:${name}=\`\${${name}}\`${pair(']', `[${name}]`)}`,
  );
}
