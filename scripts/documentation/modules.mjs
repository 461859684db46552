import { tsPlugin } from '@sveltejs/acorn-typescript';
import { Parser } from 'acorn';

/** @import { Block } from './blocks.mjs' */

/**
 * A block of TypeScript or JavaScript as a module of its own. Its text stands from line 2 on; line 1 imports the names that it takes from other
 * blocks of the page.
 *
 * @typedef {object} Module
 * @property {Block} block
 * @property {string} name  Of its file, without extension, in the folder of the page.
 * @property {string} extension
 * @property {'page' | 'cell'} place  Where the code runs: in a page with the SDK, or in a session's worker.
 * @property {readonly string[]} specifiers  Of its imports, unresolved.
 * @property {readonly string[]} declared
 * @property {string} text
 * @property {readonly Check[]} checks
 *
 * A value that the text gives for a statement, in a comment at its end: `// → 42`.
 *
 * @typedef {object} Check
 * @property {number} start  Of the expression in the text of the block; the end of the statement where a name is declared.
 * @property {number} end
 * @property {string} actual  The expression, or the name.
 * @property {string} expected  An expression.
 * @property {number} line  In the page.
 */

const languages = new Set(['ts', 'tsx', 'js']);
const given = /** @type {const} */ ({
  page: ['codemode', 'session'],
  cell: ['tools', 'context', 'config', 'display', 'getCurrentContext', 'RuntimeContext', 'AsyncContext'],
});
const plain = Parser.extend(/** @type {any} */ (tsPlugin()));
const withJsx = Parser.extend(/** @type {any} */ (tsPlugin({ jsx: true })));

/**
 * Makes a module of each block of a page that holds code. A block sees the names that earlier blocks declare, and may declare them again.
 * `ts live` blocks are cells with a session of their own, unless they name one; `ts cell` blocks of a page are cells of one session. Cells of
 * one session see each other's names in both directions, as their functions do.
 *
 * @param {readonly Block[]} blocks  Of one page.
 * @returns {Module[]}
 * @throws {SyntaxError} where a block can't be parsed: `message` begins with its place
 */
export function modulesOf(blocks) {
  const units = blocks
    .filter(({ language, words }) => languages.has(language) && !words.has('unchecked'))
    .map((block, index) => ({ block, group: groupOf(block, index), ...read(block) }));
  return units.map(({ block, group, declared, exported, specifiers, checks }, index) => {
    /** @type {Map<string, string>} */
    const sources = new Map();
    const place = group === 'page' ? 'page' : 'cell';
    for (const name of given[place]) sources.set(name, `../given/${place}.js`);
    const others = units
      .map((unit, at) => ({ unit, at }))
      .filter(({ unit, at }) => unit.group === group && at !== index);
    const later = group === 'page' ? [] : others.filter(({ at }) => at > index).toReversed();
    for (const { unit } of [...later, ...others.filter(({ at }) => at < index)]) {
      for (const name of unit.declared) sources.set(name, `./${fileName(unit.block)}.js`);
    }
    for (const name of declared) sources.delete(name);
    const imports = [...new Set(sources.values())].map((source) => {
      const names = [...sources.keys()].filter((name) => sources.get(name) === source);
      return `import { ${names.join(', ')} } from '${source}';`;
    });
    return {
      block,
      name: fileName(block),
      extension: block.language,
      place,
      specifiers,
      declared,
      checks,
      text: `${imports.join(' ')}\n${block.text}\nexport { ${declared.filter((name) => !exported.has(name)).join(', ')} };\n`,
    };
  });
}

/**
 * The text of a module that reports each value of the guide through `globalThis.documented`.
 *
 * @param {Module} module
 */
export function runnableText({ text, checks, block }) {
  const offset = text.indexOf('\n') + 1;
  let runnable = text;
  for (const { start, end, actual, expected, line } of checks.toReversed()) {
    const separator = start === end ? ';' : '';
    const report = `${separator}globalThis.documented('${block.page}:${line}', await (${actual}), (${expected}))`;
    runnable = runnable.slice(0, start + offset) + report + runnable.slice(end + offset);
  }
  return runnable;
}

/** A comment in the first line may name the file, for imports by other blocks of the page: `// src/tracing.ts`. @param {Block} block */
const fileName = ({ line, text }) => /^\/\/ (?:[\w.-]+\/)*([\w.-]+)\.\w+\n/.exec(text)?.[1] ?? `line-${line}`;

/** @param {Block} block @param {number} index */
function groupOf({ words }, index) {
  if (words.has('live')) return words.has('session') ? `session ${words.get('session')}` : `live ${index}`;
  return words.has('cell') ? 'cell' : 'page';
}

/** @typedef {import('acorn').Node & Record<string, any>} Node */

/** @param {Block} block */
function read({ page, line, language, text }) {
  /** @type {Node} */
  let program;
  try {
    const parser = language.endsWith('x') ? withJsx : plain;
    program = parser.parse(text, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      locations: true,
      allowAwaitOutsideFunction: true,
    });
  } catch (error) {
    const { loc, message } = /** @type {SyntaxError & { loc?: { line: number } }} */ (error);
    throw new SyntaxError(`${page}:${line + (loc?.line ?? 1) - 1}: ${message}`);
  }
  /** @type {Set<string>} */
  const declared = new Set();
  /** @type {Set<string>} */
  const exported = new Set();
  /** @type {string[]} */
  const specifiers = [];
  for (const statement of program['body']) {
    const isExport = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
    const names = namesOf(isExport ? statement.declaration : statement);
    for (const name of names) declared.add(name);
    if (statement.type === 'ExportNamedDeclaration') for (const name of names) exported.add(name);
    if (typeof statement.source?.value === 'string') specifiers.push(statement.source.value);
  }
  return { declared: [...declared], exported, specifiers, checks: checksOf(program, { line, text }) };
}

/** @param {Node} program @param {Pick<Block, 'line' | 'text'>} block @returns {Check[]} */
function checksOf(program, { line, text }) {
  const lines = text.split('\n');
  return program['body'].flatMap((/** @type {Node} */ statement) => {
    const last = statement.loc?.end.line ?? 0;
    const [, expected] = /\/\/ → (.+)$/.exec(lines[last - 1] ?? '') ?? [];
    if (expected === undefined) return [];
    const { expression, declarations = [] } = statement;
    const { start, end } = expression ?? { start: statement.end, end: statement.end };
    const actual = expression === undefined ? declarations[0]?.id['name'] : text.slice(start, end);
    return actual === undefined ? [] : [{ start, end, actual, expected, line: line + last - 1 }];
  });
}

/** @param {Node | null} node @returns {string[]} */
function namesOf(node) {
  switch (node?.type) {
    case 'ImportDeclaration':
      return node['specifiers'].map((/** @type {Node} */ { local }) => local.name);
    case 'VariableDeclaration':
      return node['declarations'].flatMap((/** @type {Node} */ { id }) => namesOf(id));
    case 'Identifier':
      return [node['name']];
    case 'ObjectPattern':
      return node['properties'].flatMap((/** @type {Node} */ property) => namesOf(property['value'] ?? property));
    case 'ArrayPattern':
      return node['elements'].flatMap(namesOf);
    case 'AssignmentPattern':
      return namesOf(node['left']);
    case 'RestElement':
      return namesOf(node['argument']);
    default:
      return node?.['id']?.type === 'Identifier' ? [node['id'].name] : [];
  }
}
