import type { JsonSchema } from './json-schema.js';
import { documentation, grouped, intersection, literalType, propertyName, union } from './type-text.js';

type SchemaObject = Exclude<JsonSchema, boolean>;

export interface TypeAlias {
  readonly name: string;
  readonly documentation: string;
  readonly type: string;
}

/**
 * TypeScript types of one JSON Schema document. The target of a `$ref` becomes an alias, so that cycles end.
 * Rules that TypeScript has no type for (lengths, patterns, `not`, `if`) are left out.
 */
export class SchemaTypes {
  readonly #root: JsonSchema;
  readonly #prefix: string;
  readonly #namespace: string;
  /** Aliases by the reference that they stand for; `undefined` as long as the type is being made. */
  readonly #aliases = new Map<string, { readonly name: string; alias: TypeAlias | undefined }>();

  /**
   * @param prefix of the names of aliases, so that two documents can have a definition of the same name
   * @param namespace in which the aliases are declared
   */
  constructor(root: JsonSchema, prefix: string, namespace: string) {
    this.#root = root;
    this.#prefix = prefix;
    this.#namespace = namespace;
  }

  /** Those that the types made so far refer to. */
  aliases(): readonly TypeAlias[] {
    return [...this.#aliases.values()].flatMap(({ alias }) => alias ?? []);
  }

  /** @param indent of the line on which the type stands */
  typeOf(schema: unknown, indent: string): string {
    if (schema === false) return 'never';
    if (!isSchemaObject(schema)) return 'unknown';
    const type = intersection(this.#parts(schema, indent));
    return schema['nullable'] === true ? union([type, 'null']) : type;
  }

  /** The types of a schema's keywords, each by itself; all of them hold together. */
  #parts(schema: SchemaObject, indent: string): string[] {
    const parts: string[] = [];
    const { $ref, anyOf, oneOf, allOf } = schema;
    if (typeof $ref === 'string') parts.push(this.#reference($ref));
    if (Array.isArray(allOf)) parts.push(...allOf.map((each) => this.typeOf(each, indent)));
    for (const branches of [anyOf, oneOf]) {
      if (Array.isArray(branches)) parts.push(union(branches.map((each) => this.typeOf(each, indent))));
    }
    if ('const' in schema) parts.push(literalType(schema['const']));
    else if (Array.isArray(schema['enum'])) parts.push(union(schema['enum'].map(literalType)));
    else parts.push(this.#ownType(schema, indent));
    return parts;
  }

  #ownType(schema: SchemaObject, indent: string): string {
    const { type } = schema;
    if (Array.isArray(type)) return union(type.map((each) => this.#namedType(each, schema, indent)));
    if (type !== undefined) return this.#namedType(type, schema, indent);
    if ('properties' in schema || 'additionalProperties' in schema) return this.#objectType(schema, indent);
    if ('items' in schema || 'prefixItems' in schema) return this.#arrayType(schema, indent);
    return 'unknown';
  }

  #namedType(type: unknown, schema: SchemaObject, indent: string): string {
    switch (type) {
      case 'string':
      case 'boolean':
      case 'null':
      case 'number':
        return type;
      case 'integer':
        return 'number';
      case 'array':
        return this.#arrayType(schema, indent);
      case 'object':
        return this.#objectType(schema, indent);
      default:
        return 'unknown';
    }
  }

  #arrayType(schema: SchemaObject, indent: string): string {
    const { items, prefixItems, additionalItems, minItems } = schema;
    const tuple = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : undefined;
    if (tuple === undefined) return `${grouped(this.typeOf(items, indent))}[]`;
    // A tuple may be longer or shorter by the letter of the specification; whoever writes one hardly means it.
    const required = typeof minItems === 'number' ? minItems : tuple.length;
    const elements = tuple.map((each, index) => {
      const element = this.typeOf(each, indent);
      return index < required ? element : `${grouped(element)}?`;
    });
    const rest = Array.isArray(prefixItems) ? items : additionalItems;
    if (rest === true || isSchemaObject(rest)) elements.push(`...${grouped(this.typeOf(rest, indent))}[]`);
    return `[${elements.join(', ')}]`;
  }

  #objectType(schema: SchemaObject, indent: string): string {
    const { properties, additionalProperties, patternProperties } = schema;
    const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : []);
    const inner = `${indent}  `;
    const members = Object.entries(isSchemaObject(properties) ? properties : {}).map(([name, property]) => {
      const optional = required.has(name) ? '' : '?';
      return `${this.#documentation(property, inner)}${inner}${propertyName(name)}${optional}: ${this.typeOf(property, inner)};\n`;
    });
    const others = isSchemaObject(patternProperties) ? Object.values(patternProperties) : [];
    if (additionalProperties === true || isSchemaObject(additionalProperties)) others.push(additionalProperties);
    if (members.length === 0) {
      if (others.length > 0) return `Record<string, ${union(others.map((each) => this.typeOf(each, indent)))}>`;
      return additionalProperties === false ? 'Record<string, never>' : 'Record<string, unknown>';
    }
    // An index signature has to hold for the named properties too, so it can't be narrower.
    if (others.length > 0) members.push(`${inner}[name: string]: unknown;\n`);
    return `{\n${members.join('')}${indent}}`;
  }

