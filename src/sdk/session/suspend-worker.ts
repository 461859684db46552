import type { ObstaclesReply } from '../../protocol/obstacles-reply.js';
import type { NamespaceEntry } from '../../protocol/wire.js';
import type { ExecutorClient } from '../workers/executor-client.js';
import type { KeptCheckpoint } from '../checkpoints/kept-checkpoint.js';
import type { Suspension } from '../types.js';

export interface WorkerSurvey {
  /** What would be lost or cut off with the worker, in words; none when all of it is kept. */
  readonly obstacles: readonly string[];
  /** The names of its namespace, to be shown while it is away. */
  readonly names: readonly NamespaceEntry[];
}

/** Takes a checkpoint of a worker that is to be given back, and asks what there is beside it. Three requests, answered in one go. */
export async function surveyWorker(client: ExecutorClient, checkpoint: KeptCheckpoint): Promise<WorkerSurvey> {
  try {
    const [{ obstacles }, { lost }, names] = await Promise.all([
      client.request<ObstaclesReply>('obstacles', {}),
      checkpoint.take(client),
      client.request<readonly NamespaceEntry[]>('list', {}),
    ]);
    return {
      obstacles: [...obstacles, ...lost.map(({ name, reason }) => `“${name}” can't be kept: ${reason}`)],
      names,
    };
  } catch (error) {
    return { obstacles: [`it does not answer: ${error instanceof Error ? error.message : String(error)}`], names: [] };
  }
}

export const notSuspended = (...obstacles: string[]): Suspension => ({ suspended: false, obstacles });
