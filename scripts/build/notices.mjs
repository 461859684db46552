import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import license from 'rollup-plugin-license';

/** @import { Plugin } from 'vite' */
/** @import { Dependency } from 'rollup-plugin-license' */

/** Both hooks of the plugin. @typedef {{ renderChunk(code: string, chunk: object): void, generateBundle(): void }} Scanner */

/** A package whose code a build contains. @typedef {Pick<Dependency, 'name' | 'version' | 'license' | 'licenseText' | 'noticeText' | 'author'>} BundledPackage */

const root = fileURLToPath(new URL('../../', import.meta.url));
export const noticesFile = 'THIRD-PARTY-NOTICES.txt';

/**
 * The licence texts of all packages whose code a build contains. Their licences require them.
 *
 * @returns {{ collect: () => Plugin, emit: () => Plugin }}  `collect` goes into each build, also into those of workers and of the
 *   runner; `emit` goes last into the build that writes the file.
 */
export function thirdPartyNotices() {
  /** @type {Map<string, BundledPackage>} */
  const found = new Map();

  const scan = (/** @type {string[]} */ modules) => {
    const plugin = license({
      thirdParty: {
        output(packages) {
          for (const each of packages) found.set(`${each.name} ${each.version}`, each);
        },
      },
    });
    const scanner = /** @type {Scanner} */ (/** @type {unknown} */ (plugin));
    scanner.renderChunk('', { modules: Object.fromEntries(modules.map((id) => [id, { renderedLength: 1 }])) });
    scanner.generateBundle();
  };

  return {
    collect: () => ({
      name: 'codemode:collect-licences',
      generateBundle(_options, bundle) {
        const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
        scan(oneOfEachPackage(modules));
      },
    }),

    emit: () => ({
      name: 'codemode:third-party-notices',
      async generateBundle() {
        const packages = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
        const source = formatNotices(await Promise.all(packages.map(withTexts)));
        this.emitFile({ type: 'asset', fileName: noticesFile, source });
      },
    }),
  };
}

/** The scanner looks at each module for itself, and Monaco has thousands. @param {readonly string[]} modules */
function oneOfEachPackage(modules) {
  const found = new Map(
    modules.flatMap((id) => {
      const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0];
      return folder === undefined ? [] : [[folder, id]];
    }),
  );
  return [...found.values()];
}

/**
 * @typedef {object} Notice
 * @property {string | null} name
 * @property {string | null} version
 * @property {string | null} license  As SPDX has it.
 * @property {string[]} texts
 */

/** @param {BundledPackage} bundled @returns {Promise<Notice>} */
async function withTexts({ name, version, license: identifier, licenseText, noticeText, author }) {
  const read = (/** @type {string[]} */ ...file) => readFile(path.join(root, ...file), 'utf8');
  // Code of others in a package, such as TypeScript in Monaco.
  const others = await read('node_modules', name ?? '', 'ThirdPartyNotices.txt').catch(() => '');
  let text = licenseText;
  // A package may only name the MIT licence: its text is that of this project, for another author.
  if (!text && identifier === 'MIT' && author)
    text = (await read('LICENSE')).replace(/^Copyright.*$/m, `Copyright (c) ${author.name}`);
  if (!text)
    throw new Error(`The licence of ${name} (${identifier}) has no text. Add one, or do not bundle the package.`);
  return { name, version, license: identifier, texts: [text, noticeText ?? '', others].filter(Boolean) };
}

/** @param {readonly Notice[]} notices */
export function formatNotices(notices) {
  const line = '-'.repeat(80);
  const entries = notices.map(
    ({ name, version, license: identifier, texts }) =>
      `${line}\n${name} ${version} (${identifier})\n${line}\n\n${texts.map((text) => text.trim()).join('\n\n')}\n`,
  );
  return ['Codemode Playground contains code of these packages, under the licences below.\n', ...entries].join('\n');
}