  #documentation(schema: unknown, indent: string): string {
    if (!isSchemaObject(schema)) return '';
    const { title, description, deprecated } = schema;
    const fallback = 'default' in schema ? `@default ${JSON.stringify(schema['default'])}` : '';
    const text = typeof description === 'string' ? description : typeof title === 'string' ? title : '';
    return documentation([text, fallback, deprecated === true ? '@deprecated' : ''], indent);
  }

  #reference(reference: string): string {
    const known = this.#aliases.get(reference);
    if (known !== undefined) return `${this.#namespace}.${known.name}`;
    const target = this.#resolve(reference, new Set());
    if (target === undefined) return 'unknown';
    const entry: { readonly name: string; alias: TypeAlias | undefined } = {
      name: this.#aliasName(reference),
      alias: undefined,
    };
    this.#aliases.set(reference, entry);
    entry.alias = {
      name: entry.name,
      documentation: this.#documentation(target, '  '),
      type: this.typeOf(target, '  '),
    };
    return `${this.#namespace}.${entry.name}`;
  }

  /** Follows references that lead to nothing but references; `undefined` where they go in a circle or out of the document. */
  #resolve(reference: string, seen: Set<string>): unknown {
    if (seen.has(reference)) return undefined;
    seen.add(reference);
    const target = this.#find(reference);
    if (!isSchemaObject(target)) return target;
    const { $ref } = target;
    const isReferenceOnly = typeof $ref === 'string' && Object.keys(target).length === 1;
    return isReferenceOnly ? this.#resolve($ref, seen) : target;
  }

  /** RFC 6901, as a URI fragment. */
  #find(reference: string): unknown {
    if (reference === '#') return this.#root;
    if (!reference.startsWith('#/')) return undefined;
    let target: unknown = this.#root;
    for (const part of reference.slice(2).split('/')) {
      const key = decodePart(part);
      if (typeof target !== 'object' || target === null || !Object.hasOwn(target, key)) return undefined;
      target = (target as Record<string, unknown>)[key];
    }
    return target;
  }

  #aliasName(reference: string): string {
    const last =
      reference === '#'
        ? ''
        : `_${decodePart(reference.split('/').at(-1) ?? '').replace(/[^\p{ID_Continue}$]/gu, '_')}`;
    const taken = new Set([...this.#aliases.values()].map(({ name }) => name));
    const base = this.#prefix + last;
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base}_${count}`;
    return name;
  }
}

function isSchemaObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return part; // a lone %, which no correct reference has
  }
}
