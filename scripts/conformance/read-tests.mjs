import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readGoTable } from './go-tables.mjs';

/**
 * A piece of code that a suite has an opinion on.
 *
 * @typedef {object} ConformanceTest
 * @property {string} name  The path below the given folder; with what is behind `#` where a file holds several.
 * @property {string} source
 * @property {'ts' | 'tsx' | 'js' | 'jsx'} language
 * @property {boolean} isDeclaration  Whether it is a file of declarations, which has no code.
 * @property {boolean} [isValid]  What the suite says; otherwise TypeScript and the engine are asked.
 * @property {Test262Facts} [test262]
 *
 * What the header of a test of test262 says: https://github.com/tc39/test262/blob/main/INTERPRETING.md
 *
 * @typedef {object} Test262Facts
 * @property {readonly string[]} includes
 * @property {readonly string[]} flags
 * @property {'parse' | 'resolution' | 'runtime' | undefined} fails  The phase in which it has to fail.
 * @property {string} harness  The folder of the files that it includes.
 */

const languages = /** @type {const} */ ({
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.jsx': 'jsx',
});

/** @param {string} file */
const languageOf = (file) => languages[/** @type {keyof typeof languages} */ (path.extname(file))];

/**
 * The tests in a file or a folder: TypeScript's cases with several files in one, tests of test262, the tables of esbuild's Go
 * tests, and plain sources.
 *
 * @param {string} target
 * @returns {AsyncGenerator<ConformanceTest>}
 */
export async function* readTests(target) {
  const root = path.resolve(target);
  for await (const file of filesOf(root)) {
    const name = path.relative(root, file) || path.basename(file);
    if (file.endsWith('_test.go')) {
      for (const { line, ...entry } of readGoTable(await readFile(file, 'utf8')))
        yield { ...entry, name: `${name}#${line}`, isDeclaration: false };
      continue;
    }
    if (languageOf(file) === undefined || file.includes('_FIXTURE')) continue;
    const text = await readFile(file, 'utf8');
    const test262 = readTest262Header(text, file);
    const isValid = await verdictOfBabel(file);
    if (isValid !== undefined) yield { name, source: text, language: languageOf(file), isDeclaration: false, isValid };
    else if (test262 === undefined) yield* refuseWrongGrammar(splitFiles(text, name), await baselineOf(file));
    else yield { name, source: text, language: 'js', isDeclaration: false, test262 };
  }
}

/** Whether a fixture of Babel's parser has no error; `undefined` where the file is none. @param {string} file */
async function verdictOfBabel(file) {
  if (!path.basename(file).startsWith('input.')) return undefined;
  const read = (/** @type {string} */ name) => readFile(path.join(path.dirname(file), name), 'utf8').catch(() => '');
  const [output, options] = [await read('output.json'), await read('options.json')];
  if (output === '') return options.includes('"throws"') ? false : undefined;
  return !output.includes('"errors"');
}

/** The errors that TypeScript expects in one of its cases, as text. @param {string} file */
async function baselineOf(file) {
  const [tests, cases] = file.split(`${path.sep}cases${path.sep}`);
  if (tests === undefined || cases === undefined) return '';
  const name = path.basename(cases).replace(/\.\w+$/, '');
  const read = (/** @type {string} */ folder) =>
    readFile(path.join(tests, 'baselines', folder, `${name}.errors.txt`), 'utf8').catch(() => undefined);
  return (await read('reference')) ?? '';
}

/**
 * Errors of grammar have numbers below 2000. Some are found by TypeScript's checker only, and its parser takes the code.
 *
 * @param {Iterable<ConformanceTest>} tests @param {string} baseline
 * @returns {Generator<ConformanceTest>}
 */
export function* refuseWrongGrammar(tests, baseline) {
  for (const test of tests) {
    const file = path.basename(test.name.split('#').at(-1) ?? '');
    const isWrong = baseline
      .split('\n')
      .some((line) => line.startsWith(`${file}(`) && /\): error TS1\d{3}:/.test(line));
    yield isWrong ? { ...test, isValid: false } : test;
  }
}

/** @param {string} root @returns {AsyncGenerator<string>} */
async function* filesOf(root) {
  /** @type {import('node:fs').Dirent[]} */
  let entries;
  try {
    entries = await readdir(root, { withFileTypes: true });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOTDIR') throw error;
    yield root;
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(root, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules') yield* filesOf(file);
    else if (entry.isFile()) yield file;
  }
}

/**
 * TypeScript's tests hold several files behind lines such as `// @filename: b.ts`.
 *
 * @param {string} text @param {string} name
 * @returns {Generator<ConformanceTest>}
 */
export function* splitFiles(text, name) {
  /** @type {{ name: string, lines: string[] }[]} */
  const files = [{ name, lines: [] }];
  for (const line of text.split('\n')) {
    const named = /^\/\/ ?@filename: ?(\S+)/i.exec(line.trim());
    if (named === null) files.at(-1)?.lines.push(line);
    else files.push({ name: named[1] ?? '', lines: [] });
  }
  const several = files.length > 1;
  for (const file of files) {
    const source = file.lines.join('\n');
    const language = languageOf(file.name);
    if (language === undefined || (several && isOnlyComments(file.lines))) continue;
    const isDeclaration = /\.d\.[cm]?ts$/.test(file.name);
    yield { name: file.name === name ? name : `${name}#${file.name}`, source, language, isDeclaration };
  }
}

/** @param {readonly string[]} lines */
const isOnlyComments = (lines) => lines.every((line) => line.trim() === '' || line.trim().startsWith('//'));

/**
 * @param {string} text @param {string} file
 * @returns {Test262Facts | undefined}
 */
export function readTest262Header(text, file) {
  const start = text.indexOf('/*---');
  const end = text.indexOf('---*/', start);
  if (start === -1 || end === -1) return undefined;
  const header = text.slice(start + 5, end);
  const phase = /^ +phase: *(\w+)/m.exec(header)?.[1];
  return {
    includes: readList(header, 'includes'),
    flags: readList(header, 'flags'),
    fails: /^negative:/m.test(header) ? /** @type {Test262Facts['fails']} */ (phase ?? 'parse') : undefined,
    harness: path.join(file.slice(0, Math.max(0, file.lastIndexOf(`${path.sep}test${path.sep}`))), 'harness'),
  };
}

/** A list of YAML, in brackets or a line each. @param {string} header @param {string} key */
function readList(header, key) {
  const lines = header.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`${key}:`));
  if (at === -1) return [];
  const inline = lines[at]?.slice(key.length + 1).trim() ?? '';
  if (inline.startsWith('['))
    return inline
      .slice(1, -1)
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  const items = [];
  for (const line of lines.slice(at + 1)) {
    const item = line.trim();
    if (!item.startsWith('- ')) break;
    items.push(item.slice(2).trim());
  }
  return items;
}
