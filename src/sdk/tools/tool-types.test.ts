import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ToolDescriptor } from './tool-descriptor.js';
import type { JsonSchema } from './schema/json-schema.js';
import { toJsonSchema } from './schema/schema.js';
import { declareTools } from './tool-types.js';

const descriptor = (name: string, input?: JsonSchema, more: Partial<ToolDescriptor> = {}): ToolDescriptor => ({
  name,
  description: '',
  kind: 'sync',
  requiredContext: [],
  ...(input === undefined ? {} : { input }),
  ...more,
});

/** The type of the arguments as one line, with the aliases after it. */
function typeOf(schema: JsonSchema): string {
  const text = declareTools([descriptor('t', schema)]).replace(/\s+/g, ' ');
  const aliases = [...text.matchAll(/type (t_\S+ = .*?);(?= type t_| } declare)/g)].map(([, alias]) => alias);
  const args = /declare const tools: \{ t\(args\??: (.*)\): Promise<any>; \};/.exec(text)?.[1];
  return [args, ...aliases].join(' :: ');
}

const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });

describe('E7 types of JSON Schema', () => {
  it.each<[string, JsonSchema, string]>([
    ['true', true, 'unknown'],
    ['false', false, 'never'],
    ['string', { type: 'string', minLength: 2 }, 'string'],
    ['integer', { type: 'integer' }, 'number'],
    ['several types', { type: ['string', 'null'] }, 'string | null'],
    ['nullable of OpenAPI', { type: 'string', nullable: true }, 'string | null'],
    ['enum', { enum: ['a', 1, null, true] }, '"a" | 1 | null | true'],
    ['const', { const: 'a"b' }, '"a\\"b"'],
    ['const object', { const: { a: [1] } }, '{ a: [1] }'],
    ['anyOf', { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'string' }] }, 'string | number'],
    ['anyOf nothing', { anyOf: [] }, 'never'],
    [
      'allOf',
      {
        allOf: [
          { type: 'object', properties: { a: {} }, required: ['a'] },
          { anyOf: [{ type: 'string' }, { type: 'null' }] },
        ],
      },
      '{ a: unknown; } & (string | null)',
    ],
    ['array', { type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
    ['array of literals with operators in them', { type: 'array', items: { const: 'a|b' } }, '"a|b"[]'],
    ['array of anything', { type: 'array' }, 'unknown[]'],
    ['tuple', { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] }, '[string, number]'],
    [
      'tuple with optional and rest',
      { type: 'array', prefixItems: [{ type: 'string' }, { enum: [1, 2] }], minItems: 1, items: { type: 'null' } },
      '[string, (1 | 2)?, ...null[]]',
    ],
    ['tuple of draft 7', { type: 'array', items: [{ type: 'string' }], additionalItems: false }, '[string]'],
    [
      'object',
      { type: 'object', properties: { a: { type: 'string' }, 'b-c': { type: 'null' } }, required: ['a'] },
      '{ a: string; "b-c"?: null; }',
    ],
    [
      'names to escape',
      { type: 'object', properties: { 'a"\n': {}, 日本: {}, '1': {} }, required: ['日本'] },
      '{ "1"?: unknown; "a\\"\\n"?: unknown; 日本: unknown; }',
    ],
    ['object without type', { properties: { a: { type: 'string' } } }, '{ a?: string; }'],
    ['any object', { type: 'object' }, 'Record<string, unknown>'],
    ['empty object', { type: 'object', additionalProperties: false }, 'Record<string, never>'],
    ['record', { type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
    [
      'patterns',
      { type: 'object', patternProperties: { '^a': { type: 'number' }, '^b': { type: 'string' } } },
      'Record<string, number | string>',
    ],
    [
      'object with more',
      { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: { type: 'number' } },
      '{ a?: string; [name: string]: unknown; }',
    ],
    ['$ref', { ...(ref('A') as object), $defs: { A: { type: 'string' } } }, 'tools.t_Input_A :: t_Input_A = string'],
    [
      '$ref with more beside it',
      { $ref: '#/$defs/A', properties: { b: {} }, $defs: { A: { type: 'string' } } },
      'tools.t_Input_A & { b?: unknown; } :: t_Input_A = string',
    ],
    [
      '$ref to a $ref',
      { ...(ref('A') as object), $defs: { A: ref('B'), B: { type: 'null' } } },
      'tools.t_Input_A :: t_Input_A = null',
    ],
    [
      '$ref with escapes',
      { $ref: '#/definitions/a~1b%20c', definitions: { 'a/b c': { type: 'null' } } },
      'tools.t_Input_a_b_c :: t_Input_a_b_c = null',
    ],
    ['$ref to nothing', ref('none'), 'unknown'],
    ['$ref elsewhere', { $ref: 'https://example.com/schema' }, 'unknown'],
    ['$refs in a circle', { ...(ref('A') as object), $defs: { A: ref('B'), B: ref('A') } }, 'unknown'],
    [
      'a cycle',
      { type: 'object', properties: { next: { $ref: '#' } } },
      '{ next?: tools.t_Input; } :: t_Input = { next?: tools.t_Input; }',
    ],
    ['inherited names', { $ref: '#/constructor' }, 'unknown'],
  ])('E7 %s', (_name, schema, type) => {
    expect(typeOf(schema)).toBe(type);
  });

  it('E7 keeps definitions of one name in different tools, and of similar names in one, apart', () => {
    const schema = (type: string): JsonSchema => ({ ...(ref('A') as object), $defs: { A: { type } } });
    const text = declareTools([
      descriptor('a', schema('string')),
      descriptor('b', schema('number'), { output: schema('null') }),
    ]);
    for (const alias of ['a_Input_A = string', 'b_Input_A = number', 'b_Output_A = null'])
      expect(text).toContain(alias);
    expect(
      typeOf({ allOf: [ref('a-b'), ref('a_b')], $defs: { 'a-b': { type: 'string' }, a_b: { type: 'null' } } }),
    ).toContain('t_Input_a_b_2 = null');
  });

  it('E7 writes descriptions as comments that can not be left', () => {
    const text = declareTools([
      descriptor(
        't',
        {
          type: 'object',
          properties: { a: { type: 'string', description: 'one\ntwo */ three', default: '*/', deprecated: true } },
        },
        {
          description: 'Says */ alert(1) /*',
          requiredContext: ['client_id'],
        },
      ),
    ]);
    expect(text).toBe(`declare const tools: {
  /**
   * Says *\\/ alert(1) /*
   * Requires in the context: client_id.
   */
  t(args?: {
    /**
     * one
     * two *\\/ three
     * @default "*\\/"
     * @deprecated
     */
    a?: string;
  }): Promise<any>;
};
`);
  });

  it('E7 TypeScript takes the declarations, and holds code to them', { timeout: 60_000 }, () => {
    interface Tree {
      label: string;
      children: Tree[];
    }
    const tree: z.ZodType<Tree> = z.lazy(() => z.object({ label: z.string(), children: z.array(tree) }));
    const schemas = {
      weather: z.object({
        city: z.string().describe('Name of the */ city'),
        unit: z.enum(['c', 'f']).optional(),
        'odd-name': z.null().optional(),
      }),
      tree,
      shape: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('circle'), radius: z.number() }),
        z.object({ kind: z.literal('line'), points: z.array(z.tuple([z.number(), z.number()])) }),
      ]),
      search: z.object({ limit: z.number().default(3) }),
    };
    const declarations = declareTools([
      ...Object.entries(schemas).map(([name, schema]) =>
        descriptor(name, toJsonSchema(schema, 'input') ?? true, { output: toJsonSchema(schema, 'output') }),
      ),
      descriptor('github.search', { type: 'string' }, { output: toJsonSchema(schemas.tree, 'output') }),
      descriptor('github_search', true, { output: toJsonSchema(schemas.tree, 'output') }),
    ]);
    const code = `
      tools.weather({ city: 'Oslo', unit: 'c', 'odd-name': null }).then(({ city }) => city.toUpperCase());
      tools.tree({ label: 'a', children: [{ label: 'b', children: [] }] }).then(({ children }) => children[0]?.children[0]?.label.trim());
      tools.shape({ kind: 'line', points: [[1, 2]] });
      tools.search();
      tools.github.search('all').then(({ label }) => label.trim());
      // @ts-expect-error not of the schema
      tools.github.search(5);
      // @ts-expect-error no such member
      tools.github.serach('all');
      // @ts-expect-error a namespace can't be called
      tools.github();
      // @ts-expect-error a missing property
      tools.weather({ unit: 'c' });
      // @ts-expect-error not of the enum
      tools.weather({ city: 'Oslo', unit: 'k' });
      // @ts-expect-error wrong deep in the tree
      tools.tree({ label: 'a', children: [{ label: 5, children: [] }] });
      // @ts-expect-error of another branch
      tools.shape({ kind: 'circle', points: [] });
      // @ts-expect-error too long for the tuple
      tools.shape({ kind: 'line', points: [[1, 2, 3]] });
      // @ts-expect-error no such tool
      tools.wether();
    `;
    const folder = mkdtempSync(join(tmpdir(), 'tool-types-'));
    try {
      writeFileSync(join(folder, 'tools.d.ts'), declarations);
      writeFileSync(join(folder, 'code.ts'), code);
      const compiler = join(process.cwd(), 'node_modules', '.bin', 'tsc');
      const args = [
        '--noEmit',
        '--strict',
        '--noUncheckedIndexedAccess',
        '--target',
        'es2022',
        '--types',
        '',
        'tools.d.ts',
        'code.ts',
      ];
      expect(() => execFileSync(compiler, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })).not.toThrow();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('E7 a namespace is an object, at the place of its first tool', () => {
    const node = { $ref: '#/$defs/Node', $defs: { Node: { type: 'string' } } } as const;
    const descriptors = [
      descriptor('a.x', node, { description: 'First' }),
      descriptor('b'),
      descriptor('a.y', { type: 'object', properties: { deep: { type: 'number' } } }),
      descriptor('a_x', node),
    ];
    expect(declareTools(descriptors)).toBe(`declare namespace tools {
  type a_x_Input_Node = string;
  type a_x_Input_2_Node = string;
}
declare const tools: {
  a: {
    /** First */
    x(args: tools.a_x_Input_Node): Promise<any>;
    y(args?: {
      deep?: number;
    }): Promise<any>;
  };
  b(args?: any): Promise<any>;
  a_x(args: tools.a_x_Input_2_Node): Promise<any>;
};
`);
  });
});
