import { follow } from './references.js';
import { isObject, listOf, type Json, type JsonObject, type OpenAPIDocument } from './openapi-document.js';

/** Keywords of OpenAPI that JSON Schema does not have, or that say nothing about a value. */
const dropped: ReadonlySet<string> = new Set(['xml', 'externalDocs', 'discriminator', '$schema', '$id', 'id']);
/** Keywords whose value is data. */
const kept: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'required', 'examples', 'example']);
/** Keywords whose value is schemas by name. */
const byName: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
]);

/**
 * A schema of a document as JSON Schema 2020-12 that needs no document: what it refers to lies in its `$defs`.
 * OpenAPI 3.0's `nullable` and its booleans for exclusive bounds become what 2020-12 has for them.
 */
export function standAloneSchema(document: OpenAPIDocument, schema: Json): Json {
  const writer = new SchemaWriter(document);
  const written = writer.write(schema ?? {});
  return Object.keys(writer.definitions).length === 0 || !isObject(written)
    ? written
    : { ...written, $defs: writer.definitions };
}

class SchemaWriter {
  readonly definitions: Record<string, Json> = Object.create(null) as Record<string, Json>;
  readonly #names = new Map<string, string>();
  readonly #document: OpenAPIDocument;
  readonly #isVersion30: boolean;

  constructor(document: OpenAPIDocument) {
    this.#document = document;
    this.#isVersion30 = String(document['openapi']).startsWith('3.0');
  }

  write(schema: Json): Json {
    if (Array.isArray(schema)) return schema.map((item) => this.write(item));
    if (!isObject(schema)) return schema;
    if (typeof schema['$ref'] === 'string') return this.#reference(schema, schema['$ref']);
    const written: Record<string, Json> = {};
    for (const [key, value] of Object.entries(schema)) {
      if (dropped.has(key) || key.startsWith('x-')) continue;
      if (byName.has(key) && isObject(value)) written[key] = this.#writeEach(value);
      else if (key === 'example') written['examples'] ??= [value];
      else written[key] = kept.has(key) ? value : this.write(value);
    }
    return this.#isVersion30 ? fromVersion30(schema, written) : written;
  }

  #writeEach(schemas: JsonObject): JsonObject {
    return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, this.write(schema)]));
  }

  /** In 3.1 a description may stand beside a reference. */
  #reference(schema: JsonObject, reference: string): JsonObject {
    let name = this.#names.get(reference);
    if (name === undefined) {
      const last = reference.split('/').at(-1)!.replace(/\W/g, '_');
      name = last;
      for (let count = 2; name in this.definitions; count++) name = `${last}_${count}`;
      this.#names.set(reference, name);
      // Taken before it is written: it may refer to itself.
      this.definitions[name] = {};
      this.definitions[name] = this.write(follow(this.#document, schema));
    }
    const { description } = schema;
    return { $ref: `#/$defs/${name}`, ...(typeof description === 'string' ? { description } : {}) };
  }
}

function fromVersion30(schema: JsonObject, written: Record<string, Json>): JsonObject {
  delete written['nullable'];
  for (const [exclusive, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof written[exclusive] !== 'boolean') continue;
    if (written[exclusive] && typeof written[bound] === 'number') {
      written[exclusive] = written[bound];
      delete written[bound];
    } else delete written[exclusive];
  }
  if (schema['nullable'] !== true) return written;
  if (Array.isArray(written['enum']) && !listOf(written['enum']).includes(null)) {
    written['enum'] = [...listOf(written['enum']), null];
  }
  if (typeof written['type'] !== 'string') return { anyOf: [written, { type: 'null' }] };
  return { ...written, type: [written['type'], 'null'] };
}
