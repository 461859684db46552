import { describe, expect, it } from 'vitest';
import { slugOf } from '../../documentation/slug.mjs';
import { createRenderer } from './markdown.mjs';

const render = await createRenderer();

describe('a guide as a page', () => {
  it('leads to the pages of other guides, and out', () => {
    const { html, links } = render(
      '[a](context.md#keys) [b](index.md) [c](sites/vitepress.md) [d](https://example.org/x.md) [e](#here)',
    );
    expect(links.map(({ href }) => href)).toEqual([
      'context.html#keys',
      './',
      'sites/vitepress.html',
      'https://example.org/x.md',
      '#here',
    ]);
    expect(html).toContain('href="context.html#keys"');
  });

  it('gives headings the fragments that they have elsewhere', () => {
    const { title, sections, html } = render('# What `x` is\n\n## Limits & co.\n\n### Deeper');
    expect(title).toBe('What x is');
    expect(sections).toEqual([{ level: 'h2', slug: 'limits--co', text: 'Limits & co.' }]);
    expect(html).toContain('id="deeper"');
    expect(slugOf('C9: Stop, and go')).toBe('c9-stop-and-go');
  });

  it('leaves out heads of tables that say nothing', () => {
    expect(render('| | |\n|---|---|\n| a | b |').html).not.toContain('<th');
    expect(render('| x | |\n|---|---|\n| a | b |').html).toContain('<th>x</th>');
  });

  it('highlights fences, and makes snippets of live ones', () => {
    const { html } = render('```ts\nconst a = 1;\n```\n\n```ts live session=guide tools=weather\nb\n```\n', '../');
    expect(html.match(/<pre class="shiki/g)).toHaveLength(2);
    expect(html).toContain(
      '<codemode-snippet playground-url="../../" runner-url="../../runner.html" session="guide" tools="../tools.js"><pre class="shiki',
    );
  });
});
