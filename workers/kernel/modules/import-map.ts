import { cut, maxAddressCharacters } from '../../../src/protocol/bounds.js';
import type { ImportMap } from '../../../src/protocol/messages/wire.js';

/** Node's modules, with the address or the bare name of each. */
const builtIn =
  /^(?:node:|(?:assert|async_hooks|buffer|child_process|cluster|crypto|dns|events|fs|https?|http2|module|net|os|path|perf_hooks|process|readline|stream|tls|tty|url|util|v8|vm|worker_threads|zlib)(?:\/|$))/;

/** A specifier that can't be resolved. A TypeError, as in the HTML Standard, “resolve a module specifier”. */
export class ModuleResolutionError extends TypeError {
  override readonly name = 'ModuleResolutionError';

  constructor(
    readonly specifier: string,
    readonly importer: string,
    problem: string,
  ) {
    super(`Cannot resolve "${specifier}" imported from ${importer}: ${problem}`);
  }
}

/**
 * Resolves specifiers by the import map's `imports` and `scopes`, as in the HTML Standard: the longest scope that contains
 * the importer comes first, and exact keys come before the longest key that ends in `/`.
 */
export class ImportMapResolver {
  readonly #imports: readonly Mapping[];
  readonly #scopes: readonly { readonly prefix: string; readonly mappings: readonly Mapping[] }[];

  constructor(
    map: ImportMap,
    readonly baseUrl: string,
  ) {
    this.#imports = mappingsOf(map.imports ?? {}, baseUrl);
    this.#scopes = Object.entries(map.scopes ?? {})
      .map(([prefix, imports]) => ({ prefix: new URL(prefix, baseUrl).href, mappings: mappingsOf(imports, baseUrl) }))
      .sort(byLengthOf((scope) => scope.prefix));
  }

  /**
   * @param importer absolute address of the importing module; the base address for a cell
   * @param shown the importer as an error names it
   * @throws ModuleResolutionError
   */
  resolve(specifier: string, importer = this.baseUrl, shown = importer): string {
    const address = this.#addressOf(specifier, importer, shown);
    if (address.length <= maxAddressCharacters) return address;
    throw new ModuleResolutionError(
      cut(specifier, 100),
      shown,
      `its address has ${address.length} characters, and at most ${maxAddressCharacters} are allowed.`,
    );
  }

  #addressOf(specifier: string, importer: string, shown: string): string {
    const asUrl = urlLike(specifier, importer);
    const normalized = asUrl ?? specifier;
    for (const scope of this.#scopes) {
      if (importer !== scope.prefix && !(scope.prefix.endsWith('/') && importer.startsWith(scope.prefix))) continue;
      const found = lookUp(normalized, scope.mappings);
      if (found !== undefined) return found;
    }
    const found = lookUp(normalized, this.#imports) ?? asUrl;
    if (found !== undefined && !found.startsWith('node:')) return found;
    const ofElements = specifier.endsWith('/jsx-runtime')
      ? ' The JSX of the code needs it; for JSX of another library, write /** @jsxImportSource preact */.'
      : '';
    throw new ModuleResolutionError(
      specifier,
      shown,
      builtIn.test(specifier)
        ? 'it is built into Node, and browsers have nothing of it. Use a module that runs in browsers.'
        : `it is not in the import map. Add it: importMap: { imports: { "${specifier}": "https://esm.sh/${specifier}" } }.${ofElements}`,
    );
  }
}

interface Mapping {
  readonly key: string;
  readonly address: string;
}

function mappingsOf(imports: Readonly<Record<string, string>>, baseUrl: string): Mapping[] {
  return Object.entries(imports)
    .map(([specifier, address]) => ({
      key: urlLike(specifier, baseUrl) ?? specifier,
      address: new URL(address, baseUrl).href,
    }))
    .sort(byLengthOf((mapping) => mapping.key));
}

/** Longest first, so that the first match is the most specific one. */
function byLengthOf<T>(text: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => text(b).length - text(a).length;
}

function lookUp(specifier: string, mappings: readonly Mapping[]): string | undefined {
  const exact = mappings.find((mapping) => mapping.key === specifier);
  if (exact !== undefined) return exact.address;
  const prefix = mappings.find((mapping) => mapping.key.endsWith('/') && specifier.startsWith(mapping.key));
  if (prefix === undefined || !prefix.address.endsWith('/')) return undefined;
  const resolved = new URL(specifier.slice(prefix.key.length), prefix.address).href;
  // The standard also refuses to leave the mapped folder by `..`.
  return resolved.startsWith(prefix.address) ? resolved : undefined;
}

/** An absolute address, or one relative to the importer; `undefined` for a bare specifier. */
function urlLike(specifier: string, importer: string): string | undefined {
  if (/^(?:\.{1,2})?\//.test(specifier))
    return URL.canParse(specifier, importer) ? new URL(specifier, importer).href : undefined;
  return URL.canParse(specifier) ? new URL(specifier).href : undefined;
}
