import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { buildCdn } from './build/cdn.mjs';
import { buildPackage } from './build/package.mjs';
import { takeStamp } from './build/stamp.mjs';

/** Writes the npm package and the CDN files to `dist/`, and the static site to `site/`. */

const root = fileURLToPath(new URL('../', import.meta.url));

/** In their order: the package empties `dist/`. */
const parts = {
  package: buildPackage,
  cdn: buildCdn,
  site: () => build({ root, configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' }),
};

const { values: { only } } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const unknown = only?.filter((name) => !(name in parts)) ?? [];
if (unknown.length > 0) throw new Error(`--only takes ${Object.keys(parts).join(', ')}, not "${unknown.join(', ')}".`);

const stamp = await takeStamp();
for (const [name, make] of Object.entries(parts)) {
  if (only && !only.includes(name)) continue;
  const start = performance.now();
  await make();
  console.log(`built ${name.padEnd(8)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
if (!only) await stamp.write();
