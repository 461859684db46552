import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as bounds from '../../src/protocol/bounds.js';
import { defaultLimits } from '../../src/sdk/limits.js';
import { root } from './blocks.mjs';

const read = async (name: string): Promise<string> => await readFile(path.join(root, name), 'utf8');

/** The first column of the tables of a page whose head starts with `head`, without backticks; cells may hold several names. */
async function firstColumn(page: string, head: string): Promise<readonly string[]> {
  const names: string[] = [];
  let isInside = false;
  for (const line of (await read(page)).split('\n')) {
    if (!line.startsWith('|')) isInside = false;
    else if (line.startsWith(`| ${head} `)) isInside = true;
    else if (isInside) names.push(...Array.from(line.split('|')[1]!.matchAll(/`([^`]+)`/g), ([, name]) => name!));
  }
  return names;
}

/** The row of a table that starts with this cell. */
async function row(page: string, cell: string): Promise<string> {
  return (await read(page)).split('\n').find((line) => line.startsWith(`| ${cell} `)) ?? '';
}

describe('the guides name what the code has:', () => {
  it('every limit that a page sets, with its default', async () => {
    const names = (await firstColumn('docs/limits.md', 'Limit')).filter((name) => /^[a-z]\w+$/.test(name));
    expect(names.sort()).toEqual(Object.keys(defaultLimits).sort());
    for (const [name, value] of Object.entries(defaultLimits))
      expect(await row('docs/limits.md', `\`${name}\``)).toContain(
        `| ${value.toLocaleString('en').replace('∞', '`Infinity`')} `,
      );
  });

  it.each([
    ['names of a namespace', bounds.maxNames, bounds.maxAllNamesCharacters],
    ['one name', bounds.maxNameCharacters],
    ["a cell's file name", bounds.maxFileNameCharacters],
    ['address of a module', bounds.maxAddressCharacters],
    ['identifier of a run', bounds.maxIdentifierCharacters],
    ['variables of a context', bounds.maxContextKeys],
    ['name of a tool, with its namespace', bounds.maxToolNameCharacters],
    ['a logged text', bounds.maxOutputTextCharacters],
    ['a table', bounds.maxTableRows, bounds.maxTableColumns],
    ['message of an error', bounds.maxErrorMessageCharacters],
    ['causes of an error', bounds.maxCauses],
    ['`AggregateError`', bounds.maxErrors],
    ['frames of a stack', bounds.maxFrames],
    ['text of a stack', bounds.maxStackCharacters],
    ['preview of a value', bounds.maxPreviewProperties, bounds.maxPreviewDepth],
  ])('the limit of %s', async (name, ...values) => {
    const line = await row('docs/limits.md', name);
    for (const value of values) expect(line).toMatch(new RegExp(`\\b${value.toLocaleString('en')}\\b`));
  });

  it('every error that a page or code can get', async () => {
    const files = [
      'src/sdk/index.ts',
      'src/context/index.ts',
      'src/elements/snippet/run/errors.ts',
      'src/elements/snippet/run/run-order.ts',
      'src/markdown/live-fence.ts',
      'workers/kernel/modules/import-map.ts',
    ];
    const sources = (await Promise.all(files.map(read))).join('\n');
    const errors = new Set(sources.match(/\b[A-Z]\w+Error\b/g));
    for (const known of ['TypeError', 'SyntaxError', 'RangeError', 'ExecutionError', 'SendableError'])
      errors.delete(known);
    errors.delete('IllegalTransitionError'); // of `sdk/internals`
    const page = await read('docs/errors.md');
    expect([...errors].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('every attribute of the elements', async () => {
    const snippet = await read('src/elements/snippet/shell/snippet.ts');
    const attributes = Array.from(snippet.matchAll(/@attr \{[^}]*\} ([\w-]+)/g), ([, name]) => name!);
    expect([...(await firstColumn('docs/embedding-snippets.md', 'Attribute'))].sort()).toEqual(attributes.sort());

    const playground = await read('src/elements/playground/playground.ts');
    const reflected = Array.from(
      playground.matchAll(
        /@property\(\{(?! attribute: false)(?: attribute: '([\w-]+)')?[^}]*\}\)\s+(?:override )?(\w+)/g,
      ),
      ([, attribute, property]) => attribute ?? property!,
    );
    const documented = await firstColumn('docs/embedding-playground.md', 'Attribute');
    expect(reflected.filter((name) => !documented.includes(name))).toEqual([]);
  });

  it('every entry point of the package', async () => {
    const { exports } = JSON.parse(await read('package.json')) as { exports: Record<string, unknown> };
    const page = await read('docs/getting-started.md');
    const older = './context/frames'; // an older name, on the page about migration
    const entries = Object.keys(exports).filter((name) => ![older, './cdn/*', './package.json'].includes(name));
    expect(
      entries.filter(
        (name) =>
          !page.includes(`\`${name.replace('.', 'codemode-playground')}\``) && !page.includes(`\`…${name.slice(1)}\``),
      ),
    ).toEqual([]);
  });
});
