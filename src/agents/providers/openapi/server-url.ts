import { objectOf, listOf, textOf, type JsonObject } from './openapi-document.js';
import { OpenAPIDocumentError } from './openapi-errors.js';
import type { Operation } from './operations.js';

/** Where requests go, beside what the document says. */
export interface ServerOptions {
  /** Address that takes the place of the document's servers. */
  readonly baseUrl?: string | undefined;
  /** Values of the variables in the address of a server. @default what the document says */
  readonly serverVariables?: Readonly<Record<string, string>> | undefined;
  /** Address of the document, for servers that are relative to it. */
  readonly documentUrl?: string | undefined;
}

/** The address of an operation's server, without a slash at its end. */
export function serverUrl(operation: Operation, options: ServerOptions): string {
  const { baseUrl, documentUrl } = options;
  const address = baseUrl ?? addressOf(objectOf(operation.servers[0]), options);
  if (documentUrl === undefined && !URL.canParse(address)) {
    throw new OpenAPIDocumentError(
      `its server is ${JSON.stringify(address)}. Pass the address as \`baseUrl\`, or the document's own as \`documentUrl\`.`,
      '/servers',
    );
  }
  const url = new URL(address, documentUrl).href;
  return url.endsWith('/') ? url.slice(0, -1) : url;
}

/** @throws OpenAPIDocumentError for a variable without a value, or with one that the document does not allow */
function addressOf(server: JsonObject, { serverVariables = {} }: ServerOptions): string {
  const variables = objectOf(server['variables']);
  return (textOf(server['url']) ?? '/').replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const variable = objectOf(variables[name]);
    const value = serverVariables[name] ?? textOf(variable['default']);
    if (value === undefined) {
      throw new OpenAPIDocumentError(`the variable "${name}" of its server has no value.`, '/servers');
    }
    const allowed = listOf(variable['enum']);
    if (allowed.length > 0 && !allowed.includes(value)) {
      throw new OpenAPIDocumentError(
        `the variable "${name}" of its server is ${allowed.join(', ')}, not ${value}.`,
        '/servers',
      );
    }
    return value;
  });
}

/** Checks the addresses of all operations, so that a tool does not fail at its first call. */
export function checkServers(operations: readonly Operation[], options: ServerOptions): void {
  for (const operation of operations) serverUrl(operation, options);
}
