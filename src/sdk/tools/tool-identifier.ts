import { InvalidComponentError } from '../errors/errors.js';

/** ECMAScript's reserved words, in strict and module code. */
const reservedWords = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public ' +
    'return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

/** Every object has them, or the language asks for them: `await tools` would call `tools.then`. */
const reservedProperties = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'then', 'toJSON']);

/**
 * The name under which code calls a tool: `get-weather` becomes `get_weather`, `2fa` becomes `_2fa`.
 * @throws InvalidComponentError for a name that is reserved, or has nothing in it to call it by
 */
export function toolIdentifier(name: string): string {
  const characters = name.trim().replace(/[^\p{ID_Continue}$]/gu, '_');
  const identifier = /^[\p{ID_Start}$_]/u.test(characters) ? characters : `_${characters}`;
  if (!/[\p{ID_Continue}$]/u.test(identifier.replaceAll('_', ''))) {
    throw new InvalidComponentError('tool', name, 'its name needs a letter or a digit.');
  }
  if (reservedWords.has(identifier) || reservedProperties.has(identifier)) {
    throw new InvalidComponentError(
      'tool',
      name,
      `in code its name is ${identifier}, which is reserved. Use another name.`,
    );
  }
  return identifier;
}
