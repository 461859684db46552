import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/**
 * The names of the methods and messages of acorn and of its plugin for TypeScript take 3 KB of what every first run loads. No minifier
 * shortens names of properties, and these stay inside of the worker.
 */

const packages = ['acorn', '@sveltejs/acorn-typescript'];
const definition =
  /^ {2,8}(?:async )?((?:ts|parse|jsx_|check|read|skip|should|enter|exit|is|has|eat|expect|finish|raise|start)\w*[A-Z_]\w*)\([^)\n]*\) \{$|^pp\$?\d*\.(\w*[A-Z]\w*) = function|^ {2}([A-Z][a-z]+[A-Z]\w+): (?:\(|["`]|$)|^ +this\.([a-z]+[A-Z]\w{6,}) = (?:false|null|void 0|-1|\[)/gm;
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** @returns {Promise<ReadonlySet<string>>} */
export async function parserNames() {
  const require = createRequire(import.meta.url);
  /** @type {Set<string>} */
  const names = new Set();
  for (const name of packages) {
    const source = await readFile(require.resolve(name).replace(/\.js$/, name === 'acorn' ? '.mjs' : '.js'), 'utf8');
    for (const [, ...found] of source.matchAll(definition)) names.add(found.find((one) => one !== undefined) ?? '');
  }
  if (names.size < 250)
    throw new Error(`Only ${names.size} names of the parser's methods were found: adapt this file.`);
  return names;
}

/**
 * Gives each name a short one that stands nowhere in the code.
 *
 * @param {string} code  Minified, so that only properties still have such names.
 * @param {ReadonlySet<string>} names
 */
export function withShortNames(code, names) {
  const taken = new Set(code.match(/[$\w]+/g));
  /** @type {Map<string, string>} */
  const short = new Map();
  let serial = 0;
  const next = () => {
    let name;
    do {
      const index = serial++;
      name = `$${letters[index % letters.length]}${index < letters.length ? '' : Math.floor(index / letters.length)}`;
    } while (taken.has(name));
    return name;
  };
  return code.replace(/[$\w]+/g, (word) => {
    if (!names.has(word)) return word;
    const known = short.get(word) ?? next();
    short.set(word, known);
    return known;
  });
}
