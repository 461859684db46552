import { eachStep } from '../definition/children.js';
import type { PipelineParts } from '../definition/pipeline-parts.js';
import { secretsOf, type SecretSource } from '../secrets/secrets.js';

/** All secrets that the tasks of a pipeline declare and that there are. A task reports those that there are not. */
export async function declaredSecrets(
  { steps, onFailure }: PipelineParts,
  source: SecretSource | undefined,
): Promise<ReadonlyMap<string, string>> {
  const names = new Set<string>();
  const visit = (list: PipelineParts['steps']): void =>
    eachStep(list, (step) => {
      if (step.kind === 'task') step.secrets.forEach((name) => names.add(name));
    });
  visit(steps);
  visit(onFailure);
  const found = new Map<string, string>();
  for (const name of names) {
    try {
      for (const [key, value] of await secretsOf([name], source, '')) found.set(key, value);
    } catch {
      // The task that declares it fails with it.
    }
  }
  return found;
}
