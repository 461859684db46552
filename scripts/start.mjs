import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { isBuilt } from './build/stamp.mjs';
import { serve, serveOptions, toServeOptions } from './serve.mjs';

/** `npm start`: builds where the sources changed since the last build, and serves `site/`. */

const { values } = parseArgs({ options: serveOptions });
const options = toServeOptions(values);

if (!await isBuilt()) {
  console.log('Building (about a minute) …');
  const build = spawn(process.execPath, [fileURLToPath(new URL('build.mjs', import.meta.url))], { stdio: 'inherit' });
  const [code] = await once(build, 'exit');
  if (code !== 0) process.exit(code ?? 1);
}
await serve({ ...options, root: fileURLToPath(new URL('../site', import.meta.url)) });
