import type { ImportMap } from '../../protocol/messages/wire.js';
import { PublicError } from '../../protocol/endpoint/call-errors.js';
import { mentionsDocument } from '../../protocol/messages/document-names.js';
import { ModuleCompiler, type ModuleCompilerOptions } from './module-compiler.js';
import type { ModuleMessage, ModuleSource } from '../../protocol/messages/wire.js';

export interface ModuleLoaderOptions {
  readonly importMap: ImportMap;
  readonly baseUrl: string;
  /** Allows addresses that the import map does not map. @default none */
  readonly allow?: (url: URL) => boolean;
  /** Compiles modules for all sessions. @default each compiles its own */
  readonly compiler?: ModuleCompilerOptions;
  /** @default the page's own */
  readonly fetch?: typeof fetch;
}

const maxBytes = 16 * 1024 * 1024;
const maxRedirects = 10;
/** Of a module, and of a script that asks what surrounds it. */
const maybeModule = /\b(?:import|export|typeof (?:exports|module|require|define))\b/;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const javascriptTypes = /^(?:text|application)\/(?:x-)?(?:java|ecma)script\b/;
const jsonTypes = /^(?:text|application)\/(?:[\w.+-]+\+)?json\b/;

/** A module can't be loaded. In the worker it is a TypeError of this name: browsers throw a TypeError. */
class ModuleLoadError extends PublicError {
  override readonly name = 'ModuleLoadError';
}

/**
 * Loads modules for workers, which have no network of their own. Code only chooses among the modules that the page maps: an
 * address of the page's own origin must lie in the folder of a mapped module, any other address on the origin of one. The
 * same holds for redirects. Requests carry no credentials, and each address is fetched once.
 */
export class ModuleLoader {
  readonly #options: ModuleLoaderOptions;
  readonly #compiler: ModuleCompiler | undefined;
  readonly #allowedPrefixes: readonly string[];
  readonly #loaded = new Map<string, Promise<ModuleSource>>();

