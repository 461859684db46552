import type { CheckpointMessage, NameLoss } from '../../../protocol/messages/checkpoint.js';
import { RuntimeContext } from '../../../context/runtime-context.js';

/** What a worker played by a test tells of its namespace: the text of a group is its one name. */
export function playedCheckpoint(names: readonly string[], lost: readonly NameLoss[] = []): CheckpointMessage {
  const encoded = names.map((name) => new TextEncoder().encode(name));
  return {
    context: new RuntimeContext().toJSON(),
    groups: names.map((name, index) => ({ id: index + 1, names: [name], bytes: encoded[index]!.length })),
    removed: [],
    lost,
    isBehind: false,
    data: new TextEncoder().encode(names.join('')).buffer,
  };
}

/** The names that such a worker is asked to restore. */
export function playedNames(data: ArrayBuffer): string[] {
  return new TextDecoder()
    .decode(data)
    .split('\n')
    .filter((name) => name !== '');
}
