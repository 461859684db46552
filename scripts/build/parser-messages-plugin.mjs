import { readFile } from 'node:fs/promises';

/**
 * Cuts the parser's messages off where the compiler recognises them: it says a sentence of its own instead of each, or nothing where
 * only types are wrong. They are 1 KB of what every first run loads.
 *
 * @returns {import('vite').Plugin}
 */
export function withShortMessages() {
  return {
    name: 'with-short-messages',
    async transform(code, id) {
      const isParser = /\/(?:acorn\/dist\/acorn\.m?js|@sveltejs\/acorn-typescript\/index\.js)$/.test(id);
      return isParser ? { code: withoutEnds(code, await recognisedStarts()), map: null } : undefined;
    },
  };
}

const table = new URL('../../src/compiler/parse/messages.ts', import.meta.url);

const aboutTypes = [
  'A required element',
  "A 'const' initializer",
  'Abstract methods can only',
  'Index signatures',
  'Initializers are not',
  "This member cannot have an 'override'",
];

/** The starts of the messages that the compiler replaces. */
export async function recognisedStarts() {
  const source = await readFile(table, 'utf8');
  const replaced = [...source.matchAll(/^ {2}(?:'([^']+)'|"([^"]+)"|(\w+)): /gm)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
  if (replaced.length < 10)
    throw new Error(`Only ${replaced.length} messages were found in ${table.pathname}: adapt this plugin.`);
  return [...replaced, ...aboutTypes];
}

/** @param {string} code @param {readonly string[]} starts */
export function withoutEnds(code, starts) {
  return code.replace(/"([A-Z'][^"\n\\]+)"/g, (text, /** @type {string} */ message) => {
    const start = starts.find((one) => message.startsWith(one));
    return start === undefined ? text : JSON.stringify(start);
  });
}
