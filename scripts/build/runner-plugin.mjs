import { buildOutputPage } from './output-page.mjs';
import { buildRunner } from './runner.mjs';

/** @import { Plugin } from 'vite' */

/**
 * Gives every build its `runner.html` and `output.html`, and serves the same pages in development, made anew after a change to
 * anything in them.
 *
 * @param {() => Plugin} [collect]  Makes a plugin that is told of all modules in the pages.
 * @returns {Plugin}
 */
export function runnerPage(collect) {
  /** @type {Record<string, () => Promise<{ html: string, modules: string[] }>>} */
  const builders = {
    'runner.html': () => buildRunner(undefined, collect),
    'output.html': () => buildOutputPage(collect),
  };
  /** @type {Map<string, Promise<{ html: string, modules: string[] }>>} */
  const built = new Map();
  const current = (/** @type {string} */ name) => {
    const page = built.get(name) ?? builders[name]?.();
    if (page === undefined) throw new Error(`There is no page ${name}.`);
    built.set(name, page);
    return page;
  };

  return {
    name: 'codemode:runner-page',

    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = new URL(request.url ?? '/', 'http://localhost').pathname.split('/').at(-1) ?? '';
        if (!Object.hasOwn(builders, name)) return next();
        current(name)
          .then(({ html, modules }) => {
            server.watcher.add(modules);
            response.setHeader('content-type', 'text/html; charset=utf-8');
            response.setHeader('cache-control', 'no-store');
            response.end(html);
          })
          .catch((error) => {
            built.delete(name);
            next(error);
          });
      });
      server.watcher.on('change', async (file) => {
        for (const [name, page] of built) {
          const modules = await page.then(
            (made) => made.modules,
            () => /** @type {string[]} */ ([]),
          );
          if (!modules.includes(file)) continue;
          built.delete(name);
          server.ws.send({ type: 'full-reload' });
        }
      });
    },

    async generateBundle() {
      for (const name of Object.keys(builders)) {
        const { html } = await current(name);
        this.emitFile({ type: 'asset', fileName: name, source: html });
      }
    },
  };
}
