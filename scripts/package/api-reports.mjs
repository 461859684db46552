import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { compilerOf } from './extractor-compiler.mjs';

/**
 * The public API of the package as text: a file for each entry point, with the signatures that its types declare.
 *
 * @typedef {ReadonlyMap<string, string>} Reports  Texts by file name, such as `sdk.api.md`.
 */

const none = { logLevel: ExtractorLogLevel.None };

/**
 * The declaration files of the entry points by the name of their report, such as `sdk-internals` for `./sdk/internals`. An entry
 * point that is another one under an older name has no report.
 *
 * @param {Readonly<Record<string, string | { types?: string }>>} exports  Of package.json.
 * @returns {Map<string, string>}
 */
export function reportedEntries(exports) {
  const entries = new Map();
  for (const [entry, target] of Object.entries(exports)) {
    const types = typeof target === 'string' ? undefined : target.types;
    if (types === undefined || [...entries.values()].includes(types)) continue;
    entries.set(entry === '.' ? 'index' : entry.slice(2).replaceAll('/', '-'), types);
  }
  return entries;
}

/**
 * @param {string} root  Of the project; absolute.
 * @param {string} types  Folder with the declaration files, inside the project; absolute.
 * @returns {Promise<Reports>}
 */
export async function makeApiReports(root, types) {
  const { exports } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const folder = path.join(root, '.cache/api-reports');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const configs = [...reportedEntries(exports)].map(([name, file]) =>
    config(root, folder, name, path.join(types, path.relative('dist/types', file))),
  );
  const [first] = configs;
  if (first === undefined) return new Map();
  const compilerState = CompilerState.create(first, {
    additionalEntryPoints: configs.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
  });
  /** @type {string[]} */
  const problems = [];
  for (const extracted of configs) {
    Extractor.invoke(extracted, {
      localBuild: true,
      compilerState,
      messageCallback(message) {
        message.handled = true;
        if (message.logLevel === ExtractorLogLevel.Error) problems.push(message.text);
      },
    });
  }
  if (problems.length > 0)
    throw new Error(`API Extractor cannot read the types of the package:\n${problems.join('\n')}`);
  return await readReports(folder);
}

/** @param {string} root @param {string} folder @param {string} name @param {string} entry */
function config(root, folder, name, entry) {
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: entry,
      newlineKind: 'lf',
      compiler: compilerOf(entry),
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: folder,
        reportTempFolder: path.join(folder, 'new'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { default: none },
        tsdocMessageReporting: { default: none },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: path.join(root, 'package.json'),
  });
}

/** @param {string} folder @returns {Promise<Reports>} */
export async function readReports(folder) {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.api.md')).toSorted();
  return new Map(
    await Promise.all(
      names.map(async (name) => /** @type {const} */ ([name, await readFile(path.join(folder, name), 'utf8')])),
    ),
  );
}

/**
 * The differences between the reports in the repository and the reports of the build, a sentence for each file.
 *
 * @param {Reports} known
 * @param {Reports} built
 * @returns {string[]}
 */
export function findApiChanges(known, built) {
  const names = [...new Set([...known.keys(), ...built.keys()])].toSorted();
  return names
    .filter((name) => known.get(name) !== built.get(name))
    .map((name) => {
      if (!known.has(name)) return `api/${name} is missing.`;
      if (!built.has(name)) return `api/${name} belongs to no entry point.`;
      const line = firstDifference(known.get(name) ?? '', built.get(name) ?? '');
      return `api/${name}:${line.number} differs from the build, which has: ${line.text.trim()}`;
    });
}

/** @param {string} known @param {string} built */
function firstDifference(known, built) {
  const [before, after] = [known.split('\n'), built.split('\n')];
  const index = after.findIndex((line, at) => line !== before[at]);
  return index === -1
    ? { number: after.length + 1, text: '(its end)' }
    : { number: index + 1, text: after[index] ?? '' };
}
