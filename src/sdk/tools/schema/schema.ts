import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import type { ValueIssue } from '../tool-errors.js';

/** JSON Schema of draft 4, 7, 2019-09 or 2020-12 as `$schema` says; 2020-12 where it says nothing. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** Any Standard Schema (zod, valibot, arktype …) or plain JSON Schema. */
export type Schema = StandardSchemaV1 | JsonSchema;

export type Validation =
  { readonly value: unknown; readonly issues?: undefined } | { readonly issues: readonly ValueIssue[] };

export function isStandardSchema(schema: unknown): schema is StandardSchemaV1 {
  if ((typeof schema !== 'object' && typeof schema !== 'function') || schema === null || !('~standard' in schema))
    return false;
  const standard = schema['~standard'] as { validate?: unknown } | null | undefined;
  return typeof standard?.validate === 'function';
}

export function isSchema(schema: unknown): schema is Schema {
  return (
    isStandardSchema(schema) ||
    typeof schema === 'boolean' ||
    (typeof schema === 'object' && schema !== null && !Array.isArray(schema))
  );
}

/**
 * The value as the schema gives it (a Standard Schema may transform it; JSON Schema only checks), or what is wrong with it.
 * @throws what the schema itself throws, or Error when it is not valid JSON Schema
 */
export async function validate(schema: Schema, value: unknown): Promise<Validation> {
  if (!isStandardSchema(schema)) {
    const { validateJson } = await import('./schema-json.js');
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
  if (schema === undefined) return undefined;
  if (!isStandardSchema(schema)) return schema;
  const converter = (schema['~standard'] as Partial<StandardJSONSchemaV1.Props>).jsonSchema;
  try {
    return converter?.[side]({ target: 'draft-2020-12' });
  } catch {
    return undefined; // the schema has parts that JSON Schema has no words for
  }
}

/** Whether `{}` fits as far as can be told without validating: an object of which nothing is required. */
export function acceptsEmptyObject(schema: JsonSchema | undefined): boolean {
  if (typeof schema !== 'object' || schema['type'] !== 'object') return false;
  const { required } = schema;
  return !Array.isArray(required) || required.length === 0;
}
