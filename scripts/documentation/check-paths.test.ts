import { expect, it } from 'vitest';
import { checkPaths } from './check-paths.mjs';

const check = (page: string, source: string) => checkPaths(new Map([[page, source]]));

it('accepts files that exist, and what code blocks name', async () => {
  const source = '[a](tools.md#names) `src/sdk` `scripts/serve.mjs`\n```ts\n// src/none.ts\n```\n';
  expect(await check('docs/architecture.md', source)).toEqual([]);
  expect(await check('docs/sites/docusaurus.md', '`src/snippets.js`')).toEqual([]);
});

it('names the line of a file or link that does not exist', async () => {
  expect(await check('docs/a.md', 'a\n`src/none.ts`\n[b](none.md)\n')).toEqual([
    'docs/a.md:2: There is no file src/none.ts.',
    'docs/a.md:3: The link leads nowhere: none.md',
  ]);
});

it('names a link whose fragment is no heading of its page', async () => {
  const source = '# Own `x`\n[a](#own-x) [b](#none) [c](security.md#how-it-works) [d](security.md#none)\n';
  expect(await check('docs/a.md', source)).toEqual([
    'docs/a.md:2: The link leads nowhere: #none',
    'docs/a.md:2: The link leads nowhere: security.md#none',
  ]);
});

it('knows the file names that the page about the architecture gives without a folder', async () => {
  expect(await check('docs/architecture.md', '`session.ts` `no-such-file.ts`')).toEqual([
    'docs/architecture.md:1: There is no file of the name no-such-file.ts.',
  ]);
});
