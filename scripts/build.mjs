import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { buildCdn } from './build/cdn.mjs';
import { buildPackage } from './build/package.mjs';
import { takeStamp } from './build/stamp.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));

/** In their order: the package empties `dist/`. */
const parts = {
  package: buildPackage,
  cdn: buildCdn,
  site: () => build({ root, configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' }),
};

/**
 * Writes the npm package and the CDN files to `dist/`, and the static site to `site/`.
 *
 * @param {string[]} only  Names of parts; all are built where it is empty.
 */
export async function buildProject(only = []) {
  const unknown = only.filter((name) => !(name in parts));
  if (unknown.length > 0) throw new Error(`--only takes ${Object.keys(parts).join(', ')}, not "${unknown.join(', ')}".`);
  const stamp = await takeStamp();
  for (const [name, buildPart] of Object.entries(parts)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const start = performance.now();
    await buildPart();
    console.log(`built ${name.padEnd(8)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  if (only.length === 0) await stamp.write();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [] } } });
  await buildProject(values.only);
}
