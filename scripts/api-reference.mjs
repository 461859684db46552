import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { tsPlugin } from '@sveltejs/acorn-typescript';
import { Parser } from 'acorn';
import { format, resolveConfig } from 'prettier';
import { entryPoints } from './documentation/check-types.mjs';
import { root } from './documentation/blocks.mjs';

/**
 * Writes `docs/api.md`: every export of every entry point, with the first sentence of its doc comment.
 *
 * @typedef {{ name: string, kind: string, summary: string }} Export
 * @typedef {import('acorn').Node & Record<string, any>} Node
 */

export const page = 'docs/api.md';

const parser = Parser.extend(/** @type {any} */ (tsPlugin()));
/** @type {Map<string, Promise<{ program: Node, text: string }>>} */
const parsed = new Map();

/** @param {string} file  From the root. */
function parse(file) {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const parsing = readFile(path.join(root, file), 'utf8').then((text) => ({
    program: /** @type {Node} */ (parser.parse(text, { ecmaVersion: 'latest', sourceType: 'module' })),
    text,
  }));
  parsed.set(file, parsing);
  return parsing;
}

/** @param {string} from @param {string} specifier */
const resolve = (from, specifier) => path.posix.join(path.posix.dirname(from), specifier).replace(/\.js$/, '.ts');

/**
 * The exports of a module, each name once: an export by name wins over the same name of an `export *`.
 *
 * @param {string} file
 * @returns {Promise<Export[]>}
 */
export async function exportsOf(file) {
  const { program } = await parse(file);
  const isAll = (/** @type {Node} */ { type }) => type === 'ExportAllDeclaration';
  const named = await namedExports(file, program);
  const others = await Promise.all(
    program['body'].filter(isAll).map(async (/** @type {Node} */ node) => {
      const all = await exportsOf(resolve(file, node['source'].value));
      return node['exportKind'] === 'type' ? all.flatMap(asType) : all;
    }),
  );
  return [...new Map([...others.flat(), ...named].map((each) => [each.name, each])).values()];
}

/** The effect of `export type`: a class becomes the type of its instances, and a value goes. @param {Export} entry @returns {Export[]} */
const asType = (entry) => (/^(?:type|class)$/.test(entry.kind) ? [{ ...entry, kind: 'type' }] : []);

/** @param {string} file @param {Node} program @returns {Promise<Export[]>} */
async function namedExports(file, program) {
  const lists = await Promise.all(
    program['body'].map(async (/** @type {Node} */ node) => {
      if (node.type !== 'ExportNamedDeclaration') return [];
      if (node['declaration']) {
        return await Promise.all(namesOf(node['declaration']).map((name) => describe(file, name, name)));
      }
      const source = node['source'] ? resolve(file, node['source'].value) : file;
      const described = node['specifiers'].map(async (/** @type {Node} */ { local, exported, exportKind }) => {
        const entry = await describe(source, local.name, exported.name);
        return node['exportKind'] === 'type' || exportKind === 'type' ? asType(entry) : [entry];
      });
      return (await Promise.all(described)).flat();
    }),
  );
  return lists.flat();
}

/** @param {Node} node @returns {string[]} */
function namesOf(node) {
  return node['declarations']?.map((/** @type {Node} */ { id }) => id.name) ?? [node['id'].name];
}

const kinds = /** @type {Record<string, string>} */ ({
  ClassDeclaration: 'class',
  FunctionDeclaration: 'function',
  TSDeclareFunction: 'function',
  VariableDeclaration: 'value',
  TSInterfaceDeclaration: 'type',
  TSTypeAliasDeclaration: 'type',
  TSModuleDeclaration: 'namespace',
});

/** Follows a name to its declaration. @param {string} file @param {string} local @param {string} name @returns {Promise<Export>} */
async function describe(file, local, name) {
  const { program, text } = await parse(file);
  for (const node of program['body']) {
    const declaration = node['declaration'] ?? node;
    if (declaration.type in kinds && namesOf(declaration).includes(local)) {
      return { name, kind: kinds[declaration.type] ?? '', summary: summaryBefore(text, node.start) };
    }
    if ((node.type === 'ExportNamedDeclaration' || node.type === 'ImportDeclaration') && node['source']) {
      const specifier = node['specifiers'].find(
        (/** @type {Node} */ part) =>
          (node.type === 'ImportDeclaration' ? part['local'] : part['exported']).name === local,
      );
      if (specifier) {
        return await describe(resolve(file, node['source'].value), (specifier.imported ?? specifier.local).name, name);
      }
    }
  }
  throw new Error(`${file} declares no ${local}.`);
}

/** The first sentence of the doc comment that ends right before a position. @param {string} text @param {number} position */
export function summaryBefore(text, position) {
  const [, comment = ''] =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:\/\/.*\s*|@\w+\([^)]*\)\s*)*$/.exec(text.slice(0, position)) ?? [];
  const [description = ''] = comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join(' ')
    .split(/(?:^|\s)@\w/);
  return (/^.*?(?:[.!?](?=\s)|[.!?:]?$)/.exec(description.trim().replace(/\s+/g, ' ')) ?? [''])[0].replace(/[.:]$/, '');
}

/** @param {Export} entry */
const row = ({ name, kind, summary }) =>
  `| \`${name}\` | ${kind} | ${summary.replaceAll('|', '\\|').replaceAll('<', '&lt;')} |`;

/** @returns {Promise<string>} */
export async function renderApiReference() {
  const sections = await Promise.all(
    [...(await entryPoints())].map(async ([entry, file]) => {
      const entries = (await exportsOf(file)).sort((a, b) => a.name.localeCompare(b.name, 'en'));
      const [values, types] = [
        entries.filter(({ kind }) => kind !== 'type'),
        entries.filter(({ kind }) => kind === 'type'),
      ];
      return [
        `## ${entry}`,
        ['| Export | Kind | Summary |', '| - | - | - |', ...[...values, ...types].map(row)].join('\n'),
      ].join('\n\n');
    }),
  );
  const text = [
    '# API reference',
    'Every export of every entry point. The doc comments in the types say more: shapes, units, defaults, errors and examples. `node scripts/api-reference.mjs` writes this page from them.',
    'The elements, with their attributes, properties, events, slots, parts and custom properties, are in the manifest `codemode-playground/custom-elements.json`.',
    ...sections,
  ].join('\n\n');
  return await format(text, { ...(await resolveConfig(path.join(root, page))), parser: 'markdown' });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await writeFile(path.join(root, page), await renderApiReference());
}
