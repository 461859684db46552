import type { RuntimeContext } from '../../context/runtime-context.js';
import { Secrets } from '../secrets/secrets.js';
import type { RunContext, RunMetadata } from './run-context.js';

/** What all tasks of a run share. */
type RunPart = Pick<
  RunContext,
  'runId' | 'definition' | 'tag' | 'catalog' | 'runLogStore' | 'serializer' | 'executor' | 'codemode'
> & {
  /** The context that those of the tasks are made of. */
  readonly context: RuntimeContext;
};

/** What is of one attempt. */
interface AttemptPart extends Pick<RunContext, 'step' | 'path' | 'failure' | 'attempt' | 'parameters' | 'signal'> {
  readonly secrets: ReadonlyMap<string, string>;
  /** Writes a line, or how far the task is. */
  readonly note: (text: string, more?: { readonly done: number; readonly total?: number }) => void;
}

/** The context of one attempt of a task. */
export function makeRunContext(run: RunPart, { note, secrets, ...attempt }: AttemptPart): RunContext {
  const { runId, definition, tag, catalog, runLogStore, serializer, executor, codemode, context } = run;
  const { step, path, signal } = attempt;
  const metadata: RunMetadata = {
    runId,
    definition,
    ...(tag === undefined ? {} : { tag }),
    step,
    path,
    attempt: attempt.attempt,
  };
  return Object.freeze({
    runId,
    definition,
    tag,
    catalog,
    runLogStore,
    serializer,
    executor,
    codemode,
    ...attempt,
    secrets: new Secrets(secrets, path),
    // What tools see: a part of the work of the run's context.
    context: context.child({ metadata: { run: metadata }, signal }),
    log: (text: string) => note(String(text)),
    progress: (done: number, total?: number, label = '') =>
      note(label, { done, ...(total === undefined ? {} : { total }) }),
  });
}
