import { expect, it } from 'vitest';
import { codeInHtml } from './html-code.mjs';

it('finds module scripts and the code of snippets in HTML', () => {
  const text = [
    '<script type="module" src="a.js"></script>',
    '<script type="application/json">{}</script>',
    '<script type="module">',
    'let a = 1;',
    '</script>',
    '<codemode-snippet session="g"><pre><code class="x">1 &lt; 2</code></pre></codemode-snippet>',
  ].join('\n');
  const found = codeInHtml({ page: 'a.md', line: 10, language: 'html', words: new Map(), text });
  expect(found.map(({ language, line, text: code }) => [language, line, code.trim()])).toEqual([
    ['js', 12, 'let a = 1;'],
    ['ts', 15, '1 < 2'],
  ]);
  expect(found[1]?.words.get('session')).toBe('g');
});
