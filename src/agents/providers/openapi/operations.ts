import { follow } from './references.js';
import {
  isObject,
  listOf,
  methods,
  objectOf,
  textOf,
  type Json,
  type JsonObject,
  type OpenAPIDocument,
  type Parameter,
} from './openapi-document.js';
import { OpenAPIDocumentError } from './openapi-errors.js';

/** The body of a request, in the media type that is written. */
export interface RequestBody {
  readonly mediaType: string;
  readonly schema: Json;
  readonly required: boolean;
  /** How the properties of a form are written, by name. */
  readonly encoding: JsonObject;
}

/** An operation of a document, with its references followed. */
export interface Operation {
  /** Upper case. */
  readonly method: string;
  /** A template such as `/repos/{owner}`. */
  readonly path: string;
  readonly id: string | undefined;
  readonly tags: readonly string[];
  readonly description: string;
  readonly isDeprecated: boolean;
  readonly parameters: readonly Parameter[];
  readonly body: RequestBody | undefined;
  /** Schema of the first answer that is a success; `undefined` where the document has none. */
  readonly result: Json | undefined;
  readonly servers: readonly Json[];
  /** Alternatives, each with all the schemes that it needs. */
  readonly security: readonly Json[];
}

/** @throws OpenAPIDocumentError for a document that is no OpenAPI 3 */
export function readOperations(document: OpenAPIDocument): readonly Operation[] {
  const version = textOf(document['openapi']) ?? textOf(document['swagger']);
  if (version === undefined || !version.startsWith('3.')) {
    const received = version === undefined ? 'it has none' : `it has ${version}`;
    throw new OpenAPIDocumentError(
      `expected "openapi" with the version 3.0 or 3.1, but ${received}. Convert older documents first.`,
      '/openapi',
    );
  }
  return Object.entries(objectOf(document['paths'])).flatMap(([path, pathItem]) => {
    const item = objectOf(follow(document, pathItem));
    return methods.flatMap((method) =>
      isObject(item[method]) ? [readOperation(document, path, method, item, item[method])] : [],
    );
  });
}

function readOperation(
  document: OpenAPIDocument,
  path: string,
  method: string,
  item: JsonObject,
  operation: JsonObject,
): Operation {
  const text = [textOf(operation['summary']), textOf(operation['description'])].filter((part) => part !== undefined);
  return {
    method: method.toUpperCase(),
    path,
    id: textOf(operation['operationId']),
    tags: listOf(operation['tags']).filter((tag) => typeof tag === 'string'),
    description: [...new Set(text)].join('\n\n'),
    isDeprecated: operation['deprecated'] === true,
    parameters: readParameters(document, item, operation, path),
    body: readBody(document, operation),
    result: readResult(document, operation),
    servers: [operation, item, document].map(({ servers }) => listOf(servers)).find((list) => list.length > 0) ?? [],
    security: listOf(operation['security'] ?? document['security']),
  };
}

/** Headers that the specification leaves to other parts of a document (OpenAPI 3.1.1, section 4.8.12.1). */
const headersOfProtocol: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

/** A parameter of the operation replaces one of the path with its name and place. */
function readParameters(
  document: OpenAPIDocument,
  item: JsonObject,
  operation: JsonObject,
  path: string,
): readonly Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const given of [...listOf(item['parameters']), ...listOf(operation['parameters'])]) {
    const parameter = readParameter(document, objectOf(follow(document, given)), path);
    const isOfProtocol = parameter.in === 'header' && headersOfProtocol.has(parameter.name.toLowerCase());
    if (!isOfProtocol) parameters.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  return [...parameters.values()];
}

function readParameter(document: OpenAPIDocument, given: JsonObject, path: string): Parameter {
  const { name, in: place } = given;
  if (typeof name !== 'string' || (place !== 'path' && place !== 'query' && place !== 'header' && place !== 'cookie')) {
    throw new OpenAPIDocumentError(
      'a parameter needs a "name", and an "in" that is path, query, header or cookie.',
      `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    );
  }
  const [mediaType, content] = Object.entries(objectOf(given['content']))[0] ?? [];
  const style = textOf(given['style']) ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple');
  const { explode } = given;
  return {
    name,
    in: place,
    required: given['required'] === true || place === 'path',
    description: textOf(given['description']),
    schema: mediaType === undefined ? given['schema'] : objectOf(follow(document, content))['schema'],
    style,
    explode: typeof explode === 'boolean' ? explode : style === 'form',
    allowReserved: given['allowReserved'] === true,
    mediaType,
  };
}

const jsonType = /^application\/(?:[\w.+-]+\+)?json\b/;
const writableTypes = [jsonType, /^application\/x-www-form-urlencoded\b/, /^multipart\/form-data\b/, /^text\//];

export function isJsonType(mediaType: string): boolean {
  return jsonType.test(mediaType);
}

function readBody(document: OpenAPIDocument, operation: JsonObject): RequestBody | undefined {
  if (operation['requestBody'] === undefined) return undefined;
  const body = objectOf(follow(document, operation['requestBody']));
  const contents = Object.entries(objectOf(body['content']));
  const ordered = writableTypes.flatMap((type) => contents.filter(([mediaType]) => type.test(mediaType)));
  const [mediaType, content] = ordered[0] ?? contents[0] ?? [];
  if (mediaType === undefined) return undefined;
  const { schema, encoding } = objectOf(follow(document, content));
  return { mediaType, schema, required: body['required'] === true, encoding: objectOf(encoding) };
}

function readResult(document: OpenAPIDocument, operation: JsonObject): Json | undefined {
  const responses = objectOf(operation['responses']);
  const status = Object.keys(responses).find((key) => /^2(?:\d\d|XX)$/i.test(key));
  const response = status ?? ('default' in responses ? 'default' : undefined);
  if (response === undefined) return undefined;
  const contents = Object.entries(objectOf(objectOf(follow(document, responses[response]))['content']));
  const [, content] = contents.find(([mediaType]) => isJsonType(mediaType)) ?? [];
  return content === undefined ? undefined : objectOf(follow(document, content))['schema'];
}
