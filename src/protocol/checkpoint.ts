import * as v from 'valibot';
import type { WireContext } from '../context/wire-context.js';
import { wireContext, type MessageSchema } from './messages.js';
import type { RestoreReport } from './wire.js';

/** What a worker tells of its namespace: the groups of names that changed since it last did. */
export interface CheckpointMessage {
  readonly context: WireContext;
  /** Their texts follow each other in `data`, each of so many bytes. */
  readonly groups: readonly { readonly id: number; readonly names: readonly string[]; readonly bytes: number }[];
  /** Groups that are no more. */
  readonly removed: readonly number[];
  /** All names that could not be kept, with the reason. */
  readonly lost: readonly NameLoss[];
  /** UTF-8, which only workers read. */
  readonly data: ArrayBuffer;
}

export interface NameLoss {
  readonly name: string;
  readonly reason: string;
}

const maxNames = 20_000;
const name = v.pipe(v.string(), v.maxLength(500));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const names = v.pipe(v.array(name), v.maxLength(maxNames));
const lost = v.pipe(v.array(v.object({ name, reason: v.pipe(v.string(), v.maxLength(2_000)) })), v.maxLength(maxNames));

export const checkpointMessage: MessageSchema<CheckpointMessage> = v.object({
  context: wireContext,
  groups: v.pipe(v.array(v.object({ id: count, names, bytes: count })), v.maxLength(maxNames)),
  removed: v.pipe(v.array(count), v.maxLength(maxNames)),
  lost,
  data: v.instance(ArrayBuffer),
});

export const restoreReply: MessageSchema<RestoreReport> = v.object({ restored: names, lost });
