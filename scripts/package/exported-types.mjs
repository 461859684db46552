import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { compilerOf } from './extractor-compiler.mjs';

/** Parts of the elements: their classes show them, and users need no name for them. */
const partsOfElements =
  /^(?:AttributeElement|AuthorCode|CellRun|ConsoleLog|InputHistory|LiveSnippet|LocalizedElement|SnippetHost|SnippetStrings)$/;

/**
 * Types that an exported signature of the package mentions and no entry point exports. Users of that signature could not name
 * them.
 *
 * @param {string} root  Of the project.
 * @param {string} dist  The built package; absolute.
 */
export async function findUnexportedTypes(root, dist) {
  const { exports } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const declarations = Object.values(exports).flatMap((/** @type {{ types?: string }} */ { types }) => types ?? []);
  const types = path.join(dist, 'types');
  const lines = declarations.map((file) => {
    const entry = path.relative('dist/types', file).replaceAll(path.sep, '/');
    return `export * from './${entry.replace(/\.d\.ts$/, '.js')}';`;
  });
  // One entry point over all of them, since a type may be exported by another one than the signature.
  const all = path.join(types, 'all-entry-points.d.ts');
  await writeFile(all, `${lines.join('\n')}\n`);
  try {
    return forgottenExports(root, all);
  } finally {
    await rm(all);
  }
}

/** @param {string} root @param {string} entry */
function forgottenExports(root, entry) {
  const none = { logLevel: ExtractorLogLevel.None };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: entry,
      compiler: compilerOf(entry),
      apiReport: { enabled: false },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { default: none, 'ae-forgotten-export': { logLevel: ExtractorLogLevel.Warning } },
        tsdocMessageReporting: { default: none },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: path.join(root, 'package.json'),
  });
  /** @type {string[]} */
  const found = [];
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message) {
      message.handled = true;
      if (message.logLevel !== ExtractorLogLevel.Warning && message.logLevel !== ExtractorLogLevel.Error) return;
      const name = /^The symbol "(.+?)"/.exec(message.text)?.[1];
      const file = path.relative(path.dirname(entry), message.sourceFilePath ?? '');
      if (name === undefined) found.push(message.text);
      // A value is mentioned by `typeof` alone: its type has no name to export.
      else if (/^\p{Lu}/u.test(name) && !partsOfElements.test(name)) {
        found.push(`${file} mentions ${name} in an exported signature, and no entry point exports it.`);
      }
    },
  });
  return [...new Set(found)].toSorted();
}
