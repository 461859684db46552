import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import type { JsonSchema, Validation } from './json-schema.js';

/** JSON Schema as `jsonSchema()` of the AI SDK wraps it. */
export interface WrappedJsonSchema<T = unknown> {
  /** Or a promise of it. */
  readonly jsonSchema: unknown;
  readonly validate?: ((value: unknown) => WrappedValidation<T> | PromiseLike<WrappedValidation<T>>) | undefined;
  readonly _type: T;
}

/** The result of the AI SDK's validation. */
export type WrappedValidation<T = unknown> =
  { readonly success: true; readonly value: T } | { readonly success: false; readonly error: Error };

/** The schemas that are used: any Standard Schema (zod, valibot, arktype …), or JSON Schema. */
export type Schema = StandardSchemaV1 | JsonSchema;

/** The schemas that a tool may name: also those of the AI SDK, and functions that make a schema when it is needed. */
export type SchemaInput = Schema | WrappedJsonSchema | (() => Schema | WrappedJsonSchema);

/** @throws TypeError if the value is no schema */
export function readSchema(schema: unknown): Schema {
  if (typeof schema === 'boolean' || isStandardSchema(schema)) return schema;
  if (isWrapped(schema)) return unwrapped(schema);
  if (typeof schema === 'function') return deferredSchema(schema as () => unknown);
  if (!isPlainObject(schema))
    throw new TypeError('neither a Standard Schema nor a JSON Schema. Make one, for example with z.object({ … })');
  const members = Object.values(schema);
  if (members.length > 0 && members.every(isStandardSchema)) {
    throw new TypeError('a record of schemas. Make it one schema, for example with z.object({ … })');
  }
  return schema;
}

/**
 * The value as the schema gives it (a Standard Schema may transform it; JSON Schema only checks), or what is wrong with it.
 * @throws what the schema itself throws, or Error when it is not valid JSON Schema
 */
export async function validate(schema: Schema, value: unknown): Promise<Validation> {
  if (!isStandardSchema(schema)) {
    const { validateJson } = await import('./validate-json.js');
    return validateJson(schema, value);
  }
  const result = await schema['~standard'].validate(value);
  if (result.issues === undefined) return { value: result.value };
  return {
    issues: result.issues.map(({ message, path = [] }) => ({
      message,
      path: path.map((segment) => (typeof segment === 'object' ? segment.key : segment)),
    })),
  };
}

/**
 * JSON Schema for people and editors to read: of a Standard Schema what it says of itself (`~standard.jsonSchema`, which zod 4
 * has, and valibot through `toStandardJsonSchema` of `@valibot/to-json-schema`). `undefined` where it can't be told.
 */
export function toJsonSchema(schema: Schema | undefined, side: 'input' | 'output'): JsonSchema | undefined {
  if (schema === undefined || !isStandardSchema(schema)) return schema;
  const converter = (schema['~standard'] as Partial<StandardJSONSchemaV1.Props>).jsonSchema;
  try {
    return converter?.[side]({ target: 'draft-2020-12' });
  } catch {
    return undefined; // the schema has parts that JSON Schema has no words for
  }
}

function isStandardSchema(schema: unknown): schema is StandardSchemaV1 {
  if ((typeof schema !== 'object' && typeof schema !== 'function') || schema === null || !('~standard' in schema))
    return false;
  const standard = schema['~standard'] as { validate?: unknown } | null | undefined;
  return typeof standard?.validate === 'function';
}

/** The AI SDK has marked them with this symbol since its version 3. */
function isWrapped(schema: unknown): schema is WrappedJsonSchema {
  return typeof schema === 'object' && schema !== null && Symbol.for('vercel.ai.schema') in schema;
}

/** JSON Schema, with a validation of its own or without one. It may also be a promise. */
function unwrapped(wrapped: WrappedJsonSchema): Schema {
  const { validate: check } = wrapped;
  if (check === undefined)
    return isPlainObject(wrapped.jsonSchema) ? wrapped.jsonSchema : deferredSchema(() => wrapped.jsonSchema);
  return standardSchema(
    async (value) => {
      const result = await check(value);
      return result.success ? { value: result.value } : { issues: [{ message: result.error.message, path: [] }] };
    },
    () => wrapped.jsonSchema,
  );
}

/** A schema that is made when it is first needed. */
function deferredSchema(make: () => unknown): Schema {
  return standardSchema(async (value) => validate(readSchema(await make()), value), make);
}

/** A Standard Schema that tells its JSON Schema, as the AI SDK and MCP's servers ask for it. @typeParam T of the values */
export type DescribedSchema<T = unknown> = StandardSchemaV1<T, T> & StandardJSONSchemaV1<T, T>;

/** @param made a schema that describes the values; no description is known where it is a promise */
export function standardSchema<T = unknown>(
  validates: (value: unknown) => Validation | Promise<Validation>,
  made: () => unknown,
): DescribedSchema<T> {
  const jsonSchemaOf = (side: 'input' | 'output') => () =>
    toJsonSchema(readSchema(made()), side) as Record<string, unknown>;
  return {
    '~standard': {
      version: 1,
      vendor: 'codemode-playground',
      validate: validates as StandardSchemaV1.Props<T, T>['validate'],
      jsonSchema: { input: jsonSchemaOf('input'), output: jsonSchemaOf('output') },
    },
  };
}

/** Also one of another realm. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
