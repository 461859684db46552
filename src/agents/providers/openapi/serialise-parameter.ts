import type { Parameter } from './openapi-document.js';

/** Characters that RFC 6570 leaves as they are with `+` and `#`, which OpenAPI calls `allowReserved`. */
const notReserved = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/gu;

/**
 * A value as OpenAPI 3.1.1, section 4.8.12.2, writes it: by its style, exploded or not.
 *
 * @returns of a query and a cookie `name=value`, of a path and a header the value alone; empty for a value without members
 *
 * @example
 * serialiseParameter({ name: 'tags', in: 'query', style: 'form', explode: true, … }, ['a', 'b']); // 'tags=a&tags=b'
 */
export function serialiseParameter(parameter: Parameter, value: unknown): string {
  const { name, style, explode, mediaType } = parameter;
  const encode = encoderOf(parameter);
  const isNamed = parameter.in === 'query' || parameter.in === 'cookie';
  if (mediaType !== undefined) {
    const text = encode(typeof value === 'string' && !mediaType.includes('json') ? value : JSON.stringify(value));
    return isNamed ? `${encode(name)}=${text}` : text;
  }
  const members = membersOf(value);
  const items = Array.isArray(value) ? (value as readonly unknown[]).map(encode) : undefined;
  const pairs = members?.map(([key, member]) => `${encode(key)}=${encode(member)}`);
  const values = items ?? members?.flat().map(encode) ?? [encode(value)];
  switch (style) {
    case 'simple':
      return explode && pairs !== undefined ? pairs.join(',') : values.join(',');
    case 'label':
      return `.${explode && pairs !== undefined ? pairs.join('.') : values.join(explode ? '.' : ',')}`;
    case 'matrix':
      if (explode && pairs !== undefined) return pairs.map((pair) => `;${pair}`).join('');
      if (explode && items !== undefined) return items.map((item) => `;${encode(name)}=${item}`).join('');
      return `;${encode(name)}=${values.join(',')}`;
    case 'deepObject':
      return deepPairs(encode(name), value, encode).join('&');
    case 'spaceDelimited':
    case 'pipeDelimited':
      if (!explode) return `${encode(name)}=${values.join(style === 'spaceDelimited' ? '%20' : '%7C')}`;
      break;
    default:
  }
  if (explode && pairs !== undefined) return pairs.join('&');
  if (explode && items !== undefined) return items.map((item) => `${encode(name)}=${item}`).join('&');
  return `${encode(name)}=${values.join(',')}`;
}

/** `filter[a][b]=1`, as deeply as the value is nested. */
export function deepPairs(prefix: string, value: unknown, encode: (value: unknown) => string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => deepPairs(prefix, item, encode));
  const members = membersOf(value);
  if (members === undefined) return [`${prefix}=${encode(value)}`];
  return members.flatMap(([key, member]) => deepPairs(`${prefix}[${encode(key)}]`, member, encode));
}

/** Properties that have a value; `undefined` for a value without properties. */
function membersOf(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) return undefined;
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

function encoderOf(parameter: Parameter): (value: unknown) => string {
  if (parameter.in === 'header') return scalarText;
  if (parameter.allowReserved && parameter.in === 'query') {
    return (value) => scalarText(value).replace(notReserved, encodeURIComponent);
  }
  return (value) => encodeComponent(scalarText(value));
}

/** As RFC 3986, section 2.2, wants it: `!'()*` are reserved too. */
export function encodeComponent(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function scalarText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
