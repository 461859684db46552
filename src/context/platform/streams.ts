import { current, type AmbientMapping } from '../current.js';
import { PristineWeakMap } from '../pristine-collections.js';
import { callInMapping } from './callbacks.js';
import { type Patches, prototypeOf, type AnyFunction } from './patches.js';

const { apply } = Reflect;

/** In which contexts the callbacks of one stream may have to run. */
interface StreamContexts {
  readonly constructed: AmbientMapping | undefined;
  /** Of the latest `read()`, which is what a later `pull` answers. */
  read: AmbientMapping | undefined;
}

const sourceMethods = ['start', 'pull', 'cancel'];
const sinkMethods = ['start', 'write', 'close', 'abort'];
const transformerMethods = ['start', 'transform', 'flush', 'cancel'];

/**
 * The callbacks of a stream run in the context of the call that brings them about, where they run within it; otherwise
 * `pull` runs in that of the latest `read()`, and the others in that of the constructor.
 */
export function patchStreams(patches: Patches, realm: typeof globalThis): void {
  const readable = new PristineWeakMap<object, StreamContexts>();
  const readers = new PristineWeakMap<object, StreamContexts>();
  patchConstructor(patches, realm, 'ReadableStream', sourceMethods, readable);
  patchConstructor(patches, realm, 'WritableStream', sinkMethods);
  patchConstructor(patches, realm, 'TransformStream', transformerMethods);

  const knowReader = (reader: unknown, stream: unknown): void => {
    const contexts = readable.get(stream as object);
    if (contexts !== undefined) readers.set(reader as object, contexts);
  };
  patches.method(prototypeOf(realm, 'ReadableStream'), 'getReader', (original, thisArgument, args) => {
    const reader = apply(original, thisArgument, args) as unknown;
    knowReader(reader, thisArgument);
    return reader;
  });
  for (const name of ['ReadableStreamDefaultReader', 'ReadableStreamBYOBReader']) {
    patches.construct(realm, name, (args) => args, (reader, args) => knowReader(reader, args[0]));
    patches.method(prototypeOf(realm, name), 'read', (original, thisArgument, args) => {
      const contexts = readers.get(thisArgument as object);
      if (contexts !== undefined) contexts.read = current.mapping;
      return apply(original, thisArgument, args);
    });
  }
}

function patchConstructor(
  patches: Patches,
  realm: typeof globalThis,
  name: string,
  methods: readonly string[],
  streams?: WeakMap<object, StreamContexts>,
): void {
  const contextsOf = new PristineWeakMap<object, StreamContexts>();
  patches.construct(
    realm,
    name,
    (args) => {
      const underlying = args[0];
      if (typeof underlying !== 'object' || underlying === null) return args;
      const contexts: StreamContexts = { constructed: current.mapping, read: undefined };
      const standIn = contextualObject(underlying, methods, contexts);
      contextsOf.set(standIn, contexts);
      args[0] = standIn;
      return args;
    },
    (stream, args) => {
      const contexts = contextsOf.get(args[0] as object);
      if (contexts !== undefined) streams?.set(stream, contexts);
    },
  );
}

/** Stands for an underlying source, sink or transformer: the same members, whose methods are called in context. */
function contextualObject(underlying: object, methods: readonly string[], contexts: StreamContexts): object {
  const members = underlying as Record<string, unknown>;
  const standIn: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const name of ['type', 'autoAllocateChunkSize', 'readableType', 'writableType']) {
    if (members[name] !== undefined) standIn[name] = members[name];
  }
  for (let index = 0; index < methods.length; index += 1) {
    const name = methods[index] ?? '';
    const method = members[name];
    if (method === undefined) continue;
    standIn[name] =
      typeof method === 'function' ? contextualMethod(name, method as AnyFunction, underlying, contexts) : method;
  }
  return standIn;
}

function contextualMethod(name: string, method: AnyFunction, underlying: object, contexts: StreamContexts): AnyFunction {
  return (...args) => {
    if (current.mapping !== undefined) return apply(method, underlying, args);
    const mapping = (name === 'pull' ? contexts.read : undefined) ?? contexts.constructed;
    return callInMapping(mapping, method, underlying, args);
  };
}
