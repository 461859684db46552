import { toBase64 } from '../../../protocol/codec/format.js';
import { follow } from './references.js';
import { isObject, objectOf, textOf, type Json, type JsonObject, type OpenAPIDocument } from './openapi-document.js';
import { OpenAPIDocumentError } from './openapi-errors.js';

/** What proves who calls: a key or token, or a name and a password for HTTP's basic scheme. */
export type Credential = string | { readonly username: string; readonly password: string };

/** Credentials by the name of their security scheme. A function is asked before each request, and may fetch a new token. */
export type Credentials = Readonly<Record<string, Credential | (() => Credential | PromiseLike<Credential>)>>;

/** Parts of a request that prove who calls. */
export interface Proof {
  readonly headers: readonly (readonly [string, string])[];
  readonly query: readonly (readonly [string, string])[];
  readonly cookies: readonly (readonly [string, string])[];
}

/**
 * The proof for an operation: of its alternatives the first for which there are all credentials. Without any, there is none,
 * and the server decides.
 * @param security alternatives, each an object with the names of the schemes that it needs
 */
export async function proofFor(
  document: OpenAPIDocument,
  security: readonly Json[],
  credentials: Credentials,
): Promise<Proof> {
  const names = security.map((one) => Object.keys(objectOf(one)));
  const chosen = names.find(
    (schemes) => schemes.length > 0 && schemes.every((name) => Object.hasOwn(credentials, name)),
  );
  const proof = {
    headers: [] as [string, string][],
    query: [] as [string, string][],
    cookies: [] as [string, string][],
  };
  for (const name of chosen ?? []) {
    const given = credentials[name]!;
    const credential = typeof given === 'function' ? await given() : given;
    const scheme = objectOf(follow(document, objectOf(objectOf(document['components'])['securitySchemes'])[name]));
    const place = placeOf(scheme);
    if (place === undefined) proof.headers.push(['Authorization', authorization(scheme, credential)]);
    else proof[place].push([textOf(scheme['name'])!, keyText(credential)]);
  }
  return proof;
}

/** @throws OpenAPIDocumentError for credentials of a scheme that the document does not have */
export function checkCredentials(document: OpenAPIDocument, credentials: Credentials): void {
  const schemes = objectOf(objectOf(document['components'])['securitySchemes']);
  for (const name of Object.keys(credentials)) {
    if (isObject(follow(document, schemes[name]))) continue;
    const known = Object.keys(schemes).join(', ') || 'none';
    throw new OpenAPIDocumentError(
      `there is no security scheme "${name}", for which you passed credentials. It has: ${known}.`,
      '/components/securitySchemes',
    );
  }
}

function placeOf(scheme: JsonObject): keyof Proof | undefined {
  if (scheme['type'] !== 'apiKey') return undefined;
  if (scheme['in'] === 'query') return 'query';
  return scheme['in'] === 'cookie' ? 'cookies' : 'headers';
}

function keyText(credential: Credential): string {
  return typeof credential === 'string' ? credential : credential.password;
}

function authorization(scheme: JsonObject, credential: Credential): string {
  const isBasic = scheme['type'] === 'http' && textOf(scheme['scheme'])?.toLowerCase() === 'basic';
  if (!isBasic) return `Bearer ${keyText(credential)}`;
  if (typeof credential === 'string') return `Basic ${credential}`;
  const bytes = new TextEncoder().encode(`${credential.username}:${credential.password}`);
  return `Basic ${toBase64(bytes.buffer)}`;
}
