import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it } from 'vitest';

const module = path.join(import.meta.dirname, 'busy-processes.mjs');

it('leaves no busy process behind, also where nobody ends them', async () => {
  // Its end closes the pipe only once the busy process, which holds the other end as well, is gone too.
  const script = `
    import childProcess from 'node:child_process';
    import { syncBuiltinESMExports } from 'node:module';
    const { spawn } = childProcess;
    childProcess.spawn = (command, args) => spawn(command, args, { stdio: ['ignore', 'inherit', 'ignore'] });
    syncBuiltinESMExports();
    const { startBusyProcesses } = await import(${JSON.stringify(module)});
    startBusyProcesses(1);
    process.exit();`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  starter.stdout.resume();
  const [code] = (await once(starter, 'close')) as [number];
  expect(code).toBe(0);
});
