import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import type { JsonSchema, Validation } from './json-schema.js';

/** A schema as `jsonSchema()` of the AI SDK makes it. */
export interface WrappedJsonSchema<T = unknown> {
  readonly jsonSchema: unknown;
  readonly validate?: ((value: unknown) => WrappedValidation<T> | PromiseLike<WrappedValidation<T>>) | undefined;
  readonly _type: T;
}

type WrappedValidation<T> =
  { readonly success: true; readonly value: T } | { readonly success: false; readonly error: Error };

/** What a tool may name as its schema: a Standard Schema (zod, valibot, arktype …), JSON Schema, or a schema of the AI SDK. */
export type SchemaInput = MadeSchema | (() => MadeSchema);

type MadeSchema = StandardSchemaV1 | JsonSchema | WrappedJsonSchema;

/** What it is read as. */
export type Schema = StandardSchemaV1 | JsonSchema;

/** @throws TypeError with what was expected and what came */
export function readSchema(schema: unknown): Schema {
  if (typeof schema === 'boolean' || isStandardSchema(schema)) return schema;
  if (isWrapped(schema)) return unwrapped(schema);
  if (typeof schema === 'function') return lazySchema(schema as () => unknown);
  if (!isPlainObject(schema)) {
    throw new TypeError('neither a Standard Schema nor JSON Schema');
  }
  const members = Object.values(schema);
  if (members.length > 0 && members.every(isStandardSchema)) {
    throw new TypeError('a record of schemas and no schema itself; wrap it, as in z.object({ … })');
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

/** JSON Schema that somebody validates by other means, or that is not there yet. */
function unwrapped(wrapped: WrappedJsonSchema): Schema {
  const { validate: validateWrapped } = wrapped;
  if (validateWrapped === undefined && isJsonSchema(wrapped.jsonSchema)) return wrapped.jsonSchema;
  return standardSchema({
    async validate(value) {
      if (validateWrapped === undefined)
        return toStandard(await validate((await wrapped.jsonSchema) as JsonSchema, value));
      const result = await validateWrapped(value);
      return result.success ? { value: result.value } : { issues: [{ message: result.error.message }] };
    },
    jsonSchema: () => (isJsonSchema(wrapped.jsonSchema) ? wrapped.jsonSchema : undefined),
  });
}

/** A schema that is made when it is first needed. */
function lazySchema(make: () => unknown): Schema {
  let made: Schema | undefined;
  const schema = (): Schema => (made ??= readSchema(make()));
  return standardSchema({
    validate: async (value) => toStandard(await validate(schema(), value)),
    jsonSchema: (side) => toJsonSchema(schema(), side),
  });
}

function standardSchema(schema: {
  validate(value: unknown): Promise<StandardSchemaV1.Result<unknown>>;
  jsonSchema(side: 'input' | 'output'): JsonSchema | undefined;
}): StandardSchemaV1 {
  const props: StandardSchemaV1.Props & { readonly jsonSchema: object } = {
    version: 1,
    vendor: 'codemode-playground',
    validate: schema.validate,
    jsonSchema: { input: () => schema.jsonSchema('input'), output: () => schema.jsonSchema('output') },
  };
  return { '~standard': props };
}

function toStandard(validation: Validation): StandardSchemaV1.Result<unknown> {
  return validation.issues === undefined ? { value: validation.value } : { issues: validation.issues };
}

function isJsonSchema(value: unknown): value is JsonSchema {
  return typeof value === 'boolean' || isPlainObject(value);
}

/** Also one of another realm. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