  constructor(options: ModuleLoaderOptions) {
    this.#options = options;
    this.#compiler = options.compiler === undefined ? undefined : new ModuleCompiler(options.compiler);
    const { imports = {}, scopes = {} } = options.importMap;
    const addresses = [...Object.values(imports), ...Object.values(scopes).flatMap((scope) => Object.values(scope))];
    const ownOrigin = new URL(options.baseUrl).origin;
    this.#allowedPrefixes = addresses.map((address) => {
      const url = new URL(address, options.baseUrl);
      return url.origin === ownOrigin ? new URL('.', url).href : `${url.origin}/`;
    });
  }

  /** @throws ModuleLoadError with a message for readers: not allowed, not found, or not a module */
  readonly load = async ({ url }: ModuleMessage): Promise<ModuleSource> => {
    const module = await this.#source(url);
    const compiled = module.json === true ? undefined : await this.#compiler?.compiled(module.url, module.source);
    // It has the source in it.
    return compiled === undefined ? module : { ...module, source: '', compiled };
  };

  #source(url: string): Promise<ModuleSource> {
    const cached = this.#loaded.get(url);
    if (cached !== undefined) return cached;
    const loading = this.#fetch(url);
    this.#loaded.set(url, loading);
    // The next try may work: the reader may be offline.
    loading.catch(() => this.#loaded.delete(url));
    return loading;
  }

  async #fetch(address: string): Promise<ModuleSource> {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) {
      throw new ModuleLoadError(
        `Cannot load the module ${address}: only http and https addresses are loaded. Map one.`,
      );
    }
    if (!this.#isAllowed(url)) {
      throw new ModuleLoadError(
        `Cannot load the module ${address}: the import map of this page does not lead there. ` +
          `Map it, for example importMap: { imports: { "my-module": "${address}" } }.`,
      );
    }
    const response = await this.#follow(url);
    if (!response.ok)
      throw new ModuleLoadError(
        `Cannot load the module ${address}: the server answered ${response.status}. ${adviceOn(response.status, url)}`,
      );
    const type = response.headers.get('content-type') ?? '';
    const isJson = jsonTypes.test(type);
    if (!isJson && !javascriptTypes.test(type)) {
      throw new ModuleLoadError(
        `Cannot load the module ${address}: expected JavaScript or JSON, but it is "${type}". ${adviceOn(404, url)}`,
      );
    }
    const source = await response.text();
    if (source.length > maxBytes)
      throw new ModuleLoadError(
        `Cannot load the module ${address}: it is larger than 16 MiB. Map a smaller build of it.`,
      );
    const hint = isJson ? undefined : adviceOnRequire(url, source);
    if (hint !== undefined && !maybeModule.test(source))
      throw new ModuleLoadError(`Cannot run the module ${address}. ${hint}`);
    return {
      url: response.url === '' ? address : response.url,
      source,
      ...(isJson && { json: true }),
      ...(hint !== undefined && { hint }),
      ...(!isJson && mentionsDocument(source) && { needsDocument: true }),
    };
  }

  /** Each redirect is checked before it is followed. */
  async #follow(address: URL): Promise<Response> {
    let url = address;
    for (let count = 0; count <= maxRedirects; count++) {
      const response = await this.#request(address, url, 'manual');
      // A browser hides where a redirect leads, so only its end can be checked.
      if (response.type === 'opaqueredirect') {
        const last = await this.#request(address, url, 'follow');
        this.#checkRedirect(address, new URL(last.url));
        return last;
      }
      const location = response.headers.get('location');
      if (!redirects.has(response.status) || location === null) return response;
      if (!URL.canParse(location, url)) {
        throw new ModuleLoadError(
          `Cannot load the module ${address.href}: it redirects to the invalid address "${location}".`,
        );
      }
      url = new URL(location, url);
      this.#checkRedirect(address, url);
    }
    throw new ModuleLoadError(`Cannot load the module ${address.href}: it redirects more than ${maxRedirects} times.`);
  }

  async #request(address: URL, url: URL, redirect: RequestRedirect): Promise<Response> {
    const load = this.#options.fetch ?? fetch;
    try {
      return await load(url, { credentials: 'omit', referrerPolicy: 'no-referrer', redirect });
    } catch (error) {
      throw new ModuleLoadError(
        `Cannot load the module ${address.href}: the network or the server's CORS headers did not allow it. Try again, or map a server that allows this page.`,
        { cause: error },
      );
    }
  }

  #checkRedirect(address: URL, url: URL): void {
    if (/^https?:$/.test(url.protocol) && this.#isAllowed(url)) return;
    throw new ModuleLoadError(
      `Cannot load the module ${address.href}: it redirects to ${url.href}, and the import map of this page does not lead there. Map the final address.`,
    );
  }

  #isAllowed(url: URL): boolean {
    return this.#allowedPrefixes.some((prefix) => url.href.startsWith(prefix)) || (this.#options.allow?.(url) ?? false);
  }
}

/** What to do about an address that serves no module. */
function adviceOn(status: number, { href, pathname }: URL): string {
  const file = pathname.slice(pathname.lastIndexOf('/') + 1);
  return status === 404 && file !== '' && !file.includes('.')
    ? `Browsers add no extension: import the whole name of the file, such as ${href.replace(pathname, `${pathname}.js`)}.`
    : 'Check the address, and what the import map makes of it.';
}

/** What to do if the text is a CommonJS file; `undefined` if nothing in it looks like one. */
function adviceOnRequire({ host, pathname }: URL, source: string): string | undefined {
  if (!['module.exports', 'exports.', 'require('].some((text) => source.includes(text))) return undefined;
  const [first = '', second = ''] = pathname.slice(host === 'cdn.jsdelivr.net' ? '/npm/'.length : 1).split('/');
  const isPackage = ['cdn.jsdelivr.net', 'unpkg.com', 'esm.sh'].includes(host);
  const name = !isPackage ? 'NAME' : first.startsWith('@') ? `${first}/${second}` : first;
  return (
    'It looks like a CommonJS file, which browsers do not run. Map an ES module of the package: ' +
    `https://esm.sh/${name}, https://cdn.jsdelivr.net/npm/${name}/+esm or https://unpkg.com/${name}?module.`
  );
}
