import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { WrappedJsonSchema } from './schema.js';

/** The type of the values that fit a schema: after validation (`output`), or as they are given (`input`). */
export type SchemaType<S, Side extends 'input' | 'output'> = S extends StandardSchemaV1
  ? StandardSchemaType<S, Side>
  : S extends () => infer Made
    ? Made extends StandardSchemaV1
      ? StandardSchemaType<Made, Side>
      : JsonSchemaType<Made>
    : JsonSchemaType<S>;

/** The input or output type of a Standard Schema. */
export type StandardSchemaType<S extends StandardSchemaV1, Side> = Side extends 'output'
  ? StandardSchemaV1.InferOutput<S>
  : StandardSchemaV1.InferInput<S>;

/** Of JSON Schema that is written as a literal, or wrapped with its type. It reads the keywords that most tools use; what others say is `unknown`. */
export type JsonSchemaType<S> =
  S extends WrappedJsonSchema<infer T>
    ? T
    : S extends { readonly const: infer Constant }
      ? Constant
      : S extends { readonly enum: readonly (infer Member)[] }
        ? Member
        : S extends { readonly anyOf: readonly (infer Branch)[] }
          ? JsonSchemaType<Branch>
          : S extends { readonly oneOf: readonly (infer Branch)[] }
            ? JsonSchemaType<Branch>
            : S extends { readonly type: infer Type }
              ? NamedType<Type, S>
              : unknown;

/** The type that the JSON Schema keyword `type` stands for, or the union of several. */
export type NamedType<Type, S> = Type extends readonly (infer Each)[]
  ? NamedType<Each, S>
  : Type extends 'string'
    ? string
    : Type extends 'number' | 'integer'
      ? number
      : Type extends 'boolean'
        ? boolean
        : Type extends 'null'
          ? null
          : Type extends 'array'
            ? S extends { readonly items: infer Items }
              ? JsonSchemaType<Items>[]
              : unknown[]
            : Type extends 'object'
              ? ObjectType<S>
              : unknown;

/** The type of an object that a JSON Schema describes. */
export type ObjectType<S> = S extends { readonly properties: infer Properties }
  ? Flat<
      { [Key in keyof Properties as Key extends RequiredKey<S> ? Key : never]: JsonSchemaType<Properties[Key]> } & {
        [Key in keyof Properties as Key extends RequiredKey<S> ? never : Key]?: JsonSchemaType<Properties[Key]>;
      }
    >
  : S extends { readonly additionalProperties: infer Value extends object }
    ? Record<string, JsonSchemaType<Value>>
    : Record<string, unknown>;

/** The names of the properties that a JSON Schema requires. */
export type RequiredKey<S> = S extends { readonly required: readonly (infer Key)[] } ? Key : never;

/** The same type, with an intersection of objects merged into one object. */
export type Flat<T> = { [Key in keyof T]: T[Key] };
