import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Runs a command to its end. Its output is shown where it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 */
export async function run(command, args, cwd) {
  /** @type {Buffer[]} */
  const output = [];
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', DOCUSAURUS_NO_UPDATE_CHECK: '1' },
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (/** @type {Buffer} */ data) => output.push(data));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0)
    throw new Error(`${command} ${args.join(' ')} failed in ${path.relative(root, cwd)}:\n${Buffer.concat(output)}`);
}
