import type { ModuleSource } from '../../../../src/protocol/messages/wire.js';
import { intrinsics } from '../../realm/intrinsics.js';
import { ImportMapResolver } from '../import-map.js';
import { ModuleGraph } from '../module-graph.js';

const indirectEval = globalThis.eval;

/** A graph of modules whose sources are given by their path, such as `a.js`. The page is `https://page.example/`. */
export class PlayedModules {
  readonly graph: ModuleGraph;
  /** Addresses in the order in which they were fetched. */
  readonly fetched: string[] = [];
  readonly compiled: string[] = [];

  constructor(sources: Readonly<Record<string, string | Partial<ModuleSource>>>) {
    this.graph = new ModuleGraph({
      evaluation: {
        native: indirectEval,
        current: indirectEval,
        scopeObject: {},
        hoist: (fill) => fill(),
        compilerOf: () => () => undefined,
      },
      guard: { calls: 0, rounds: 0, tick: () => undefined, check: () => 0 },
      resolver: new ImportMapResolver({ imports: { 'lib/': 'https://cdn.example/lib/' } }, 'https://page.example/'),
      onCompiled: (url) => void this.compiled.push(url),
      fetch: async (url) => {
        this.fetched.push(url);
        const source = sources[url.replace('https://page.example/', '')];
        if (source === undefined) throw new TypeError(`There is no ${url}.`);
        return typeof source === 'string' ? { url, source } : { url, source: '', ...source };
      },
      evaluate: (expression) => indirectEval(expression) as unknown,
      run: (code) => intrinsics.runOutside(code),
      jsx: undefined,
      isRestoring: () => false,
    });
  }

  /** The namespace of a module. */
  async import(path: string, options?: unknown): Promise<Record<string, unknown>> {
    return (await this.graph.import(`./${path}`, options, {})) as Record<string, unknown>;
  }
}
