import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './blocks.mjs';

/** @import { Module } from './modules.mjs' */

const folder = path.join(root, '.cache/documentation');

/** The programs of the type check: code of a page, cells (as the editor checks them), JavaScript. */
const programs = /** @type {const} */ ([
  ['page', {}],
  ['cell', { useUnknownInCatchVariables: false }],
  ['loose', { strict: false }],
]);

/** The sources behind the package's entry points, by the name that a project imports. @returns {Promise<Map<string, string>>} */
export async function entryPoints() {
  const { name, exports } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  return new Map(
    Object.entries(exports).flatMap(([entry, target]) =>
      target.types === undefined
        ? []
        : [[path.posix.join(name, entry), target.types.replace('./dist/types/', 'src/').replace(/\.d\.ts$/, '.ts')]],
    ),
  );
}

/**
 * Checks the modules with `tsc` against the sources of this project: TypeScript strictly, JavaScript loosely.
 *
 * @param {readonly Module[]} modules
 * @returns {Promise<string[]>}  Problems, each with its place in the page.
 */
export async function checkTypes(modules) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(path.join(root, 'scripts/documentation/given'), path.join(folder, 'given'), { recursive: true });
  const written = await Promise.all(modules.map(write));
  const sources = Object.fromEntries([...(await entryPoints())].map(([name, file]) => [name, [`../../${file}`]]));
  const compilerOptions = {
    rootDir: '../..',
    jsx: 'react-jsx',
    isolatedModules: false,
    verbatimModuleSyntax: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
    exactOptionalPropertyTypes: false,
    noUncheckedIndexedAccess: false,
    noImplicitReturns: false,
    allowUnreachableCode: true,
    allowUnusedLabels: true,
    paths: {
      ...sources,
      'codemode-playground/cdn/codemode-playground.js': ['../../src/cdn.ts'],
      'codemode-playground/cdn/codemode-snippet.js': ['../../src/cdn-snippet.ts'],
    },
  };
  const messages = await Promise.all(
    programs.map(async ([program, strictness]) => {
      const config = path.join(folder, `tsconfig.${program}.json`);
      const files = written
        .filter((module) => module.program === program)
        .map(({ file }) => path.relative(folder, file));
      if (files.length === 0) return '';
      await writeFile(
        config,
        JSON.stringify({
          extends: '../../tsconfig.json',
          compilerOptions: { ...compilerOptions, ...strictness },
          files: ['given/foreign.d.ts', ...files],
          include: [],
          exclude: [],
        }),
      );
      return await tsc(config);
    }),
  );
  const byFile = new Map(written.map((module) => [path.relative(root, module.file).replaceAll(path.sep, '/'), module]));
  // A program may import modules that another one checks.
  return messages.flatMap((text, index) =>
    placed(text, new Map([...byFile].filter(([, { program }]) => program === programs[index]?.[0]))),
  );
}

/** @typedef {{ file: string, page: string, line: number, program: string }} Written */

/** @param {Module} module @returns {Promise<Written>} */
async function write({ block, name, extension, place, text }) {
  const file = path.join(folder, block.page.replace(/\.md$/, '').replaceAll('/', '.'), `${name}.${extension}`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(
    file,
    text.replace(/(['"])(?:https:\/\/cdn\.example|\/codemode)\/(codemode-\w+\.js)\1/g, "'codemode-playground/cdn/$2'"),
  );
  return { file, page: block.page, line: block.line, program: extension.startsWith('ts') ? place : 'loose' };
}

/** @param {string} config @returns {Promise<string>} */
function tsc(config) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [path.join(root, 'node_modules/typescript/bin/tsc'), '--pretty', 'false', '-p', config],
      { cwd: root },
    );
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (text += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk) => (text += chunk));
    child.once('error', reject);
    child.once('close', () => resolve(text));
  });
}

/**
 * The messages of `tsc` about modules, at their place in the page. Line 1 of a module is no line of its block.
 *
 * @param {string} text
 * @param {ReadonlyMap<string, { page: string, line: number }>} byFile
 */
export function placed(text, byFile) {
  const problems = [];
  for (const message of text.split(/\n(?=\S)/)) {
    const [, file = '', line, column, rest = ''] =
      /^([^(\n]+)\((\d+),(\d+)\): error (.*)$/s.exec(message.trimEnd()) ?? [];
    const module = byFile.get(file);
    if (module !== undefined) {
      problems.push(`${module.page}:${module.line + Number(line) - 2}:${column} ${rest}`);
    } else if (file.startsWith('.cache/documentation/given/') || (file === '' && message.includes('error'))) {
      problems.push(message.trim());
    }
  }
  return problems;
}
