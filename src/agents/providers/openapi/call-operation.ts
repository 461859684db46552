import { ToolError } from '../../../sdk/index.js';
import type { OpenAPIDocument, Parameter } from './openapi-document.js';
import { HttpStatusError } from './openapi-errors.js';
import type { OperationInput } from './input-of-operation.js';
import { isJsonType, type Operation } from './operations.js';
import { writeBody } from './request-body.js';
import { proofFor, type Credentials } from './security.js';
import { encodeComponent, serialiseParameter } from './serialise-parameter.js';
import { serverUrl, type ServerOptions } from './server-url.js';

/** Headers of each request, or a function that makes them for each. */
export type RequestHeaders = HeadersInit | (() => HeadersInit | PromiseLike<HeadersInit>);

/** How requests are sent. */
export interface HttpRequestOptions extends ServerOptions {
  /** @default the global `fetch` */
  readonly fetch?: typeof fetch | undefined;
  /** Headers that stay on the host, such as `Authorization`. */
  readonly headers?: RequestHeaders | undefined;
  /** Credentials that stay on the host, by the name of the security scheme. */
  readonly security?: Credentials | undefined;
}

/**
 * Sends the request of an operation.
 *
 * @returns what the server answered: JSON, text, or bytes; `undefined` for an empty answer
 * @throws HttpStatusError for an answer that is no success
 * @throws ToolError for a value that can't be in a path
 */
export async function callOperation(
  document: OpenAPIDocument,
  operation: Operation,
  plan: OperationInput,
  input: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
  options: HttpRequestOptions,
): Promise<unknown> {
  const { fetch: send = fetch, headers: own, security = {} } = options;
  const { path, query, headers, cookies } = writeParameters(operation, plan, input);
  const proof = await proofFor(document, operation.security, security);
  for (const [name, value] of new Headers(typeof own === 'function' ? await own() : own)) headers.set(name, value);
  for (const [name, value] of proof.headers) headers.set(name, value);
  query.push(...proof.query.map(([name, value]) => `${encodeComponent(name)}=${encodeComponent(value)}`));
  cookies.push(...proof.cookies.map(([name, value]) => `${name}=${value}`));
  if (cookies.length > 0) headers.set('Cookie', cookies.join('; '));
  if (!headers.has('Accept')) headers.set('Accept', 'application/json, text/*;q=0.9, */*;q=0.5');
  const given = bodyOf(plan, input);
  const written = operation.body === undefined || given === undefined ? undefined : writeBody(operation.body, given);
  if (written?.contentType !== undefined) headers.set('Content-Type', written.contentType);
  const url = `${serverUrl(operation, options)}${path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  const response = await send(url, {
    method: operation.method,
    headers,
    signal,
    ...(written === undefined ? {} : { body: written.body }),
  });
  const body = await readAnswer(response);
  if (response.ok) return body;
  const { status, statusText } = response;
  throw new HttpStatusError(`${operation.method} ${path}`, status, body, { statusText });
}

interface WrittenParameters {
  readonly path: string;
  readonly query: string[];
  readonly headers: Headers;
  readonly cookies: string[];
}

function writeParameters(
  { path: template }: Operation,
  { parameters }: OperationInput,
  input: Readonly<Record<string, unknown>>,
): WrittenParameters {
  const query: string[] = [];
  const headers = new Headers();
  const cookies: string[] = [];
  let path = template;
  for (const [key, parameter] of parameters) {
    const value = input[key];
    if (value === undefined) continue;
    const text = serialiseParameter(parameter, value);
    if (parameter.in === 'path') path = path.replaceAll(`{${parameter.name}}`, () => inPath(parameter, text));
    else if (parameter.in === 'header') headers.set(parameter.name, text);
    else if (text !== '') (parameter.in === 'query' ? query : cookies).push(text);
  }
  return { path, query, headers, cookies };
}

/** `.` and `..` would lead to another operation, and so would an empty value. */
function inPath({ name }: Parameter, text: string): string {
  if (text !== '' && !/^(?:\.|%2e){1,2}$/i.test(text)) return text;
  throw new ToolError(`"${name}" is a part of the address: ${JSON.stringify(text)} would lead elsewhere.`, {
    name: 'ToolInputError',
  });
}

function bodyOf({ body }: OperationInput, input: Readonly<Record<string, unknown>>): unknown {
  if (body === undefined) return undefined;
  if ('whole' in body) return input[body.whole];
  const given = [...body.properties].filter(([key]) => input[key] !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given.map(([key, name]) => [name, input[key]]));
}

async function readAnswer(response: Response): Promise<unknown> {
  const type = response.headers.get('Content-Type') ?? '';
  if (isJsonType(type)) {
    const text = await response.text();
    if (text === '') return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  }
  if (type.startsWith('text/') || type.includes('xml')) return response.text();
  const bytes = new Uint8Array(await response.arrayBuffer());
  return bytes.length === 0 ? undefined : bytes;
}
