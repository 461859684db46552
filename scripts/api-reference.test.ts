import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { exportsOf, summaryBefore } from './api-reference.mjs';
import { root } from './documentation/blocks.mjs';

it.each([
  ['/** One. Two. */\n', 'One'],
  ['/**\n * A thing\n * on two lines: `a.b`.\n *\n * @throws never\n */\n', 'A thing on two lines: `a.b`'],
  ['/** @throws never */\n', ''],
  ['/** One. */\n// A note.\n', 'One'],
  ['/** Of another. */\nconst a = 1;\n', ''],
])('takes the first sentence of %j', (text, summary) => {
  expect(summaryBefore(text, text.length)).toBe(summary);
});

it('lists a name once, and after `export type` a class as a type and no value', async () => {
  await mkdir(path.join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(path.join(root, '.cache/exports-'));
  try {
    await writeFile(
      path.join(folder, 'parts.ts'),
      'export class Gate {}\nexport class Lamp {}\nexport const size = 1;\nexport interface Options {}\n',
    );
    await writeFile(
      path.join(folder, 'index.ts'),
      "export { Gate } from './parts.js';\nexport type { Lamp as Light } from './parts.js';\nexport type * from './parts.js';\n",
    );
    const entries = await exportsOf(path.relative(root, path.join(folder, 'index.ts')));
    const kinds = Object.fromEntries(entries.map(({ name, kind }) => [name, kind]));
    expect(entries).toHaveLength(4);
    expect(kinds).toEqual({ Gate: 'class', Lamp: 'type', Light: 'type', Options: 'type' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
