import { describe, expect, it } from 'vitest';
import { blocksOf } from './blocks.mjs';
import { modulesOf, runnableText } from './modules.mjs';

const modulesIn = (source: string) => modulesOf(blocksOf('a.md', source));
const importsOf = (source: string) => modulesIn(source).map(({ text }) => text.split('\n', 1)[0]);

describe('modulesOf', () => {
  it('lets a block see the names of earlier blocks, and declare them again', () => {
    const [first, second, third] = importsOf(
      '```ts\nconst { a, b: [c = 1] } = x;\n```\n```ts\nconst a = c;\n```\n```ts\na\n```\n',
    );
    expect(first).not.toContain('./line');
    expect(second).toContain("import { c } from './line-2.js'");
    expect(third).toContain("import { a } from './line-5.js'");
    expect(third).toContain("import { c } from './line-2.js'");
  });

  it('gives page code the page, and cells what a cell finds', () => {
    const [page, cell] = importsOf('```ts\n1\n```\n```ts live\n1\n```\n');
    expect(page).toMatch(/codemode, session } from '..\/given\/page.js'/);
    expect(cell).toMatch(/tools, context, .* from '..\/given\/cell.js'/);
  });

  it('shows cells of a session the names of later ones, and no others', () => {
    const [first, , third] = importsOf(
      '```ts live session=a\nconst x = 1;\n```\n```ts live session=a\nconst y = 1;\n```\n```ts live\ny\n```\n',
    );
    expect(first).toContain("import { y } from './line-5.js'");
    expect(third).not.toContain('./line');
  });

  it('exports what a block declares, types too, and nothing twice', () => {
    const [module] = modulesIn('```ts\nexport const a = 1;\ninterface B {}\ntype C = B;\nfunction d() {}\n```\n');
    expect(module?.text).toMatch(/\nexport { B, C, d };\n$/);
  });

  it('names a module after the file in its first line', () => {
    expect(modulesIn('```ts\n// src/tracing.ts\nconst a = 1;\n```\n')[0]?.name).toBe('tracing');
  });

  it('leaves out what its fence says is not checked', () => {
    expect(modulesIn('```ts unchecked="not TypeScript"\n%\n```\n')).toEqual([]);
  });

  it('names the line of a syntax error', () => {
    expect(() => modulesIn('text\n\n```ts\n1;\nconst = 2;\n```\n')).toThrow(/^a\.md:5: /);
  });
});

describe('runnableText', () => {
  it('reports the values that comments give', () => {
    const [module] = modulesIn('```ts\nf(1,\n 2); // → 3\nconst b = g(); // → { c: 4 }\nh(); // no value\n```\n');
    expect(runnableText(module!).split('\n').slice(1, 5)).toEqual([
      "globalThis.documented('a.md:3', await (f(1,",
      ' 2)), (3)); // → 3',
      "const b = g();;globalThis.documented('a.md:4', await (b), ({ c: 4 })) // → { c: 4 }",
      'h(); // no value',
    ]);
  });
});
