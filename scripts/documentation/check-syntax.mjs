import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'prettier';
import { highlightedLanguages } from '../build/documentation/highlighted-languages.mjs';
import { root } from './blocks.mjs';

/** @import { Block } from './blocks.mjs' */

/** Languages whose syntax a parser of Prettier checks. */
const parsers = new Map([
  ['html', 'html'],
  ['css', 'css'],
  ['json', 'json'],
  ['vue', 'vue'],
]);

/** Languages that modules are made of, and those that are no code: drawings and output. */
const checkedElsewhere = new Set(['ts', 'tsx', 'js', 'md', 'text', '']);

/** Languages that the site can render. */
const rendered = new Set(['text', '', ...highlightedLanguages]);

/**
 * Checks the blocks that hold no TypeScript or JavaScript: that they can be parsed, and that commands can be run.
 *
 * @param {readonly Block[]} blocks
 * @returns {Promise<string[]>}  Problems, each with its place in the page.
 */
export async function checkSyntax(blocks) {
  const { scripts, exports } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const problems = await Promise.all(
    blocks.map(async ({ page, line, language, words, text }) => {
      const at = (/** @type {number} */ index, /** @type {string} */ problem) => `${page}:${line + index}: ${problem}`;
      if (!rendered.has(language)) return [at(-1, `The site can't highlight “${language}”.`)];
      if (words.has('unchecked')) return [];
      const parser = parsers.get(language);
      if (parser !== undefined) {
        const problem = await syntaxProblem(text, parser);
        return problem === undefined ? [] : [at(problem.line - 1, problem.message)];
      }
      if (language === 'sh') {
        return text
          .split('\n')
          .flatMap((command, index) =>
            commandProblems(command, { scripts, exports }).map((problem) => at(index, problem)),
          );
      }
      if (language === 'nginx') return isNginx(text) ? [] : [at(0, 'Expected directives and balanced blocks.')];
      if (language === 'astro') {
        const problem = await syntaxProblem(text.replace(/^---\n.*?\n---\n/s, ''), 'html');
        return problem === undefined ? [] : [at(0, problem.message)];
      }
      return checkedElsewhere.has(language)
        ? []
        : [at(-1, `No check for “${language}”. Add one, or write unchecked="reason" after it.`)];
    }),
  );
  return problems.flat();
}

/** @param {string} text @param {string} parser @returns {Promise<{ line: number, message: string } | undefined>} */
async function syntaxProblem(text, parser) {
  try {
    if (parser === 'json') JSON.parse(text);
    else await format(text, { parser });
    return undefined;
  } catch (error) {
    const { message, loc } = /** @type {Error & { loc?: { start: { line: number } } }} */ (error);
    return { line: loc?.start.line ?? 1, message: message.split('\n', 1)[0] ?? '' };
  }
}

/** @param {string} text */
function isNginx(text) {
  const rest = text.replace(/"[^"]*"/g, '""').replace(/#.*$/gm, '');
  let depth = 0;
  for (const brace of rest.match(/[{}]/g) ?? []) if ((depth += brace === '{' ? 1 : -1) < 0) return false;
  return depth === 0 && rest.split(/[{};]/).at(-1)?.trim() === '';
}

/**
 * @param {string} line  Of a shell block.
 * @param {{ scripts: Record<string, string>, exports: Record<string, unknown> }} manifest  `package.json` of this project.
 * @returns {string[]}
 */
export function commandProblems(line, { scripts, exports }) {
  return line
    .replace(/"[^"]*"|'[^']*'/g, 'text')
    .replace(/(^|\s)#.*$/, '')
    .split(/&&|;|\|/)
    .map((command) => command.trim().split(/\s+/))
    .flatMap(([name = '', first = '', second = '']) => {
      switch (name) {
        case '':
        case 'cd':
        case 'mkdir':
        case 'npx':
          return [];
        case 'npm':
          if (['ci', 'install', 'create', 'pack'].includes(first)) return [];
          return Object.hasOwn(scripts, first === 'run' ? second : first)
            ? []
            : [`package.json has no script “${first === 'run' ? second : first}”.`];
        case 'node':
          return existsSync(path.join(root, first)) ? [] : [`There is no file ${first}.`];
        case 'cp': {
          const [, file] = /^node_modules\/codemode-playground\/dist\/(.*)$/.exec(first) ?? [];
          return file === undefined || Object.values(exports).includes(`./dist/${file}`)
            ? []
            : [`package.json does not export ./dist/${file}.`];
        }
        default:
          return [`Don't know how to check the command “${name}”.`];
      }
    });
}
