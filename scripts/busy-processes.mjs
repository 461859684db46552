import { spawn } from 'node:child_process';

/** Keeps a core busy until the process that started it is gone, however that ended. */
const loop = 'const starter = Number(process.argv[1]); while (process.ppid === starter);';

/**
 * Starts processes that each keep one core busy. Tests show beside them whether they depend on the speed of the machine.
 *
 * @param {number} count
 * @returns {() => void}  Ends them.
 */
export function startBusyProcesses(count) {
  const processes = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', loop, String(process.pid)], { stdio: 'ignore' }),
  );
  return () => {
    for (const each of processes) each.kill('SIGKILL');
  };
}
