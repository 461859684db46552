/** @import { Link, Rendered } from './markdown.mjs' */

const escapes = /** @type {const} */ ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' });

/** @param {string} text */
function escapeHtml(text) {
  return text.replace(/[&<>"]/g, (character) => escapes[/** @type {keyof typeof escapes} */ (character)]);
}

/** Path from a page to the folder of all of them. @param {string} name */
export function pathUp(name) {
  return '../'.repeat(name.split('/').length - 1);
}

/**
 * A page of the documentation, from the guide that it shows.
 *
 * @param {Rendered} guide
 * @param {object} place
 * @param {string} place.name  File of the page, from the folder of all of them.
 * @param {readonly Link[]} place.guides  All of them, in reading order.
 */
export function renderPage({ html, title, sections }, { name, guides }) {
  const up = pathUp(name);
  const at = guides.findIndex(({ href }) => href === name);
  const next = guides[at + 1];
  const item = (/** @type {Link} */ { text, href, section }, /** @type {number} */ index) =>
    `${section === (guides[index - 1]?.section ?? '') ? '' : `<li class="group">${escapeHtml(section)}</li>`}` +
    `<li><a href="${up}${href}"${href === name ? ' aria-current="page"' : ''}>${escapeHtml(text)}</a></li>`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escapeHtml(title)}${name === 'index.html' ? '' : ' · Codemode Playground'}</title>
    <link rel="icon" href="${up}../favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/src/app/documentation/documentation.css" />
    <script type="module" src="/src/app/documentation/documentation.ts"></script>
  </head>
  <body>
    <a class="skip" href="#content">Skip to the text</a>
    <header>
      <a class="home" href="${up}../">
        <img src="${up}../favicon.svg" alt="" width="24" height="24" />
        <strong>Codemode <span>Playground</span></strong>
      </a>
      <a href="${up}../">Open the playground</a>
    </header>
    <nav class="guides" aria-label="Guides">
      <ul>${guides.map(item).join('')}</ul>
    </nav>
    <main id="content">
      ${html}
      ${next === undefined ? '' : `<p class="next">Next: <a href="${up}${next.href}">${escapeHtml(next.text)}</a></p>`}
    </main>
    <nav class="sections" aria-label="On this page">
      <ul>${sections.map(({ slug, text }) => `<li><a href="#${slug}">${escapeHtml(text)}</a></li>`).join('')}</ul>
    </nav>
  </body>
</html>
`;
}
