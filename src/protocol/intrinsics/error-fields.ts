import { dataProperty, findProperty, type IsProxy } from './brand.js';
import { domExceptionMessage, domExceptionName, errorStackGetter, platformGetters } from './slots.js';

export interface ErrorFields {
  /** The native constructor that the error descends from: `Error`, `TypeError`, `AggregateError`, `DOMException` … */
  readonly constructor: string;
  readonly name: string;
  readonly message: string;
}

const simpleErrors = [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError];

const makers = new Map<string, (message: string, name: string) => Error>([
  ...simpleErrors.map((constructor) => [constructor.name, (message: string) => new constructor(message)] as const),
  ['AggregateError', (message) => new AggregateError([], message)],
  ...(typeof DOMException === 'undefined'
    ? []
    : [['DOMException', (message: string, name: string) => new DOMException(message, name)] as const]),
]);

const natives = new Map<object, string>(
  [...simpleErrors, AggregateError, ...(typeof DOMException === 'undefined' ? [] : [DOMException])].map(
    (constructor) => [constructor.prototype, constructor.name],
  ),
);

/** Name and message as a reader of the error would see them, without running a getter of its author. */
export function errorFields(error: object, isProxy: IsProxy): ErrorFields {
  const constructor = nativeConstructor(error, isProxy);
  // Asking any error for what only a DOMException has would make and throw another error each time.
  if (constructor === 'DOMException' && domExceptionName !== undefined && domExceptionMessage !== undefined) {
    try {
      return { constructor, name: domExceptionName(error), message: domExceptionMessage(error) };
    } catch {
      // Made to look like one: what it has as data is what it has.
    }
  }
  const name = dataProperty(error, 'name', isProxy);
  const message = dataProperty(error, 'message', isProxy);
  return {
    constructor: constructor === 'DOMException' ? 'Error' : constructor,
    name: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : '',
  };
}

/**
 * Text of an error's stack: own data, or what the platform's own getter says. The platform writes it when it is first
 * read, and asks the error for its name and message: where those are accessors, that would run them.
 */
export function errorStack(error: object, isProxy: IsProxy): string | undefined {
  if (['name', 'message'].some((key) => isAuthorsAccessor(findProperty(error, key, isProxy)))) return undefined;
  const descriptor = Object.getOwnPropertyDescriptor(error, 'stack');
  const getter = errorStackGetter();
  const isPlatforms = descriptor === undefined || (descriptor.get !== undefined && descriptor.get === getter);
  const stack =
    isPlatforms && getter !== undefined
      ? (Reflect.apply(getter, error, []) as unknown)
      : (descriptor?.value as unknown);
  return typeof stack === 'string' ? stack : undefined;
}

function isAuthorsAccessor(descriptor: PropertyDescriptor | undefined): boolean {
  return descriptor?.get !== undefined && !platformGetters.has(descriptor.get);
}

function nativeConstructor(error: object, isProxy: IsProxy): string {
  for (let at: object | null = error; at !== null && !isProxy(at); at = Object.getPrototypeOf(at) as object | null) {
    const name = natives.get(at);
    if (name !== undefined) return name;
  }
  return 'Error';
}

/**
 * The error anew. Its stack holds no frames: those of the reading side would mislead. `undefined` for an unknown
 * constructor.
 */
export function makeError({ constructor, name, message }: ErrorFields): Error | undefined {
  const error = makers.get(constructor)?.(message, name);
  if (error === undefined) return undefined;
  if (error.name !== name) define(error, 'name', name);
  define(error, 'stack', message === '' ? name : `${name}: ${message}`);
  return error;
}

function define(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, enumerable: false, configurable: true });
}
