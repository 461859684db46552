import type { ValueIssue } from '../tool-errors.js';

/** JSON Schema of draft 4, 7, 2019-09 or 2020-12, as `$schema` names it. @default 2020-12 */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** The value as its schema gives it, or what is wrong with it. */
export type Validation =
  { readonly value: unknown; readonly issues?: undefined } | { readonly issues: readonly ValueIssue[] };

/** Whether `{}` fits without validating: the schema is of an object and requires nothing. */
export function acceptsEmptyObject(schema: JsonSchema | undefined): boolean {
  if (typeof schema !== 'object' || schema['type'] !== 'object') return false;
  const { required } = schema;
  return !Array.isArray(required) || required.length === 0;
}
