import { describe, expect, it, vi } from 'vitest';
import { ComponentRegistry, declareTools, ToolService, type ToolDefinition } from '../../../sdk/index.js';
import { RuntimeContext } from '../../../context/runtime-context.js';
import { fromOpenAPI, type FromOpenAPIOptions } from './from-openapi.js';
import { HttpStatusError } from './openapi-errors.js';

const pet = { $ref: '#/components/schemas/Pet' };
const petstore = {
  openapi: '3.0.3',
  servers: [{ url: 'https://{region}.pets.example/v1/', variables: { region: { default: 'eu', enum: ['eu', 'us'] } } }],
  security: [{ key: [] }],
  paths: {
    '/pets': {
      get: {
        operationId: 'pets/list-all',
        summary: 'Lists pets.',
        parameters: [
          {
            name: 'limit',
            in: 'query',
            description: 'How many.',
            schema: { type: 'integer', exclusiveMinimum: true, minimum: 0 },
          },
          {
            name: 'tags',
            in: 'query',
            style: 'form',
            explode: false,
            schema: { type: 'array', items: { type: 'string' } },
          },
          { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
          { name: 'Authorization', in: 'header', schema: { type: 'string' } },
        ],
        responses: { 200: { content: { 'application/json': { schema: { type: 'array', items: pet } } } } },
      },
      post: {
        operationId: 'createPet',
        requestBody: { $ref: '#/components/requestBodies/Pet' },
        responses: { 201: { content: { 'application/json': { schema: pet } } } },
      },
    },
    '/pets/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      put: {
        operationId: 'update',
        security: [{ basic: [] }, { bearer: [] }],
        parameters: [{ name: 'name', in: 'query', schema: { type: 'string' } }],
        requestBody: { required: true, content: { 'application/json': { schema: pet } } },
        responses: {},
      },
      delete: { operationId: 'delete', deprecated: true, responses: { 204: { description: 'gone' } } },
    },
    '/forms/{path}': {
      post: {
        parameters: [{ name: 'path', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: {
          content: {
            'application/x-www-form-urlencoded': {
              schema: { type: 'object', properties: { card: { type: 'object' }, tags: { type: 'array' }, csv: {} } },
              encoding: { csv: { style: 'form', explode: false } },
            },
          },
        },
        responses: { default: { description: 'any' } },
      },
    },
    '/upload': {
      post: {
        operationId: 'upload',
        requestBody: {
          content: { 'multipart/form-data': { schema: { type: 'object', properties: { file: {}, meta: {} } } } },
        },
        responses: {},
      },
    },
    '/batch': {
      post: {
        operationId: 'batch',
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'array', items: pet } } } },
        responses: {},
      },
    },
  },
  components: {
    securitySchemes: {
      key: { type: 'apiKey', in: 'query', name: 'api_key' },
      basic: { type: 'http', scheme: 'basic' },
      bearer: { type: 'http', scheme: 'bearer' },
    },
    requestBodies: { Pet: { required: true, content: { 'application/json': { schema: pet } } } },
    schemas: {
      Pet: {
        type: 'object',
        required: ['name'],
        properties: {
          id: { type: 'integer' },
          name: { type: 'string', nullable: true },
          parent: pet,
          kind: { type: 'string', enum: ['cat', 'dog'], example: 'cat' },
        },
      },
    },
  },
};

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
}

const json = (value: unknown, status = 200): Response =>
  Response.json(value, { status, ...(status === 404 ? { statusText: 'Not Found' } : {}) });

/** Calls tools of a document as code does. */
function caller(
  options: FromOpenAPIOptions = {},
  answer: () => Response = () => json({ ok: true }),
  document = petstore,
) {
  const sent: Sent[] = [];
  const fetch = vi.fn(async (url: unknown, init: RequestInit = {}) => {
    sent.push({ url: String(url), method: init.method!, headers: new Headers(init.headers), body: init.body });
    return answer();
  });
  const registry = new ComponentRegistry().registerTools('pets', fromOpenAPI(document, { fetch, ...options }));
  const service = new ToolService({ onToolFailure: () => undefined });
  const context = RuntimeContext.from({});
  service.admit({ context, fileName: 'cell-1.ts', registry: registry.snapshot() });
  const call = (name: string, args?: unknown): Promise<unknown> =>
    service.callTool({ context: context.toJSON(), callId: 'call-1', name: `pets.${name}`, args });
  return { call, sent, registry };
}

