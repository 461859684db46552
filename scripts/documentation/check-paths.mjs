import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from './blocks.mjs';
import { slugOf } from './slug.mjs';

const repositoryPath = /(?<![\w./@:~-])(?:src|workers|scripts|e2e|examples|bench|docs|public)\/[\w@.*/-]*\w/g;
const fileName = /^[\w-]+(?:\.[\w-]+)*\.(?:ts|mjs|css|html|json)$/;
const builtFiles = new Set([
  'runner.html',
  'output.html',
  'runner-dom.js',
  'output-vega.js',
  'package.json',
  'custom-elements.json',
  'index.html',
]);

/** Pages beside README.md and the guides, whose links and paths are checked too. */
export const otherPages = ['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

/**
 * Checks that the files in a page exist: links with their fragments, paths of the repository, and in the page about the architecture
 * also plain file names.
 *
 * @param {ReadonlyMap<string, string>} pages  Sources by their path.
 * @returns {Promise<string[]>}  Problems, each with its place in the page.
 */
export async function checkPaths(pages) {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    maxBuffer: 1 << 26,
  });
  const names = new Set(stdout.split('\0').map((name) => path.posix.basename(name)));
  return [...pages].flatMap(([page, source]) => {
    const site = /^docs\/sites\/(\w+)\.md$/.exec(page)?.[1];
    const exists = (/** @type {string} */ name) =>
      existsSync(path.join(root, name)) || (site !== undefined && existsSync(path.join(root, 'examples', site, name)));
    return withoutCode(source).flatMap((line, index) => {
      const links = Array.from(line.matchAll(/\]\(([^)\s]+)[^)]*\)/g), ([, target = '']) => target)
        .filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(target, page, source))
        .map((target) => `The link leads nowhere: ${target}`);
      const text = line.replace(/\]\([^)]*\)/g, ']').replace(/https?:\S+/g, '');
      const paths = Array.from(text.matchAll(repositoryPath), ([name]) => name)
        .filter((name) => !name.includes('*') && !exists(name))
        .map((name) => `There is no file ${name}.`);
      const alone =
        page === 'docs/architecture.md'
          ? Array.from(text.matchAll(/`([^`]+)`/g), ([, code = '']) => code)
              .filter((code) => fileName.test(code) && !names.has(code) && !builtFiles.has(code))
              .map((code) => `There is no file of the name ${code}.`)
          : [];
      return [...links, ...paths, ...alone].map((problem) => `${page}:${index + 1}: ${problem}`);
    });
  });
}

/** @param {string} target  Of a link. @param {string} page @param {string} source  Of the page. */
function leadsSomewhere(target, page, source) {
  const [name = '', fragment] = target.split('#');
  const file = path.join(root, path.dirname(page), name);
  if (name !== '' && !existsSync(file)) return false;
  if (fragment === undefined || (name !== '' && !name.endsWith('.md'))) return true;
  return fragmentsOf(name === '' ? source : readFileSync(file, 'utf8')).has(fragment);
}

/** Fragments of the headings of a page. @param {string} source */
function fragmentsOf(source) {
  const headings = withoutCode(source).flatMap((line) => /^#{1,6} (.*)$/.exec(line)?.[1] ?? []);
  return new Set(headings.map((heading) => slugOf(heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'))));
}

/** The lines of a page; those of fenced code are empty. Drawings in fences without a language are kept. @param {string} source */
function withoutCode(source) {
  let fence = '';
  return source.split('\n').map((line) => {
    const [, marks = '', language = ''] = /^\s*(`{3,})\s*(\w*)/.exec(line) ?? [];
    if (fence === '') {
      if (marks !== '' && language !== '' && language !== 'text') fence = marks;
    } else if (marks.length >= fence.length && language === '') fence = '';
    return fence === '' ? line : '';
  });
}
