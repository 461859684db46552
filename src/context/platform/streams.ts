import { current } from '../current.js';
import { paced } from '../pacing.js';
import { isObject } from '../is-object.js';
import { PristineWeakMap } from '../pristine-collections.js';
import { contextualThenable } from '../activations/thenables.js';
import { callInMapping } from './callbacks.js';
import { type AnyFunction, type CallPatch, getterOf, type Patches, prototypeOf } from './patches.js';
import { type Cause, StreamContexts } from './stream-contexts.js';
import { apply } from '../pristine-built-ins.js';

const sourceMethods = ['start', 'pull', 'cancel'];
const sinkMethods = ['start', 'write', 'close', 'abort'];
const transformerMethods = ['start', 'transform', 'flush', 'cancel'];

/** By stream, and by reader or writer while it holds the lock. */
type KnownStreams = WeakMap<object, StreamContexts>;

const here = (): Cause => ({ mapping: current.mapping });

/**
 * The callbacks of a stream run in the context of the call that causes them, even if back-pressure delays them: `start` in the
 * constructor's context, `pull` in the context of `read()`, `write` and `transform` in the context of the chunk's `write()`,
 * and between piped streams all of them in the context of the pipe.
 * @see https://github.com/tc39/proposal-async-context/blob/master/WEB-INTEGRATION.md#stream-underlying-apis
 */
export function patchStreams(patches: Patches, realm: typeof globalThis): void {
  const streams: KnownStreams = new PristineWeakMap();
  const users: KnownStreams = new PristineWeakMap();
  const transformStream = prototypeOf(realm, 'TransformStream');
  const sidesOf = [getterOf(transformStream, 'readable'), getterOf(transformStream, 'writable')];
  const isItself = (stream: object, contexts: StreamContexts): void => void streams.set(stream, contexts);
  patchConstructor(patches, realm, 'ReadableStream', sourceMethods, isItself);
  patchConstructor(patches, realm, 'WritableStream', sinkMethods, isItself);
  patchConstructor(patches, realm, 'TransformStream', transformerMethods, (stream, contexts) => {
    for (const side of sidesOf) if (side !== undefined) streams.set(apply(side, stream, []) as object, contexts);
  });
  patchReading(patches, realm, streams, users);
  patchWriting(patches, realm, streams, users);
}

function patchReading(patches: Patches, realm: typeof globalThis, streams: KnownStreams, readers: KnownStreams): void {
  const readable = prototypeOf(realm, 'ReadableStream');
  const readerNames = ['ReadableStreamDefaultReader', 'ReadableStreamBYOBReader'];
  const reads =
    (known: KnownStreams): CallPatch =>
    (original, thisArgument, args) => {
      const contexts = known.get(thisArgument as object);
      if (contexts !== undefined) contexts.read = here();
      return apply(original, thisArgument, args);
    };
  patchLocks(patches, realm, readable, 'getReader', readerNames, streams, readers);
  patchEnds(patches, realm, 'ReadableStream', readerNames, [['cancel', 'aborted']], streams, readers);
  for (const name of readerNames) patches.method(prototypeOf(realm, name), 'read', reads(readers));
  patches.methods(readable, ['values', Symbol.asyncIterator], reads(streams));
  patches.method(readable, 'tee', (original, thisArgument, args) => {
    const branches = apply(original, thisArgument, args) as [object, object];
    const contexts = streams.get(thisArgument as object);
    if (contexts !== undefined) streams.set(branches[0], contexts).set(branches[1], contexts);
    return branches;
  });
  const pipe = (source: unknown, destination: unknown): void => {
    const from = streams.get(source as object);
    const into = streams.get(destination as object);
    if (from !== undefined) from.read = here();
    if (into !== undefined) into.pipedInto = here();
  };
  patches.method(readable, 'pipeTo', (original, thisArgument, args) => {
    pipe(thisArgument, args[0]);
    return apply(original, thisArgument, args);
  });
  patches.method(readable, 'pipeThrough', (original, thisArgument, args) => {
    pipe(thisArgument, (args[0] as { writable?: unknown } | undefined)?.writable);
    return apply(original, thisArgument, args);
  });
}

