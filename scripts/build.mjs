import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { buildCdn } from './build/cdn.mjs';
import { thirdPartyNotices } from './build/notices.mjs';
import { buildPackage } from './build/package.mjs';
import { takeStamp } from './build/stamp.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * The parts of a build, by the name of their folder. Each part is written to a temporary folder, and replaces the old folder when
 * it is complete. A build that fails leaves the last one unchanged.
 *
 * @type {Record<string, (outDir: string) => Promise<unknown>>}
 */
const parts = {
  async dist(outDir) {
    const notices = thirdPartyNotices();
    await buildCdn(path.join(outDir, 'cdn'), notices);
    await buildPackage(outDir, notices);
  },
  site: (outDir) =>
    build({
      root,
      configFile: path.join(root, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir, emptyOutDir: true },
    }),
};

/**
 * Writes the npm package and the CDN files to `dist/`, and the static site to `site/`.
 *
 * @param {string[]} only  Names of parts; all are built where it is empty.
 */
export async function buildProject(only = []) {
  const unknown = only.filter((name) => !(name in parts));
  if (unknown.length > 0)
    throw new Error(`--only takes ${Object.keys(parts).join(', ')}, not "${unknown.join(', ')}".`);
  const stamp = await takeStamp();
  for (const [name, buildPart] of Object.entries(parts)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const start = performance.now();
    const outDir = path.join(root, '.cache', `build-${process.pid}`, name);
    try {
      await buildPart(outDir);
      await rm(path.join(root, name), { recursive: true, force: true });
      await rename(outDir, path.join(root, name));
    } finally {
      await rm(path.dirname(outDir), { recursive: true, force: true });
    }
    console.log(`built ${name.padEnd(5)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  if (only.length === 0) await stamp.write();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [] } } });
  await buildProject(values.only);
}
