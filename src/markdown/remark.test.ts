import rehypeStringify from 'rehype-stringify';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { codemodeSnippets, type LiveFenceOptions } from './remark.js';

function render(markdown: string, options?: LiveFenceOptions): string {
  return String(
    unified()
      .use(remarkParse)
      .use(codemodeSnippets, options)
      .use(remarkRehype)
      .use(rehypeStringify)
      .processSync(markdown),
  );
}

describe('codemodeSnippets for remark', () => {
  it('wraps a live fence and keeps its block', () => {
    expect(render('```ts live session=guide auto-run\nconst a = 1 < 2;\n```')).toBe(
      '<codemode-snippet session="guide" auto-run><pre><code class="language-ts">const a = 1 &#x3C; 2;\n</code></pre></codemode-snippet>',
    );
  });

  it('gives bare words as true, which sets the property where React sets properties', async () => {
    const processor = unified().use(remarkParse).use(codemodeSnippets).use(remarkRehype);
    const tree = await processor.run(processor.parse('```ts live setup\n1\n```'));
    expect(JSON.stringify(tree)).toContain('"properties":{"setup":true}');
  });

  it('leaves other fences as they are', () => {
    const markdown = '```ts\nconst a = 1;\n```\n\n    live\n';
    expect(render(markdown)).toBe(
      '<pre><code class="language-ts">const a = 1;\n</code></pre>\n<pre><code>live\n</code></pre>',
    );
  });

  it('finds fences in lists and quotes', () => {
    expect(render('- item\n\n  > ```ts live\n  > 1\n  > ```').match(/<codemode-snippet>/g)).toHaveLength(1);
  });

  it('escapes what an attribute holds', () => {
    expect(render("```ts live session='\"><img src=x onerror=alert(1)>'\n1\n```")).not.toContain('"><img');
  });

  it("gives the site's attributes to each snippet", () => {
    const html = render('```ts live\n1\n```\n\n```ts live\n2\n```', { attributes: { 'runner-url': '/runner.html' } });
    expect(html.match(/<codemode-snippet runner-url="\/runner.html">/g)).toHaveLength(2);
  });

  it('leaves the highlighter its part of the info string', async () => {
    let seen: unknown;
    const processor = unified()
      .use(remarkParse)
      .use(codemodeSnippets)
      .use(() => (tree) => {
        seen = JSON.stringify(tree);
      });
    await processor.run(processor.parse('```ts live {2} session=a\n1\n```'));
    expect(seen).toContain('"lang":"ts","meta":"{2}"');
  });

  it('names the line of a fence whose tools are unknown', () => {
    expect(() => render('text\n\n```ts live tools=none\n1\n```')).toThrow(expect.objectContaining({ line: 3 }));
  });

  it('works in MDX, whose expressions it leaves alone', () => {
    const tree = unified().use(remarkParse).use(remarkMdx).use(codemodeSnippets);
    const html = String(
      tree.use(remarkRehype).use(rehypeStringify).processSync('# A\n\n```ts live\nconst a = { b: 1 };\n```\n'),
    );
    expect(html).toContain('<codemode-snippet><pre><code class="language-ts">const a = { b: 1 };');
  });

  it('puts the output that the fence after it expects into the snippet', () => {
    expect(render('```ts live\n1 < 2\n```\n\n```text output\ntrue <\n  yes\n```\n\n```text output\nalone\n```')).toBe(
      '<codemode-snippet><pre><code class="language-ts">1 &#x3C; 2\n</code></pre><pre slot="expected">true &#x3C;\n  yes</pre></codemode-snippet>\n' +
        '<pre><code class="language-text">alone\n</code></pre>',
    );
  });

  it('writes that output as JSX in MDX, where a site has its own component for <pre>', async () => {
    const processor = unified().use(remarkParse).use(remarkMdx).use(codemodeSnippets);
    const tree = await processor.run(processor.parse('```ts live\n1\n```\n\n```text output\n1\n```'));
    expect(JSON.stringify(tree)).toContain('"type":"mdxJsxFlowElement","name":"pre"');
  });
});