describe('tools of an OpenAPI document (E12)', () => {
  it('have names of their own that are identifiers (E2)', () => {
    const document = {
      openapi: '3.1.0',
      paths: {
        '/a': { get: { operationId: 'x' }, post: { operationId: 'x' }, put: { operationId: 'import' }, delete: {} },
        '/a/{b}': { get: { operationId: '2fa check' } },
        '/c': { get: { operationId: 'toString' } },
      },
    };
    expect(Object.keys(fromOpenAPI(document, { baseUrl: 'https://a.example' }))).toEqual([
      'x',
      'putA',
      'postA',
      'deleteA',
      '_2faCheck',
      'getC',
    ]);
  });

  it('send parameters where the document says', async () => {
    const { call, sent } = caller();
    await call('petsListAll', { limit: 2, tags: ['a b', 'c'], 'X-Trace': 't' });
    expect(sent[0]).toMatchObject({ url: 'https://eu.pets.example/v1/pets?limit=2&tags=a%20b,c', method: 'GET' });
    expect(sent[0]!.headers.get('x-trace')).toBe('t');
    await call('petsListAll');
    expect(sent[1]!.url).toBe('https://eu.pets.example/v1/pets');
  });

  it('check their input', async () => {
    const { call, sent } = caller();
    await expect(call('petsListAll', { limit: 0 })).rejects.toMatchObject({ name: 'ToolInputError' });
    await expect(call('petsListAll', { limt: 1 })).rejects.toMatchObject({ name: 'ToolInputError' });
    await expect(call('createPet', { kind: 'cow', name: 'a' })).rejects.toMatchObject({ name: 'ToolInputError' });
    await expect(call('createPet', {})).rejects.toThrow('name');
    expect(sent).toEqual([]);
  });

  it('take the properties of a body beside the parameters, and tell two of one name apart', async () => {
    const { call, sent } = caller();
    await call('createPet', { name: null, parent: { name: 'Ada' } });
    expect(sent[0]).toMatchObject({ method: 'POST', body: '{"name":null,"parent":{"name":"Ada"}}' });
    expect(sent[0]!.headers.get('content-type')).toBe('application/json');
    await call('update', { path_id: 5, query_name: 'q', body_id: 6, body_name: 'b' });
    expect(sent[1]).toMatchObject({ url: 'https://eu.pets.example/v1/pets/5?name=q', body: '{"id":6,"name":"b"}' });
  });

  it('take another body as a whole', async () => {
    const { call, sent } = caller();
    await call('batch', { body: [{ name: 'a' }] });
    expect(sent[0]!.body).toBe('[{"name":"a"}]');
  });

  it('write forms, and files', async () => {
    const { call, sent } = caller();
    await call('postFormsPath', { path: 'a/b', card: { exp: { year: 26 } }, tags: ['x', 'y'], csv: [1, 2] });
    expect(sent[0]).toMatchObject({
      url: 'https://eu.pets.example/v1/forms/a%2Fb',
      body: 'card[exp][year]=26&tags=x&tags=y&csv=1,2',
    });
    await call('upload', { file: new Uint8Array([1, 2]), meta: { a: 1 } });
    const form = sent[1]!.body as FormData;
    expect(await (form.get('file') as File).bytes()).toEqual(new Uint8Array([1, 2]));
    expect(await (form.get('meta') as File).text()).toBe('{"a":1}');
    expect(sent[1]!.headers.has('content-type')).toBe(false);
  });

  it.each(['.', '..', ''])('refuse %j as a part of the path', async (path) => {
    const { call, sent } = caller();
    await expect(call('postFormsPath', { path })).rejects.toThrow('would lead elsewhere');
    expect(sent).toEqual([]);
  });

  it('prove who calls on the host alone', async () => {
    const security = { key: 'k 1', bearer: () => Promise.resolve('token') };
    const { call, sent, registry } = caller({
      security,
      headers: () => ({ 'X-App': 'docs' }),
      serverVariables: { region: 'us' },
    });
    await call('petsListAll');
    expect(sent[0]!.url).toBe('https://us.pets.example/v1/pets?api_key=k%201');
    await call('update', { path_id: 1, body_name: 'b' });
    expect(sent[1]!.headers.get('authorization')).toBe('Bearer token');
    expect(sent[1]!.headers.get('x-app')).toBe('docs');
    expect(JSON.stringify(registry.snapshot().toolDescriptors())).not.toMatch(/api_key|Authorization|token/);
    const basic = caller({ security: { basic: { username: 'ä', password: 'p' } } });
    await basic.call('update', { path_id: 1, body_name: 'b' });
    expect(basic.sent[0]!.headers.get('authorization')).toBe('Basic w6Q6cA==');
  });

  it('give JSON, text, bytes, or nothing', async () => {
    const answers = [
      json([{ name: 'a' }]),
      new Response('plain', { headers: { 'Content-Type': 'text/plain' } }),
      new Response(new Uint8Array([7]), { headers: { 'Content-Type': 'image/png' } }),
      new Response(null, { status: 204 }),
    ];
    const { call } = caller({}, () => answers.shift()!);
    expect(await call('petsListAll')).toEqual([{ name: 'a' }]);
    expect(await call('petsListAll')).toBe('plain');
    expect(await call('petsListAll')).toEqual(new Uint8Array([7]));
    expect(await call('deletePetsId', { id: 1 })).toBeUndefined();
  });

  it('tell the status and the body of an answer that is no success', async () => {
    const { call } = caller({}, () => json({ message: 'No such pet' }, 404));
    const error = await call('petsListAll').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HttpStatusError);
    expect(error).toMatchObject({ name: 'HttpStatusError', status: 404, body: { message: 'No such pet' } });
    expect((error as Error).message).toBe('GET /pets answered 404 Not Found: {"message":"No such pet"}');
  });

  it('have types with recursion, null and enums (E7)', () => {
    const types = declareTools(caller().registry.snapshot().toolDescriptors());
    expect(types).toContain('petsListAll(args?: {');
    expect(types).toContain('How many.');
    expect(types).toMatch(/createPet\(args: \{[^}]*name: string \| null/);
    expect(types).toMatch(/"cat" \| "dog"/);
    expect(types).toContain('Deprecated. DELETE /pets/{id}');
  });

  it('make schemas that stand alone, when they are first needed', () => {
    const { inputSchema } = fromOpenAPI(petstore)['batch']!;
    expect(inputSchema).toBeTypeOf('function');
    const schema = (inputSchema as () => object)();
    expect(schema).toMatchObject({
      properties: { body: { items: { $ref: '#/$defs/Pet' } } },
      $defs: { Pet: { properties: { name: { type: ['string', 'null'] }, parent: { $ref: '#/$defs/Pet' } } } },
    });
    expect((inputSchema as () => object)()).toBe(schema);
  });

  it('need approval where the host says', () => {
    const asks = (tools: Readonly<Record<string, ToolDefinition>>): unknown[] =>
      Object.entries(tools)
        .filter(([, tool]) => tool.needsApproval === true)
        .map(([name]) => name);
    expect(asks(fromOpenAPI(petstore))).toEqual([]);
    expect(asks(fromOpenAPI(petstore, { needsApproval: true }))).not.toContain('petsListAll');
    expect(asks(fromOpenAPI(petstore, { needsApproval: ({ id }) => id === 'batch' }))).toEqual(['batch']);
    expect(Object.keys(fromOpenAPI(petstore, { include: ({ method }) => method === 'GET' }))).toEqual(['petsListAll']);
  });

  it.each<[string, object, FromOpenAPIOptions, string]>([
    ['Swagger 2', { swagger: '2.0', paths: {} }, {}, 'but it has 2.0'],
    ['no document', {}, {}, 'but it has none'],
    [
      'a dangling reference',
      { openapi: '3.1.0', paths: {}, components: { schemas: { A: { $ref: '#/components/schemas/B' } } } },
      {},
      'something that is not there',
    ],
    [
      'another document',
      { openapi: '3.1.0', paths: {}, components: { schemas: { A: { $ref: 'b.json#/B' } } } },
      {},
      'another document',
    ],
    [
      'a circle',
      { openapi: '3.1.0', paths: {}, components: { schemas: { A: { $ref: '#/components/schemas/A' } } } },
      {},
      'circle',
    ],
    ['no server', { openapi: '3.1.0', paths: { '/': { get: {} } } }, {}, 'Pass the address as `baseUrl`'],
    ['an unknown scheme', petstore, { security: { kee: 'x' } }, 'It has: key, basic, bearer.'],
    ['a value that a server lacks', petstore, { serverVariables: { region: 'moon' } }, 'is eu, us, not moon'],
  ])('refuse %s at once', (_name, document, options, problem) => {
    expect(() => fromOpenAPI(document as never, options)).toThrow(problem);
  });
});
