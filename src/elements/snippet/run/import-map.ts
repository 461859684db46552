import { isRecord } from '../../../protocol/checks/checks.js';
import type { ImportMap } from '../../../protocol/messages/wire.js';
import { ImportMapError } from './errors.js';

/**
 * Reads the import map of an attribute: `#id` of a script in the page, or the URL of a JSON file. Relative URLs in a file resolve
 * against the file, as in HTML's external import maps.
 *
 * @throws ImportMapError
 */
export async function readImportMap(source: string, root: Document): Promise<ImportMap> {
  if (source.startsWith('#')) {
    const script = root.getElementById(source.slice(1));
    if (script === null) throw new ImportMapError(source, 'no element of the page has this id.');
    return parseImportMap(script.textContent, source, root.baseURI);
  }
  const address = new URL(source, root.baseURI);
  let text: string;
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`the server answered ${response.status}.`);
    text = await response.text();
  } catch (error) {
    throw new ImportMapError(source, error instanceof Error ? error.message : String(error), { cause: error });
  }
  return parseImportMap(text, source, address.href);
}

/** @param base base URL of relative addresses */
export function parseImportMap(text: string, source: string, base: string): ImportMap {
  let map: unknown;
  try {
    map = JSON.parse(text);
  } catch (error) {
    throw new ImportMapError(source, `it is not valid JSON: ${(error as Error).message}`, { cause: error });
  }
  if (!isRecord(map)) throw new ImportMapError(source, 'it must be an object with “imports”.');
  const { imports = {}, scopes = {} } = map;
  if (!isRecord(scopes)) throw new ImportMapError(source, '“scopes” must be an object.');
  return {
    imports: addresses(imports, source, base),
    scopes: Object.fromEntries(
      Object.entries(scopes).map(([scope, entries]) => [new URL(scope, base).href, addresses(entries, source, base)]),
    ),
  };
}

function addresses(entries: unknown, source: string, base: string): Record<string, string> {
  if (!isRecord(entries)) throw new ImportMapError(source, '“imports” must be an object.');
  return Object.fromEntries(
    Object.entries(entries).map(([specifier, address]) => {
      if (typeof address !== 'string')
        throw new ImportMapError(source, `the address of “${specifier}” must be a string.`);
      return [specifier, new URL(address, base).href];
    }),
  );
}
