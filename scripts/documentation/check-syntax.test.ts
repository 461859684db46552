import { describe, expect, it } from 'vitest';
import { blocksOf } from './blocks.mjs';
import { checkSyntax, commandProblems } from './check-syntax.mjs';

const check = (source: string) => checkSyntax(blocksOf('a.md', source));

describe('checkSyntax', () => {
  it('accepts blocks that can be parsed', async () => {
    const source =
      '```json\n{ "a": 1 }\n```\n```html\n<p>a</p>\n```\n```css\na { color: red }\n```\n```nginx\na { b "c;"; }\n```\n';
    expect(await check(source)).toEqual([]);
  });

  it.each([
    ['json', '{ a: 1 }'],
    ['html', '<p>a</b>'],
    ['css', 'a { color: red'],
    ['nginx', 'a { b }}'],
  ])('refuses broken %s', async (language, text) => {
    expect(await check(`\`\`\`${language}\n${text}\n\`\`\`\n`)).toEqual([expect.stringMatching(/^a\.md:2: /)]);
  });

  it('refuses a language that nothing checks, unless its fence says why', async () => {
    expect(await check('```mdx\n1\n```\n')).toEqual([expect.stringContaining('No check for “mdx”')]);
    expect(await check('```mdx unchecked="old"\n1\n```\n')).toEqual([]);
  });

  it('refuses a language that the site does not highlight', async () => {
    expect(await check('```cobol unchecked="old"\n1\n```\n')).toEqual([expect.stringMatching(/^a\.md:1: .*“cobol”/)]);
  });
});

describe('commandProblems', () => {
  const manifest = { scripts: { build: '…', test: '…' }, exports: { './runner.html': './dist/runner.html' } };

  it.each([
    'npm ci && npm test  # all of it',
    'npm run build',
    'npm install codemode-playground',
    'cp node_modules/codemode-playground/dist/runner.html public/',
    'node scripts/serve.mjs --csp "a; b && c"',
    '',
  ])('accepts %j', (command) => expect(commandProblems(command, manifest)).toEqual([]));

  it.each([
    'npm run nothing',
    'node scripts/nothing.mjs',
    'cp node_modules/codemode-playground/dist/a.js b/',
    'rm -r /',
  ])('refuses %j', (command) => expect(commandProblems(command, manifest)).toHaveLength(1));
});
