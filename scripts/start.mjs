import { buildProject } from './build.mjs';
import { isBuilt } from './build/stamp.mjs';
import { parseServeOptions, serve } from './serve.mjs';

/** `npm start`: builds where the sources changed since the last build, and serves `site/`. */

const options = parseServeOptions(process.argv.slice(2));
if (!(await isBuilt())) {
  console.log('Building. This takes about a minute …');
  await buildProject();
}
await serve(options);
