import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { codemodeSnippets, type LiveFenceOptions } from './markdown-it.js';

const render = (text: string, options?: LiveFenceOptions) =>
  new MarkdownIt().use(codemodeSnippets, options).render(text);

describe('codemodeSnippets for markdown-it', () => {
  it('wraps a live fence and keeps its block', () => {
    expect(render('```ts live session=guide auto-run\nconst a = 1 < 2;\n```')).toBe(
      '<codemode-snippet session="guide" auto-run><pre><code class="language-ts">const a = 1 &lt; 2;\n</code></pre>\n</codemode-snippet>\n',
    );
  });

  it('leaves other fences as they are', () => {
    const text = '```ts {1}\nconst a = 1;\n```';
    expect(render(text)).toBe(new MarkdownIt().render(text));
  });

  it('escapes what an attribute holds', () => {
    expect(render("```ts live session='\"><img src=x onerror=alert(1)>'\n1\n```")).not.toContain('"><img');
  });

  it('lets the highlighter see the language and its own part alone, and puts the info string back', () => {
    const seen: string[] = [];
    const markdown = new MarkdownIt({
      highlight: (_code, language, rest) => {
        seen.push(language, rest);
        return '';
      },
    });
    markdown.use(codemodeSnippets);
    const tokens = markdown.parse('```ts live {2} session=a\n1\n```', {});
    markdown.renderer.render(tokens, markdown.options, {});
    expect(seen).toEqual(['ts', '{2}']);
    expect(tokens[0]?.info).toBe('ts live {2} session=a');
  });

  it('wraps the rule of a plugin that came before', () => {
    const markdown = new MarkdownIt();
    markdown.renderer.rules.fence = () => '<figure></figure>';
    expect(markdown.use(codemodeSnippets).render('```ts live\n1\n```')).toBe(
      '<codemode-snippet><figure></figure></codemode-snippet>\n',
    );
  });

  it('says which tools there are', () => {
    expect(() => render('```ts live tools=none\n1\n```', { tools: { mocked: '/mocked.js' } })).toThrow('mocked');
  });

  it('puts the output that the fence after it expects into the snippet', () => {
    expect(render('```ts live\n1\n```\n\n```text output\n<1>\n  2\n```')).toBe(
      '<codemode-snippet><pre><code class="language-ts">1\n</code></pre>\n<pre slot="expected">&lt;1&gt;\n  2\n</pre>\n</codemode-snippet>\n',
    );
    const other = '```ts\n1\n```\n\n```text output\n1\n```';
    expect(render(other)).toBe(new MarkdownIt().render(other));
  });
});
