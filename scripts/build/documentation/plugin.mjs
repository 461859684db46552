import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { guidesFolder, renderDocumentation } from './pages.mjs';

/** @import { Plugin } from 'vite' */

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Gives the site a page for each guide of `docs/`, under `/docs/`: at its address in development, as an input of the build.
 *
 * @returns {Plugin}
 */
export function documentation() {
  /** @type {Promise<Map<string, string>> | undefined} */
  let rendering;
  const pages = () => (rendering ??= renderDocumentation());
  const folder = path.join(root, 'docs/');

  return {
    name: 'codemode:documentation',

    async config(_config, { command }) {
      if (command === 'serve') return undefined;
      const inputs = [...(await pages()).keys()].map((name) => [`docs/${name}`, path.join(folder, name)]);
      return {
        build: { rolldownOptions: { input: { index: path.join(root, 'index.html'), ...Object.fromEntries(inputs) } } },
      };
    },

    resolveId(id) {
      return id.startsWith(folder) && id.endsWith('.html') ? id : undefined;
    },

    async load(id) {
      return id.startsWith(folder)
        ? (await pages()).get(path.relative(folder, id).replaceAll(path.sep, '/'))
        : undefined;
    },

    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        if (!pathname.startsWith('/docs/')) return next();
        const name = `${pathname.slice('/docs/'.length)}${pathname.endsWith('/') ? 'index.html' : ''}`;
        pages()
          .then(async (all) => {
            const html = all.get(name);
            if (html === undefined) return next();
            response.setHeader('content-type', 'text/html; charset=utf-8');
            response.end(await server.transformIndexHtml(pathname, html));
          })
          .catch((error) => {
            rendering = undefined;
            next(error);
          });
      });
      server.watcher.on('change', (file) => {
        if (!file.startsWith(guidesFolder)) return;
        rendering = undefined;
        server.ws.send({ type: 'full-reload' });
      });
    },
  };
}
