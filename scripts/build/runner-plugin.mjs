import { buildRunner } from './runner.mjs';

/** @import { Plugin } from 'vite' */
/** @import { Runner } from './runner.mjs' */

/**
 * Gives every build its `runner.html`, and serves the same page in development, made anew after a change to anything in it.
 *
 * @param {() => Plugin} [collect]  Makes a plugin that is told of all modules in the page.
 * @returns {Plugin}
 */
export function runnerPage(collect) {
  /** @type {Promise<Runner> | undefined} */
  let runner;
  const current = () => (runner ??= buildRunner(undefined, collect));

  return {
    name: 'codemode:runner-page',

    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        if (!pathname.endsWith('/runner.html')) return next();
        current()
          .then(({ html, modules }) => {
            server.watcher.add(modules);
            response.setHeader('content-type', 'text/html; charset=utf-8');
            response.setHeader('cache-control', 'no-store');
            response.end(html);
          })
          .catch((error) => {
            runner = undefined;
            next(error);
          });
      });
      server.watcher.on('change', async (file) => {
        const modules = await runner?.then(
          (built) => built.modules,
          () => undefined,
        );
        if (!modules?.includes(file)) return;
        runner = undefined;
        server.ws.send({ type: 'full-reload' });
      });
    },

    async generateBundle() {
      const { html } = await current();
      this.emitFile({ type: 'asset', fileName: 'runner.html', source: html });
    },
  };
}
