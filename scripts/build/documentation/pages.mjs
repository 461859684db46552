import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRenderer } from './markdown.mjs';
import { pathUp, renderPage } from './page.mjs';

export const guidesFolder = fileURLToPath(new URL('../../../docs/', import.meta.url));

/**
 * The pages of the documentation by their file, from the folder of all of them: one for each guide in `docs/`. Guides have the
 * order, the names and the groups that the index gives them. Guides that it does not name come last.
 *
 * @returns {Promise<Map<string, string>>}
 */
export async function renderDocumentation() {
  const render = await createRenderer();
  const files = (await readdir(guidesFolder, { recursive: true })).filter((file) => file.endsWith('.md')).sort();
  const rendered = new Map(
    await Promise.all(
      files.map(async (file) => {
        const name = file.replaceAll(path.sep, '/').replace(/\.md$/, '.html');
        return /** @type {const} */ ([
          name,
          render(await readFile(path.join(guidesFolder, file), 'utf8'), pathUp(name)),
        ]);
      }),
    ),
  );
  const named = rendered.get('index.html')?.links.filter(({ href }) => rendered.has(href)) ?? [];
  const others = [...rendered].map(([href, { title }]) => ({ href, text: title, section: 'More' }));
  const guides = [{ href: 'index.html', text: 'Overview', section: '' }, ...named, ...others].filter(
    ({ href }, at, all) => all.findIndex((guide) => guide.href === href) === at,
  );
  return new Map([...rendered].map(([name, guide]) => [name, renderPage(guide, { name, guides })]));
}
