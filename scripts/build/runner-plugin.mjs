import { buildOutputPage, buildPlotScript, plotFile } from './output-page.mjs';
import { buildRunner } from './runner.mjs';
import { fileOfPart, partEntries } from './worker-parts.mjs';

/** @import { Plugin } from 'vite' */

/**
 * Gives every build its `runner.html` with the parts of its worker, and `output.html`, and serves the same files in development, made anew
 * after a change to anything in them.
 *
 * @param {() => Plugin} [collect]  Makes a plugin that is told of all modules in the pages.
 * @returns {Plugin}
 */
export function runnerPage(collect) {
  /** @type {ReturnType<typeof buildRunner> | undefined} */
  let runner;
  const currentRunner = () => (runner ??= buildRunner(undefined, collect));
  /** @type {Record<string, () => Promise<{ text: string, modules: string[] }>>} */
  const builders = {
    'runner.html': () => currentRunner().then(({ html, modules }) => ({ text: html, modules })),
    'output.html': () => buildOutputPage(collect).then(({ html, modules }) => ({ text: html, modules })),
    [plotFile]: () => buildPlotScript(collect).then(({ code, modules }) => ({ text: code, modules })),
  };
  for (const name of Object.keys(partEntries))
    builders[fileOfPart(name)] = () =>
      currentRunner().then(({ parts, modules }) => ({ text: parts[name]?.code ?? '', modules }));
  /** @type {Map<string, Promise<{ text: string, modules: string[] }>>} */
  const built = new Map();
  const current = (/** @type {string} */ name) => {
    const page = built.get(name) ?? builders[name]?.();
    if (page === undefined) throw new Error(`There is no file ${name}.`);
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
          .then(({ text, modules }) => {
            server.watcher.add(modules);
            const type = name.endsWith('.js') ? 'text/javascript' : 'text/html';
            response.setHeader('content-type', `${type}; charset=utf-8`);
            response.setHeader('cache-control', 'no-store');
            response.end(text);
          })
          .catch((error) => {
            built.delete(name);
            runner = undefined;
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
          runner = undefined;
          server.ws.send({ type: 'full-reload' });
        }
      });
    },

    async generateBundle() {
      for (const name of Object.keys(builders)) {
        const { text } = await current(name);
        this.emitFile({ type: 'asset', fileName: name, source: text });
      }
    },
  };
}
