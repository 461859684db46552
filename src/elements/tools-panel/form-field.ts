/** A field of a form, made from a JSON Schema. */
export type Field = FieldFacts &
  (
    | { readonly kind: 'text'; readonly isLong: boolean }
    | { readonly kind: 'number'; readonly isInteger: boolean }
    | { readonly kind: 'boolean' | 'date' | 'time' | 'json' }
    | { readonly kind: 'choice'; readonly options: readonly unknown[] }
    | { readonly kind: 'object'; readonly fields: readonly Field[] }
    | { readonly kind: 'list'; readonly item: Field }
  );

interface FieldFacts {
  /** Of the property; `''` for an item of a list, and for the whole. */
  readonly name: string;
  readonly description: string;
  readonly isRequired: boolean;
  /** Whether `null` is a value, which an empty field then stands for if it is required. */
  readonly isNullable: boolean;
  /** The schema's `default`, or its only value. */
  readonly initial: unknown;
}

type SchemaObject = Readonly<Record<string, unknown>>;

/** Schemas inside each other, after which a JSON text is asked for: a schema may refer to itself. */
const maxDepth = 6;
/** Fields of one object, after which a JSON text is asked for. */
const maxFields = 60;

/**
 * The form for a JSON Schema. What a form can't express, such as a union of objects or properties with any name, is a field of JSON text;
 * so is everything without a schema.
 *
 * @param root the document that `$ref` refers to
 */
export function fieldOf(schema: unknown, root: unknown = schema, name = '', isRequired = true, depth = 0): Field {
  const { schema: own, isNullable } = withoutNull(resolved(schema, root), root);
  const described = isObject(schema) ? { ...own, ...schema } : own;
  const facts: FieldFacts = {
    name,
    description: textOf(described['description'] ?? described['title']),
    isRequired,
    isNullable,
    initial: 'const' in own ? own['const'] : described['default'],
  };
  const options = optionsOf(own);
  if (options !== undefined) return { ...facts, kind: 'choice', options };
  switch (typeOf(own)) {
    case 'string':
      return { ...facts, ...textKind(own) };
    case 'number':
    case 'integer':
      return { ...facts, kind: 'number', isInteger: own['type'] === 'integer' };
    case 'boolean':
      return { ...facts, kind: 'boolean' };
    case 'array':
      if (depth < maxDepth && isObject(own['items']))
        return { ...facts, kind: 'list', item: fieldOf(own['items'], root, '', true, depth + 1) };
      break;
    case 'object': {
      const { properties = {}, additionalProperties, required } = own;
      const names = isObject(properties) ? Object.keys(properties) : [];
      const isOpen = isObject(additionalProperties) || (additionalProperties !== false && names.length === 0);
      if (depth >= maxDepth || isOpen || names.length > maxFields) break;
      const needed: readonly unknown[] = Array.isArray(required) ? required : [];
      const fields = names.map((each) =>
        fieldOf((properties as SchemaObject)[each], root, each, needed.includes(each), depth + 1),
      );
      return { ...facts, kind: 'object', fields };
    }
  }
  return { ...facts, kind: 'json' };
}

function textKind({
  format,
  maxLength,
  contentMediaType,
}: SchemaObject): Pick<Field & { kind: 'text' }, 'kind' | 'isLong'> | { readonly kind: 'date' | 'time' } {
  if (format === 'date') return { kind: 'date' };
  if (format === 'date-time') return { kind: 'time' };
  return { kind: 'text', isLong: contentMediaType !== undefined || (typeof maxLength === 'number' && maxLength > 200) };
}

/** The only values of a schema, if they are few and plain. */
function optionsOf(schema: SchemaObject): readonly unknown[] | undefined {
  if (Array.isArray(schema['enum'])) return schema['enum'].every(isPlain) ? schema['enum'] : undefined;
  const branches = branchesOf(schema);
  if (branches === undefined || !branches.every((branch) => isObject(branch) && 'const' in branch)) return undefined;
  const values = branches.map((branch) => (branch as SchemaObject)['const']);
  return values.every(isPlain) ? values : undefined;
}

function typeOf(schema: SchemaObject): unknown {
  if (branchesOf(schema) !== undefined || 'allOf' in schema || 'if' in schema || 'not' in schema) return undefined;
  const { type } = schema;
  return type === undefined && 'properties' in schema ? 'object' : type;
}

const branchesOf = ({ anyOf, oneOf }: SchemaObject): readonly unknown[] | undefined =>
  Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : undefined;

/** A schema that also takes `null`, as the schema of its other values. */
function withoutNull(
  schema: SchemaObject,
  root: unknown,
): { readonly schema: SchemaObject; readonly isNullable: boolean } {
  const { type } = schema;
  if (Array.isArray(type)) {
    const others = type.filter((each) => each !== 'null');
    const isNullable = others.length < type.length;
    return { schema: { ...schema, type: others.length === 1 ? others[0] : others }, isNullable };
  }
  const branches = branchesOf(schema);
  const others = branches?.filter((branch) => !isObject(branch) || branch['type'] !== 'null') ?? [];
  if (branches !== undefined && others.length === 1 && branches.length === 2)
    return { schema: resolved(others[0], root), isNullable: true };
  if (Array.isArray(schema['enum']) && schema['enum'].includes(null) && schema['enum'].length > 1)
    return { schema: { ...schema, enum: schema['enum'].filter((each) => each !== null) }, isNullable: true };
  return { schema, isNullable: schema['nullable'] === true };
}

/** The target of a `$ref` within the document; an empty schema for any other. */
function resolved(schema: unknown, root: unknown): SchemaObject {
  let target = schema;
  for (let steps = 0; isObject(target) && typeof target['$ref'] === 'string'; steps++) {
    const [document, ...parts] = target['$ref'].split('/');
    if (document !== '#' || steps > maxDepth) return {};
    target = parts.reduce<unknown>((at, part) => {
      const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
      return isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
    }, root);
  }
  return isObject(target) ? target : {};
}

const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object';
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function isObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
