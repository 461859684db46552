import type { ToolDefinition } from '../../../sdk/index.js';
import { standardSchema, type DescribedSchema } from '../../../sdk/tools/schema/schema.js';
import { callOperation, type HttpRequestOptions } from './call-operation.js';
import { inputSchemaOf, planInput } from './input-of-operation.js';
import type { Json, OpenAPIDocument } from './openapi-document.js';
import { readOperations, type Operation } from './operations.js';
import { checkReferences } from './references.js';
import { checkCredentials } from './security.js';
import { checkServers } from './server-url.js';
import { standAloneSchema } from './stand-alone-schema.js';
import { toolNames } from './tool-names.js';

/** Options of `fromOpenAPI`. */
export interface FromOpenAPIOptions extends HttpRequestOptions {
  /** Which operations become tools. @default all */
  readonly include?: ((operation: OperationFacts) => boolean) | undefined;
  /** Which calls need approval. @default those that are neither GET, HEAD nor OPTIONS, if `true`; none */
  readonly needsApproval?: boolean | ((operation: OperationFacts) => boolean) | undefined;
}

/** What tells an operation from others. */
export interface OperationFacts {
  readonly id: string | undefined;
  /** Upper case. */
  readonly method: string;
  /** A template such as `/repos/{owner}`. */
  readonly path: string;
  readonly tags: readonly string[];
  readonly isDeprecated: boolean;
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Tools of an OpenAPI document, version 3.0 or 3.1: one for each operation, named after its `operationId` in camel case.
 * Parameters and the properties of the body are the properties of the input. Schemas are made when they are first needed, so a
 * document of a thousand operations costs little. Credentials and headers stay on the host.
 *
 * @param document the parsed document. References within it are followed; it must not refer to other documents
 * @throws OpenAPIDocumentError for a document of another version, a reference that leads nowhere or to another document, or a
 * server without an address
 *
 * @example
 * const document = await (await fetch('/petstore.json')).json();
 * codemode.registry.registerTools('pets', fromOpenAPI(document, { baseUrl: 'https://pets.example/v1' }));
 * // In the code: await tools.pets.listPets({ limit: 10 })
 */
export function fromOpenAPI(
  document: OpenAPIDocument,
  options: FromOpenAPIOptions = {},
): Readonly<Record<string, ToolDefinition>> {
  const { include = () => true, security = {} } = options;
  const operations = readOperations(document).filter(include);
  checkReferences(document);
  checkCredentials(document, security);
  checkServers(operations, options);
  const names = toolNames(operations);
  return Object.fromEntries(
    operations.map((operation, index) => [names[index]!, toolOf(document, operation, options)]),
  );
}

function toolOf(document: OpenAPIDocument, operation: Operation, options: FromOpenAPIOptions): ToolDefinition {
  const plan = planInput(document, operation);
  const { result, method, path, description, isDeprecated } = operation;
  const { needsApproval = false } = options;
  const asks =
    typeof needsApproval === 'function' ? needsApproval(operation) : needsApproval && !safeMethods.has(method);
  const text = description === '' ? `${method} ${path}` : description;
  return {
    description: isDeprecated ? `Deprecated. ${text}` : text,
    inputSchema: once(() => inputSchemaOf(document, operation, plan)),
    ...(result === undefined ? {} : { outputSchema: uncheckedSchema(() => standAloneSchema(document, result)) }),
    needsApproval: asks,
    execute: (input, { signal }) =>
      callOperation(document, operation, plan, (input ?? {}) as Readonly<Record<string, unknown>>, signal, options),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** A schema that tells the type of a result. Servers answer with more than they document, so the result is not checked. */
function uncheckedSchema(make: () => Json): DescribedSchema {
  return standardSchema((value) => ({ value }), once(make));
}
