import { describe, expect, it } from 'vitest';
import { draftOf, readDraft, withDraft } from './form-draft.js';
import { fieldOf, type Field } from './form-field.js';

const kindOf = (schema: unknown): string => fieldOf(schema).kind;
const membersOf = (field: Field): Record<string, string> =>
  field.kind === 'object' ? Object.fromEntries(field.fields.map(({ name, kind }) => [name, kind])) : {};

describe('the form for a schema', () => {
  it.each([
    [{ type: 'string' }, 'text'],
    [{ type: 'string', format: 'date' }, 'date'],
    [{ type: 'string', format: 'date-time' }, 'time'],
    [{ type: ['integer', 'null'] }, 'number'],
    [{ anyOf: [{ type: 'boolean' }, { type: 'null' }] }, 'boolean'],
    [{ enum: ['a', 'b'] }, 'choice'],
    [{ oneOf: [{ const: 1 }, { const: 2 }] }, 'choice'],
    [{ type: 'array', items: { type: 'number' } }, 'list'],
    [{ type: 'array' }, 'json'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'json'],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 'json'],
    [{ $ref: 'https://elsewhere.example/schema' }, 'json'],
    [{ $ref: '#' }, 'json'],
    [true, 'json'],
    [undefined, 'json'],
  ])('%j is a field of %s', (schema, kind) => expect(kindOf(schema)).toBe(kind));

  it('follows references, and asks for JSON where a schema goes on without an end', () => {
    const node = {
      type: 'object',
      properties: { next: { $ref: '#/$defs/node' }, name: { type: 'string' } },
      additionalProperties: false,
    };
    let field = fieldOf({ $ref: '#/$defs/node', $defs: { node } });
    expect(membersOf(field)).toEqual({ next: 'object', name: 'text' });
    let depth = 0;
    for (; field.kind === 'object'; depth++) field = field.fields[0]!;
    expect(field.kind).toBe('json');
    expect(depth).toBe(6);
  });
});

const schema = {
  type: 'object',
  properties: {
    city: { type: 'string', description: 'Of the weather' },
    days: { type: 'integer', default: 3 },
    at: { type: 'string', format: 'date-time' },
    metric: { type: 'boolean' },
    unit: { enum: ['C', 'F'] },
    tags: { type: 'array', items: { type: 'string' } },
    place: {
      type: 'object',
      properties: { lat: { type: 'number' }, lon: { type: 'number' } },
      required: ['lat', 'lon'],
    },
    more: {},
  },
  required: ['city', 'tags'],
};
const form = fieldOf(schema);
const set = (...changes: (readonly [readonly PropertyKey[], never] | readonly [readonly PropertyKey[], unknown])[]) =>
  changes.reduce((draft, [path, part]) => withDraft(draft, path, part as never), draftOf(form));

describe('what was entered', () => {
  it('leaves out what is empty and optional, and has the defaults', () => {
    expect(readDraft(form, draftOf(form))).toEqual({ value: { city: '', days: 3, tags: [] }, issues: [] });
  });

  it('is read by the kind of each field', () => {
    const draft = set(
      [['city'], 'Oslo'],
      [['days'], ''],
      [['at'], '2026-01-02T03:04'],
      [['metric'], 'false'],
      [['unit'], '1'],
      [['tags'], ['a', 'b']],
      [['tags', 1], 'c'],
      [['place', 'lat'], '59.9'],
      [['place', 'lon'], '10.7'],
      [['more'], '{"any": [1]}'],
    );
    expect(readDraft(form, draft)).toEqual({
      value: {
        city: 'Oslo',
        at: new Date('2026-01-02T03:04').toISOString(),
        metric: false,
        unit: 'F',
        tags: ['a', 'c'],
        place: { lat: 59.9, lon: 10.7 },
        more: { any: [1] },
      },
      issues: [],
    });
  });

  it('tells at which field it can not be read', () => {
    const draft = set([['days'], '1.5'], [['place', 'lat'], 'north'], [['more'], '{']);
    expect(readDraft(form, draft).issues).toEqual([
      { path: ['days'], problem: 'integer' },
      { path: ['place', 'lat'], problem: 'number' },
      { path: ['place', 'lon'], problem: 'number' },
      { path: ['more'], problem: 'json' },
    ]);
  });

  it('is null where a required field that may be null is empty', () => {
    const nullable = fieldOf({ type: 'object', properties: { id: { type: ['string', 'null'] } }, required: ['id'] });
    expect(readDraft(nullable, draftOf(nullable)).value).toEqual({ id: null });
  });
});
