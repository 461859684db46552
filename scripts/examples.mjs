import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildSite } from './examples/build-site.mjs';
import { install } from './examples/install.mjs';
import { root, run } from './examples/run.mjs';

/**
 * Builds the sites of `examples/`, each with its own generator, with the last build of the package. Installations and sites that are
 * still valid stay.
 */

/** The output folder of each generator, in the folder of its example. The slowest generator comes first. */
const outputs = /** @type {const} */ ({
  docusaurus: 'build',
  starlight: 'dist',
  vitepress: 'docs/.vitepress/dist',
  react: 'dist',
});
const generators = /** @type {(keyof typeof outputs)[]} */ (Object.keys(outputs));

const folderOf = (/** @type {string} */ name) => path.join(root, 'examples', name);

/** Installs the dependencies of the examples from their lockfiles. @param {readonly (keyof typeof outputs)[]} names */
export async function installExamples(names = generators) {
  // One at a time: npm keeps network, disk and processor busy by itself.
  for (const name of names) await install(folderOf(name));
}

/**
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => Promise<void>} each
 */
async function twoAtATime(items, each) {
  const rest = [...items];
  const work = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await each(item);
  };
  await Promise.all([work(), work()]);
}

/** @param {string} name @param {() => Promise<boolean>} build */
async function timed(name, build) {
  const start = performance.now();
  const isNew = await build();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(isNew ? `built ${name.padEnd(10)} ${seconds} s` : `kept  ${name}`);
}

/** @param {readonly string[]} only  Names of folders in `examples/`; all are built where it is empty. */
export async function buildExamples(only = []) {
  const names = ['html', ...generators];
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`--only takes ${names.join(', ')}, not "${unknown.join(', ')}".`);
  const wanted = generators.filter((name) => only.length === 0 || only.includes(name));
  if (only.length === 0 || only.includes('html')) {
    await timed('html', () => run('npm', ['run', 'copy'], folderOf('html')).then(() => true));
  }
  await installExamples(wanted);
  // A generator works on one thread most of the time.
  await twoAtATime(wanted, (name) => timed(name, () => buildSite(folderOf(name), outputs[name])));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [] } } });
  await buildExamples(values.only);
}
