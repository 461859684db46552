import { isObject, type Json, type JsonObject, type OpenAPIDocument } from './openapi-document.js';
import { OpenAPIDocumentError } from './openapi-errors.js';

const longestChain = 50;

/** The value that a reference leads to (RFC 6901), or the value itself. */
export function follow(document: OpenAPIDocument, value: Json): Json {
  let current = value;
  for (let count = 0; isObject(current) && typeof current['$ref'] === 'string'; count++) {
    const reference = current['$ref'];
    if (count === longestChain) throw new OpenAPIDocumentError('its references go round in a circle.', reference);
    current = resolve(document, reference);
  }
  return current;
}

function resolve(document: OpenAPIDocument, reference: string): Json {
  if (reference !== '#' && !reference.startsWith('#/')) {
    throw new OpenAPIDocumentError('it refers to another document. Bundle the documents into one first.', reference);
  }
  let value: Json = document;
  for (const part of reference.slice(2).split('/')) {
    if (reference === '#') break;
    const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined;
  }
  if (value === undefined) throw new OpenAPIDocumentError('it refers to something that is not there.', reference);
  return value;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Keywords whose value is data of the API: an example may have a property `$ref`. */
const dataKeywords: ReadonlySet<string> = new Set(['example', 'examples', 'default', 'enum', 'const']);

/** Keywords whose value is an object with names of the API as keys. */
const namesKeywords: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
  'schemas',
  'responses',
  'parameters',
  'requestBodies',
  'headers',
  'callbacks',
  'paths',
]);

/**
 * Checks each reference of a document once, so that a tool does not fail at its first call.
 * @throws OpenAPIDocumentError for a reference to another document, or to nothing
 */
export function checkReferences(document: OpenAPIDocument): void {
  const known = new Set<string>();
  const open: { readonly value: Json; readonly isNames: boolean }[] = [{ value: document, isNames: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, isNames } = next;
    if (Array.isArray(value)) {
      for (const item of value as readonly unknown[]) open.push({ value: item, isNames: false });
      continue;
    }
    if (!isObject(value)) continue;
    const reference = value['$ref'];
    if (!isNames && typeof reference === 'string' && !known.has(reference)) {
      known.add(reference);
      follow(document, value);
    }
    for (const [key, member] of Object.entries(value)) {
      if (!isNames && (dataKeywords.has(key) || key.startsWith('x-'))) continue;
      open.push({ value: member, isNames: !isNames && namesKeywords.has(key) });
    }
  }
}
