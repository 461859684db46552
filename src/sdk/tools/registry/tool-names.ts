import { maxToolNameCharacters } from '../../../protocol/bounds.js';
import { reservedToolNames } from '../../../protocol/messages/reserved-tool-names.js';
import { InvalidComponentError } from '../../errors/component-errors.js';

/** ECMAScript's reserved words, in strict and module code. */
const reservedWords = (
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
  'finally for function if implements import in instanceof interface let new null package private protected public ' +
  'return static super switch this throw true try typeof undefined var void while with yield'
).split(' ');

/** Identifiers that no tool and no namespace of tools can have. */
export const reservedIdentifiers: ReadonlySet<string> = new Set([...reservedWords, ...reservedToolNames]);

/** The namespace of a path such as `github.createIssue`; `undefined` for a tool that has none. */
export function namespaceOf(path: string): string | undefined {
  const dot = path.indexOf('.');
  return dot < 0 ? undefined : path.slice(0, dot);
}

/**
 * The path under which code calls a tool: `weather`, or `github.createIssue` in a namespace. Each part of it is made an
 * identifier, so a dot within a name is replaced as well.
 *
 * @throws InvalidComponentError for a name that is reserved, too long, or has nothing in it to call it by
 */
export function toolPath(name: string, namespace?: string): string {
  const identifier = toolIdentifier(name, 'tool');
  const path = namespace === undefined ? identifier : `${toolIdentifier(namespace, 'namespace')}.${identifier}`;
  if (path.length <= maxToolNameCharacters) return path;
  throw new InvalidComponentError(
    'tool',
    `${path.slice(0, 50)}…`,
    `its name is longer than ${maxToolNameCharacters} characters.`,
  );
}

/** `get-weather` becomes `get_weather`, `2fa` becomes `_2fa`. */
function toolIdentifier(name: string, kind: 'tool' | 'namespace'): string {
  if (typeof name !== 'string' || name.trim() === '') {
    throw new InvalidComponentError(kind, String(name), 'its name is empty.');
  }
  const characters = name.trim().replace(/[^\p{ID_Continue}$]/gu, '_');
  const identifier = /^[\p{ID_Start}$_]/u.test(characters) ? characters : `_${characters}`;
  if (!/[\p{ID_Continue}$]/u.test(identifier.replaceAll('_', ''))) {
    throw new InvalidComponentError(kind, name, 'its name needs a letter or a digit.');
  }
  if (reservedIdentifiers.has(identifier)) {
    throw new InvalidComponentError(
      kind,
      name,
      `in code its name is ${identifier}, which is reserved. Use another name.`,
    );
  }
  return identifier;
}
