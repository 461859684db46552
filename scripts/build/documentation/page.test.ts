import { expect, it } from 'vitest';
import { renderPage } from './page.mjs';

it('marks the guide that is shown, names the next and the groups, and finds all from a folder', () => {
  const guides = [
    { href: 'index.html', text: 'Overview', section: '' },
    { href: 'sites/a.html', text: 'A & B', section: 'Sites' },
    { href: 'c.html', text: 'C', section: 'Sites' },
  ];
  const html = renderPage(
    { html: '<h1>A</h1>', title: 'A', sections: [{ slug: 'x', text: '<x>' }], links: [] },
    { name: 'sites/a.html', guides },
  );
  expect(html).toContain('<a href="../sites/a.html" aria-current="page">A &amp; B</a>');
  expect(html).toContain('Next: <a href="../c.html">C</a>');
  expect(html.match(/<li class="group">Sites<\/li>/g)).toHaveLength(1);
  expect(html).toContain('<a href="#x">&lt;x&gt;</a>');
});
