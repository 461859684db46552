import type { ImportMap } from '../../protocol/wire.js';
import { ToolError } from '../tools/tool-errors.js';
import type { ModuleMessage, ModuleSource } from '../../protocol/wire.js';

export interface ModuleLoaderOptions {
  readonly importMap: ImportMap;
  readonly baseUrl: string;
  /** Allows addresses beyond those that the import map leads to. */
  readonly allow?: (url: URL) => boolean;
  /** @default the page's own */
  readonly fetch?: typeof fetch;
}

const maxBytes = 16 * 1024 * 1024;
const javascriptTypes = /^(?:text|application)\/(?:x-)?(?:java|ecma)script\b/;
const jsonTypes = /^(?:text|application)\/(?:[\w.+-]+\+)?json\b/;

/**
 * Loads modules for workers, which have no network of their own. Code decides only which of the modules that the page
 * mapped it wants: an address of the page's own origin must lie in the folder of a mapped one, an address elsewhere on an
 * origin that is mapped. Requests carry no credentials, and each address is fetched once.
 */
export class ModuleLoader {
  readonly #options: ModuleLoaderOptions;
  readonly #allowedPrefixes: readonly string[];
  readonly #loaded = new Map<string, Promise<ModuleSource>>();

  constructor(options: ModuleLoaderOptions) {
    this.#options = options;
    const { imports = {}, scopes = {} } = options.importMap;
    const addresses = [...Object.values(imports), ...Object.values(scopes).flatMap((scope) => Object.values(scope))];
    const ownOrigin = new URL(options.baseUrl).origin;
    this.#allowedPrefixes = addresses.map((address) => {
      const url = new URL(address, options.baseUrl);
      return url.origin === ownOrigin ? new URL('.', url).href : `${url.origin}/`;
    });
  }

  /** @throws ToolError with a message for the reader: not allowed, not found, or no module */
  readonly load = ({ url }: ModuleMessage): Promise<ModuleSource> => {
    const cached = this.#loaded.get(url);
    if (cached !== undefined) return cached;
    const loading = this.#fetch(url);
    this.#loaded.set(url, loading);
    // What failed may work the next time: the reader may be offline just now.
    loading.catch(() => this.#loaded.delete(url));
    return loading;
  };

  async #fetch(address: string): Promise<ModuleSource> {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) {
      throw new ToolError(`Cannot load the module ${address}: only http and https addresses are loaded.`);
    }
    if (!this.#isAllowed(url)) {
      throw new ToolError(
        `Cannot load the module ${address}: the import map of this page does not lead there. ` +
          `Map it, for example importMap: { imports: { "my-module": "${address}" } }.`,
      );
    }
    const load = this.#options.fetch ?? fetch;
    let response: Response;
    try {
      response = await load(url, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    } catch (error) {
      throw new ToolError(
        `Cannot load the module ${address}: the network or the server's CORS headers did not allow it.`,
        { cause: error },
      );
    }
    if (!response.ok) throw new ToolError(`Cannot load the module ${address}: the server answered ${response.status}.`);
    const type = response.headers.get('content-type') ?? '';
    const isJson = jsonTypes.test(type);
    if (!isJson && !javascriptTypes.test(type)) {
      throw new ToolError(`Cannot load the module ${address}: expected JavaScript or JSON, but it is "${type}".`);
    }
    const source = await response.text();
    if (source.length > maxBytes) throw new ToolError(`Cannot load the module ${address}: it is larger than 16 MiB.`);
    return { url: response.url === '' ? address : response.url, source: isJson ? `export default ${source}` : source };
  }

  #isAllowed(url: URL): boolean {
    return this.#allowedPrefixes.some((prefix) => url.href.startsWith(prefix)) || (this.#options.allow?.(url) ?? false);
  }
}