function patchWriting(patches: Patches, realm: typeof globalThis, streams: KnownStreams, writers: KnownStreams): void {
  const writable = prototypeOf(realm, 'WritableStream');
  const writer = prototypeOf(realm, 'WritableStreamDefaultWriter');
  const desiredSizeOf = getterOf(writer, 'desiredSize');
  patchLocks(patches, realm, writable, 'getWriter', ['WritableStreamDefaultWriter'], streams, writers);
  patches.method(writer, 'write', (original, thisArgument, args) => {
    const contexts = writers.get(thisArgument as object);
    if (contexts === undefined || desiredSizeOf === undefined) return apply(original, thisArgument, args);
    contexts.written(args[0], current.mapping);
    const written = apply(original, thisArgument, args);
    // https://streams.spec.whatwg.org/#writable-stream-default-writer-get-desired-size: null once it is errored.
    if (apply(desiredSizeOf, thisArgument, []) === null) contexts.forgetWrites();
    return written;
  });
  patchEnds(
    patches,
    realm,
    'WritableStream',
    ['WritableStreamDefaultWriter'],
    [
      ['close', 'closed'],
      ['abort', 'aborted'],
    ],
    streams,
    writers,
  );
}

/** A locked stream rejects calls that don't come through its reader or writer. */
function patchEnds(
  patches: Patches,
  realm: typeof globalThis,
  streamName: string,
  userNames: readonly string[],
  ends: readonly (readonly [method: string, kind: 'closed' | 'aborted'])[],
  streams: KnownStreams,
  users: KnownStreams,
): void {
  const lockedOf = getterOf(prototypeOf(realm, streamName), 'locked');
  const end =
    (known: KnownStreams, kind: 'closed' | 'aborted'): CallPatch =>
    (original, thisArgument, args) => {
      const contexts = known.get(thisArgument as object);
      if (
        contexts !== undefined &&
        (known === users || (lockedOf !== undefined && apply(lockedOf, thisArgument, []) === false))
      ) {
        contexts[kind] ??= here();
      }
      return apply(original, thisArgument, args);
    };
  for (const [method, kind] of ends) {
    patches.method(prototypeOf(realm, streamName), method, end(streams, kind));
    for (const name of userNames) patches.method(prototypeOf(realm, name), method, end(users, kind));
  }
}

/** Readers and writers know their stream as long as they hold its lock. */
function patchLocks(
  patches: Patches,
  realm: typeof globalThis,
  stream: object | undefined,
  getter: string,
  classNames: readonly string[],
  streams: KnownStreams,
  users: KnownStreams,
): void {
  const hold = (user: object, held: unknown): void => {
    const contexts = streams.get(held as object);
    if (contexts !== undefined) users.set(user, contexts);
  };
  patches.method(stream, getter, (original, thisArgument, args) => {
    const user = apply(original, thisArgument, args) as object;
    hold(user, thisArgument);
    return user;
  });
  for (const name of classNames) {
    patches.construct(
      realm,
      name,
      (args) => args,
      (user, args) => hold(user, args[0]),
    );
    patches.method(prototypeOf(realm, name), 'releaseLock', (original, thisArgument, args) => {
      const released = apply(original, thisArgument, args);
      users.delete(thisArgument as object);
      return released;
    });
  }
}

function patchConstructor(
  patches: Patches,
  realm: typeof globalThis,
  name: string,
  methods: readonly string[],
  made: (stream: object, contexts: StreamContexts) => void,
): void {
  const contextsOf = new PristineWeakMap<object, StreamContexts>();
  patches.construct(
    realm,
    name,
    (args) => {
      const underlying = args[0];
      if (!isObject(underlying)) return args;
      const contexts = new StreamContexts(here());
      const standIn = contextualObject(underlying, methods, contexts);
      contexts.takesChunks = standIn['write'] !== undefined || standIn['transform'] !== undefined;
      contextsOf.set(standIn, contexts);
      args[0] = standIn;
      return args;
    },
    (stream, args) => {
      const contexts = contextsOf.get(args[0] as object);
      if (contexts !== undefined) made(stream, contexts);
    },
  );
}

/** Wraps an underlying source, sink or transformer: the same members, with methods that run in context. */
function contextualObject(
  underlying: object,
  methods: readonly string[],
  contexts: StreamContexts,
): Record<string, unknown> {
  const members = underlying as Record<string, unknown>;
  const standIn: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const name of ['type', 'autoAllocateChunkSize', 'readableType', 'writableType']) {
    if (members[name] !== undefined) standIn[name] = members[name];
  }
  for (let index = 0; index < methods.length; index += 1) {
    const name = methods[index] ?? '';
    const method = members[name];
    if (method !== undefined)
      standIn[name] =
        typeof method === 'function' ? contextualMethod(name, method as AnyFunction, underlying, contexts) : method;
  }
  return standIn;
}

function contextualMethod(
  name: string,
  method: AnyFunction,
  underlying: object,
  contexts: StreamContexts,
): AnyFunction {
  return (...args) => {
    const cause = contexts.causeOf(name, args[0]) ?? (current.mapping === undefined ? contexts.constructed : here());
    // The engine waits for what it gives.
    const call = (): unknown => paced(contextualThenable(cause.mapping, apply(method, underlying, args)));
    return callInMapping(cause.mapping, call, undefined, []);
  };
}
