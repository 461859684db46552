import { InvalidComponentError } from '../../errors/component-errors.js';
import type { ComponentKind, Entry } from './registry-snapshot.js';
import { namespaceOf } from './tool-names.js';

/**
 * Whether code could tell a component apart from those that there are: two names may become the same identifier, and a
 * namespace can't be called.
 *
 * @param key the component's name; of a tool, its path
 * @throws InvalidComponentError
 */
export function checkCollisions(
  kind: ComponentKind,
  key: string,
  entry: Entry,
  entries: ReadonlyMap<string, Entry>,
): void {
  const { givenName, givenNamespace } = entry;
  const present = entries.get(key);
  if (present !== undefined && present.givenName !== givenName) {
    throw new InvalidComponentError(
      kind,
      givenName,
      `in code its name is ${key}, which is taken by "${present.givenName}". Use another name.`,
    );
  }
  if (kind !== 'tool') return;
  const namespace = namespaceOf(key);
  for (const [other, { givenNamespace: otherNamespace }] of entries) {
    if (other === namespace) {
      throw new InvalidComponentError(
        'namespace',
        givenNamespace ?? namespace,
        'there is a tool of this name. Use another name.',
      );
    }
    const taken = namespaceOf(other);
    if (taken === undefined) continue;
    if (key === taken)
      throw new InvalidComponentError('tool', givenName, 'there is a namespace of this name. Use another name.');
    if (namespace === taken && otherNamespace !== givenNamespace) {
      throw new InvalidComponentError(
        'namespace',
        givenNamespace ?? namespace,
        `in code its name is ${namespace}, which is taken by "${otherNamespace}". Use another name.`,
      );
    }
  }
}
