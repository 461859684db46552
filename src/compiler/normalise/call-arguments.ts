import type { FunctionNode } from '../parse/nodes.js';
import type { SyntaxNode } from '../parse/syntax.js';

const namesOfTools: ReadonlySet<string> = new Set(['tools', 'codemode', 'api', 'client', 't']);
const namesOfContext: ReadonlySet<string> = new Set(['context', 'ctx']);
const globals: ReadonlySet<string> = new Set(['tools', 'context', 'config', 'console']);

/**
 * The arguments of a function that a model wrote for somebody else to call.
 * @param hasInput whether the code has a name `input`
 * @returns their text; `undefined` for a parameter that nobody knows
 */
export function callArguments(fn: FunctionNode, hasInput: boolean): string | undefined {
  const parameters = fn.params.filter((parameter) => parameter.name !== 'this');
  if (parameters.every(({ type }) => type === 'AssignmentPattern' || type === 'RestElement')) return '';
  const texts = parameters.map((parameter) => argumentFor(parameter, hasInput));
  return texts.includes(undefined) ? undefined : texts.join(', ');
}

function argumentFor(parameter: SyntaxNode, hasInput: boolean): string | undefined {
  switch (parameter.type) {
    case 'AssignmentPattern':
      return 'undefined';
    case 'Identifier':
      if (namesOfTools.has(parameter.name)) return 'tools';
      if (namesOfContext.has(parameter.name)) return 'context';
      return hasInput && parameter.name === 'input' ? 'input' : undefined;
    case 'ObjectPattern': {
      const isGlobal = parameter.properties.every(({ key }) => globals.has(key?.name ?? ''));
      return isGlobal ? '{ tools, context, config, console }' : 'tools';
    }
    default:
      return undefined;
  }
}
