import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { acceptsEmptyObject } from './json-schema.js';
import { toJsonSchema, validate, type Schema } from './schema.js';

const zodSchema = z.object({ city: z.string(), tags: z.array(z.string()).optional() });
const valibotSchema = v.object({ city: v.string(), tags: v.optional(v.array(v.string())) });
const jsonSchema = {
  type: 'object',
  properties: { city: { type: 'string' }, tags: { type: 'array', items: { type: 'string' } } },
  required: ['city'],
  additionalProperties: false,
};

describe.each<[string, Schema]>([
  ['zod', zodSchema],
  ['valibot', valibotSchema],
  ['JSON Schema', jsonSchema],
])('validate with %s', (_name, schema) => {
  it('gives what fits', async () => {
    expect(await validate(schema, { city: 'Oslo', tags: ['x'] })).toEqual({ value: { city: 'Oslo', tags: ['x'] } });
  });

  it('says where something does not fit', async () => {
    const { issues } = await validate(schema, { city: 'Oslo', tags: ['x', 5] });
    expect(issues).toHaveLength(1);
    expect(issues?.[0]?.path).toEqual(['tags', 1]);
    expect(issues?.[0]?.message).not.toBe('');
  });

  it('says what is missing, and refuses another type', async () => {
    expect((await validate(schema, {})).issues).toHaveLength(1);
    expect((await validate(schema, 'Oslo')).issues).toHaveLength(1);
    expect((await validate(schema, undefined)).issues).toHaveLength(1);
  });
});

describe('validate', () => {
  it('gives what a Standard Schema makes of the value, also later', async () => {
    const upper = z.string().transform((text) => Promise.resolve(text.toUpperCase()));
    expect(await validate(upper, 'oslo')).toEqual({ value: 'OSLO' });
  });

  it('checks JSON Schema without changing the value or the schema', async () => {
    const value = { city: 'Oslo', tags: undefined };
    expect(await validate(Object.freeze(jsonSchema), value)).toEqual({ value });
    expect(Object.getOwnPropertyNames(jsonSchema)).toEqual(['type', 'properties', 'required', 'additionalProperties']);
  });

  it.each<[string, unknown]>([
    ['bigint', { city: 1n }],
    ['function', { city: () => 1 }],
    ['circular', circular()],
  ])('names what is not JSON: %s', async (what, value) => {
    const { issues } = await validate({ type: 'object' }, value);
    expect(issues?.[0]?.message.toLowerCase()).toContain(what);
  });

  it('follows references within the schema, recursive ones too', async () => {
    const tree = {
      $ref: '#/$defs/node',
      $defs: {
        node: {
          type: 'object',
          properties: { children: { type: 'array', items: { $ref: '#/$defs/node' } } },
          required: ['children'],
        },
      },
    };
    expect((await validate(tree, { children: [{ children: [] }] })).issues).toBeUndefined();
    expect((await validate(tree, { children: [{ children: [{}] }] })).issues?.[0]?.path).toEqual([
      'children',
      0,
      'children',
      0,
    ]);
  });

  it.each([['http://json-schema.org/draft-07/schema#'], ['https://json-schema.org/draft/2020-12/schema']])(
    'reads $schema %s',
    async ($schema) => {
      const tuple = $schema.includes('draft-07')
        ? { $schema, type: 'array', items: [{ type: 'string' }] }
        : { $schema, type: 'array', prefixItems: [{ type: 'string' }] };
      expect((await validate(tuple, ['x'])).issues).toBeUndefined();
      expect((await validate(tuple, [5])).issues).toHaveLength(1);
    },
  );

  it('takes true for anything and false for nothing', async () => {
    expect(await validate(true, 5)).toEqual({ value: 5 });
    expect((await validate(false, 5)).issues).toHaveLength(1);
  });
});

describe('toJsonSchema', () => {
  it('is what a Standard Schema says of itself, of the side that is asked for', () => {
    const schema = z.object({ days: z.string().transform(Number).pipe(z.number()).default(1) });
    expect(toJsonSchema(schema, 'input')).toMatchObject({ properties: { days: { type: 'string' } } });
    expect(toJsonSchema(schema, 'output')).toMatchObject({
      properties: { days: { type: 'number' } },
      required: ['days'],
    });
  });

  it('is JSON Schema itself, and undefined where a schema can not or does not say', () => {
    expect(toJsonSchema(jsonSchema, 'input')).toBe(jsonSchema);
    expect(toJsonSchema(undefined, 'input')).toBeUndefined();
    expect(toJsonSchema(valibotSchema, 'input')).toBeUndefined();
    expect(toJsonSchema(z.object({ at: z.date() }), 'input')).toBeUndefined();
  });

  it('knows objects of which nothing is required', () => {
    expect(acceptsEmptyObject({ type: 'object', properties: { a: {} } })).toBe(true);
    expect(acceptsEmptyObject(jsonSchema)).toBe(false);
    expect(acceptsEmptyObject({ type: 'string' })).toBe(false);
    expect(acceptsEmptyObject(undefined)).toBe(false);
  });
});

function circular(): object {
  const value: { self?: unknown } = {};
  value.self = value;
  return value;
}
