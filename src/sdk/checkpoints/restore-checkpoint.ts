import { RemoteError } from '../../protocol/endpoint/call-errors.js';
import { checkpointVersion, type Checkpoint, type RestoreReport } from '../../protocol/messages/checkpoint.js';
import type { ExecutorClient } from '../workers/executor-client.js';
import { CheckpointFormatError, CheckpointVersionError } from './checkpoint-errors.js';

/**
 * Binds the names of a checkpoint; existing names are overwritten.
 * @throws CheckpointVersionError, CheckpointFormatError: nothing was bound
 */
export async function restoreCheckpoint(client: ExecutorClient, checkpoint: Checkpoint): Promise<RestoreReport> {
  const { data, lost } = checkedCheckpoint(checkpoint);
  try {
    const report = await client.request('restore', {
      data: new TextEncoder().encode(data).buffer,
      isOwn: false,
    });
    return { restored: report.restored, lost: [...lost, ...report.lost] };
  } catch (error) {
    if (error instanceof RemoteError && error.name === 'CheckpointFormatError')
      throw new CheckpointFormatError(error.message);
    throw error;
  }
}

/** @throws CheckpointVersionError, CheckpointFormatError */
export function checkedCheckpoint(checkpoint: unknown): Checkpoint {
  const { version, names, data, lost } = Object(checkpoint) as Partial<Record<keyof Checkpoint, unknown>>;
  if (Object(checkpoint) !== checkpoint)
    throw new CheckpointFormatError(`expected an object, received ${String(checkpoint)}`);
  if (version !== checkpointVersion) throw new CheckpointVersionError(checkpointVersion, version);
  if (typeof data !== 'string') throw new CheckpointFormatError(`expected text as its data, received ${typeof data}`);
  if (!Array.isArray(lost) || !Array.isArray(names))
    throw new CheckpointFormatError('expected lists of names and of losses');
  return checkpoint as Checkpoint;
}
