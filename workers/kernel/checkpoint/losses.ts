import { cut, maxLossesCharacters, maxReasonCharacters } from '../../../src/protocol/bounds.js';
import type { NameLoss } from '../../../src/protocol/messages/checkpoint.js';

/** All lost names, with reasons cut to fit in a message. */
export function sendableLosses(lost: readonly NameLoss[]): readonly NameLoss[] {
  let maxCharacters = maxReasonCharacters;
  let losses = withReasons(lost, maxCharacters);
  while (maxCharacters > 1 && JSON.stringify(losses).length > maxLossesCharacters) {
    maxCharacters = Math.ceil(maxCharacters / 4);
    losses = withReasons(lost, maxCharacters);
  }
  return losses;
}

function withReasons(lost: readonly NameLoss[], maxCharacters: number): readonly NameLoss[] {
  return lost.map(({ name, reason }) => ({ name, reason: cut(reason, maxCharacters) }));
}
