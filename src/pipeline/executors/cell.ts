import { randomHex } from '../../context/random-hex.js';
import { maxFileNameCharacters } from '../../protocol/bounds.js';
import { ValuePreview } from '../../protocol/previews/value-preview.js';
import type { ExecuteOptions } from '../../sdk/types.js';
import type { Session } from '../../sdk/session/session.js';
import { CellError, ParameterError } from '../errors/run-errors.js';
import { cellSetup } from './cell-setup.js';
import type { TaskExecution } from '../context/run-context.js';

/** Runs code in a session that begins with the parameters and `getRunContext`, and ends with it. */
export async function runCell(execution: TaskExecution, code: string): Promise<unknown> {
  const { run, signal, task, sandboxSecrets } = execution;
  const { codemode, path, runId, attempt, context } = run;
  if (codemode === undefined) {
    throw new ParameterError(path, 'a task in a sandbox needs a codemode. Pass it to start: { codemode }.');
  }
  const session = codemode.session(`run ${runId} ${path} ${attempt} ${randomHex(4)}`);
  try {
    const options: ExecuteOptions = {
      context,
      signal,
      // Errors and tool calls of code that knows secrets may tell them.
      ...(sandboxSecrets.size === 0 ? {} : { tracing: false }),
      ...(task.timeout === undefined ? {} : { timeout: task.timeout }),
    };
    for (const text of cellSetup(execution))
      await execute(session, text, { ...options, fileName: 'parameters.js' }, path);
    session.addEventListener('output', ({ detail }) => run.log(String(detail)));
    const fileName = `${path.replaceAll(/\s/g, '_').slice(0, maxFileNameCharacters - 3)}.ts`;
    return whole(await execute(session, code, { ...options, fileName }, path), path);
  } finally {
    await session.forget?.();
    await session.close();
  }
}

async function execute(session: Session, code: string, options: ExecuteOptions, path: string): Promise<unknown> {
  const result = await session.execute(code, options);
  if (!result.ok) throw new CellError(result.error, path);
  return result.value;
}

/** @throws ParameterError for a value of which a part could not leave the sandbox */
function whole(value: unknown, path: string): unknown {
  const seen = new Set<unknown>();
  const check = (part: unknown): void => {
    if (typeof part !== 'object' || part === null || seen.has(part)) return;
    if (part instanceof ValuePreview) {
      throw new ParameterError(
        path,
        `what it gives can't leave the sandbox as a whole: ${String(part)}. Give plain data.`,
      );
    }
    seen.add(part);
    if (part instanceof Map) for (const entry of part) entry.forEach(check);
    else if (part instanceof Set) part.forEach(check);
    else if (!ArrayBuffer.isView(part)) Object.values(part).forEach(check);
  };
  check(value);
  return value;
}
