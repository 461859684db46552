import { follow } from './references.js';
import { standAloneSchema } from './stand-alone-schema.js';
import {
  isObject,
  listOf,
  objectOf,
  type JsonObject,
  type OpenAPIDocument,
  type Parameter,
} from './openapi-document.js';
import type { Operation } from './operations.js';

/** How the input of a tool is made of parameters and a body. */
export interface OperationInput {
  /** Each parameter with its name in the input. */
  readonly parameters: readonly (readonly [key: string, parameter: Parameter])[];
  /** Names in the input of the body's properties; the name of the whole body where it is no plain object; or no body. */
  readonly body: { readonly properties: ReadonlyMap<string, string> } | { readonly whole: string } | undefined;
}

/** Names are as in the document, but for a name that is there twice: `query_name`, `body_name`. */
export function planInput(document: OpenAPIDocument, operation: Operation): OperationInput {
  const properties = bodyProperties(document, operation);
  const counts = new Map<string, number>();
  const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const { name } of operation.parameters) count(name);
  for (const name of properties ?? []) count(name);
  const taken = new Set<string>();
  const keyOf = (name: string, place: string): string => {
    let key = counts.get(name)! > 1 ? `${place}_${name}` : name;
    while (taken.has(key)) key = `${place}_${key}`;
    taken.add(key);
    return key;
  };
  const parameters = operation.parameters.map((parameter) => [keyOf(parameter.name, parameter.in), parameter] as const);
  if (operation.body === undefined) return { parameters, body: undefined };
  if (properties === undefined) {
    count('body');
    return { parameters, body: { whole: keyOf('body', 'request') } };
  }
  return { parameters, body: { properties: new Map(properties.map((name) => [keyOf(name, 'body'), name])) } };
}

/** The properties of a body that is a plain object: they stand beside the parameters. */
function bodyProperties(document: OpenAPIDocument, { body }: Operation): readonly string[] | undefined {
  if (body === undefined) return undefined;
  const schema = objectOf(follow(document, body.schema));
  const isPlain =
    isObject(schema['properties']) &&
    !['allOf', 'anyOf', 'oneOf', 'not', 'if', 'patternProperties'].some((keyword) => keyword in schema) &&
    !isObject(schema['additionalProperties']) &&
    schema['additionalProperties'] !== true &&
    schema['nullable'] !== true;
  return isPlain ? Object.keys(schema['properties'] as JsonObject) : undefined;
}

/** The JSON Schema of a tool's input: one object. */
export function inputSchemaOf(document: OpenAPIDocument, operation: Operation, plan: OperationInput): JsonObject {
  const properties: Record<string, unknown> = {};
  const required: string[] = [];
  for (const [key, parameter] of plan.parameters) {
    const { description } = parameter;
    properties[key] = withDescription(parameter.schema ?? {}, description);
    if (parameter.required) required.push(key);
  }
  const { body } = operation;
  if (body !== undefined && plan.body !== undefined) {
    if ('whole' in plan.body) {
      properties[plan.body.whole] = body.schema ?? {};
      if (body.required) required.push(plan.body.whole);
    } else {
      const schema = objectOf(follow(document, body.schema));
      const members = objectOf(schema['properties']);
      const needed = new Set(body.required ? listOf(schema['required']) : []);
      for (const [key, name] of plan.body.properties) {
        properties[key] = members[name];
        if (needed.has(name)) required.push(key);
      }
    }
  }
  const schema = {
    type: 'object',
    properties,
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
  return standAloneSchema(document, schema) as JsonObject;
}

/** A description of the parameter says more than that of its schema. */
function withDescription(schema: unknown, description: string | undefined): unknown {
  if (description === undefined || !isObject(schema)) return schema;
  return { ...schema, description };
}
