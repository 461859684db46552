import { CodemodeError, ToolError, type CodemodeErrorOptions } from '../../../sdk/index.js';

/** An OpenAPI document can't be used. Its `place` is a JSON pointer (RFC 6901) into the document. */
export class OpenAPIDocumentError extends CodemodeError {
  override readonly name = 'OpenAPIDocumentError';

  constructor(
    problem: string,
    readonly place: string,
    options: CodemodeErrorOptions = {},
  ) {
    super(`The OpenAPI document can't be used${place === '' ? '' : ` at ${place}`}: ${problem}`, options);
  }
}

const shownCharacters = 2000;

/** A server answered with a status that is no success. Code reads the name and the message, with the start of the body. */
export class HttpStatusError extends ToolError {
  constructor(
    readonly request: string,
    readonly status: number,
    /** As the server sent it: JSON, a text, or bytes. */
    readonly body: unknown,
    options: CodemodeErrorOptions & { readonly statusText?: string } = {},
  ) {
    const { statusText = '' } = options;
    const answer = `${request} answered ${status}${statusText === '' ? '' : ` ${statusText}`}`;
    super(body === undefined || body === '' ? `${answer}.` : `${answer}: ${shown(body)}`, {
      ...options,
      name: 'HttpStatusError',
    });
  }
}

function shown(body: unknown): string {
  if (body instanceof Uint8Array) return `${body.length} bytes`;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}…`;
}
