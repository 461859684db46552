/** A value of JSON, of which nothing is known. */
export type Json = unknown;

/** An object of an OpenAPI document, of which nothing is known but that it is one. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** An OpenAPI document of version 3.0 or 3.1, as JSON. */
export type OpenAPIDocument = JsonObject;

/** A parameter of an operation (OpenAPI 3.1.1, section 4.8.12), with its references followed. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly description: string | undefined;
  readonly schema: Json;
  readonly style: string;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  /** Media type of a parameter that is written as a document; such a parameter has no style. */
  readonly mediaType: string | undefined;
}

export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
