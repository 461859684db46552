import { inFile } from './in-file.mjs';

/** Mutations of the callbacks from a realm's built-ins. @typedef {import('./in-file.mjs').Mutation} Mutation */

const platform = (/** @type {string} */ name) => [`src/context/platform/${name}.test.ts`];

/** @type {readonly Mutation[]} */
export const platformMutations = [
  ...inFile('src/context/platform/promise.ts', platform('promise'), [
    [
      'then: the fulfilled reaction keeps its context',
      '? plainReaction(mapping, onFulfilled as Reaction)',
      '? onFulfilled',
    ],
    [
      'then: the rejected reaction keeps its context',
      '? reaction(mapping, onRejected as Reaction, adopts)',
      '? onRejected',
    ],
    [
      'then: the derived promise is resolved in context',
      'return contextualThenable(mapping, fn(value), adopts);',
      'return fn(value);',
    ],
    [
      'then: the host is asked only where no subclass is resolved',
      'isObject(this) && getPrototypeOf(this) === promisePrototype',
      'isObject(this) && getPrototypeOf(this) !== null',
    ],
    [
      'then: a rethrow is of its own context',
      'if (rethrowingIn !== mapping)',
      'if (rethrowingIn === undefined && mapping !== undefined)',
    ],
    ['then: reactions keep little', 'adopts) : rethrowing;', 'adopts) : reaction(mapping, rethrow);'],
    [
      'then: nothing is ambient after a reaction',
      '    // A job has no caller.\n    current.mapping = undefined;',
      '    // A job has no caller.',
    ],
    ['finally: a thenable is asked in context', 'resolvingIn(current.mapping, onFinally as AnyFunction)', 'onFinally'],
    [
      'then: an interrupted execution reacts no more',
      'stoppable ? mapping?.execution?.interruption : undefined',
      'undefined',
    ],
    ['finally runs also when interrupted', 'adopts && !registeringFinally\n', 'adopts\n'],
    [
      'Promise.resolve: a thenable is asked in the context of the call',
      'mapping !== undefined && asksThenable(this, value)',
      'value === asksThenable',
    ],
    [
      'subclasses of Promise: a thenable is asked in the context of the call',
      'return !isPromiseOf(constructor, value);',
      'return false;',
    ],
    ['subclasses of Promise keep their own promises', 'return !isPromiseOf(constructor, value);', 'return true;'],
  ]),
  ...inFile('src/context/platform/timers.ts', platform('timers'), [
    [
      'timers call back in the context of the call',
      'const contextual = whileRunning(mapping, callback as AnyFunction);',
      'const contextual = callback as AnyFunction;',
    ],
    [
      'queueMicrotask calls back in the context of the call',
      "patches.method(ownerOf(realm, 'queueMicrotask'), 'queueMicrotask', wrapCallback);",
      '',
    ],
    [
      'postTask calls back in the context of the call',
      "patches.method(prototypeOf(realm, 'Scheduler'), 'postTask', wrapCallback);",
      '',
    ],
    ['setImmediate is a timer', "start: ['setImmediate']", 'start: []'],
    ['requestIdleCallback is a timer', "start: ['requestIdleCallback']", 'start: []'],
    ['requestAnimationFrame is a timer', "start: ['requestAnimationFrame']", 'start: []'],
    ['timers end with their execution', 'timers?.forEach((timer) => timer.end());', ''],
  ]),
  ...inFile(
    'src/context/platform/events.ts',
    [...platform('events'), ...platform('messages')],
    [
      [
        'listeners: a synchronous dispatch is transparent',
        'let { mapping } = current;',
        'let mapping: AmbientMapping | undefined;',
      ],
      ['listeners: a task of the platform has nothing ambient', '        current.mapping = undefined;\n', ''],
      [
        'listeners: those of a stopped execution hear no message',
        'if (owner?.interruption !== undefined) return undefined;',
        '',
      ],
      [
        'listeners: an event that code dispatches is no task',
        '(event as Partial<Event>).isTrusted === true && taskEvents',
        'taskEvents',
      ],
      [
        'listeners: registering captures no variables',
        'args[1] = wrappers.register(thisArgument ?? realm, args[1] as Listener);',
        'const { mapping } = current, fn = args[1] as AnyFunction;\n    if (isObject(args[1])) args[1] = (...passed: unknown[]) => callInMapping(mapping, fn, realm, passed);',
      ],
      [
        'listeners: events find the execution that listens',
        'causeOf(args, this, causes) ?? attribution(owner)',
        'causeOf(args, this, causes)',
      ],
      [
        'listeners: one of another execution than the poster’s acts as its own',
        '(owner === undefined || posted.mapping?.execution === owner)',
        'owner !== null',
      ],
      ['listeners can be removed', 'wrappers.find(thisArgument ?? realm, args[1] as Listener) ?? args[1]', 'args[1]'],
      ['handler attributes keep their execution', 'args[0] = wrapper;', ''],
      [
        'XMLHttpRequest answers in the context of send',
        'note(thisArgument);\n    note((thisArgument as { upload?: unknown }).upload);',
        '',
      ],
      [
        'FileReader answers in the context of the reading',
        "patches.method(prototypeOf(realm, 'FileReader'), name, (original, thisArgument, args) => {\n      note(thisArgument);",
        "patches.method(prototypeOf(realm, 'FileReader'), name, (original, thisArgument, args) => {",
      ],
      [
        'IndexedDB answers in the context of the request',
        'if (answers.some((each) => each?.isPrototypeOf(answer as object))) note(answer);',
        '',
      ],
      ['unhandledrejection is of who rejected', "case 'unhandledrejection':\n", ''],
      ['error is of who threw', 'return contextOfThrown((event as ErrorEvent).error);', 'return undefined;'],
    ],
  ),
  ...inFile('src/context/platform/messages.ts', platform('messages'), [
    ['messages: one is of its poster', 'return { mapping: isOwn ? mapping : undefined };', 'return undefined;'],
    [
      'messages: one that a queue of several posted is of none',
      '(!isAlone || entries === current.entries)',
      'entries !== Infinity',
    ],
    ['messages: one task for each message is of its poster', 'last.isAlone = false;', ''],
    [
      'messages: a listener that others need hears that of an interrupted execution',
      '&& mapping.execution?.interruption === undefined',
      '',
    ],
    [
      'messages: an event that code dispatches is none',
      "hasOwn(event, 'isTrusted') && (event as Event).isTrusted === false",
      'false',
    ],
    [
      'messages: a port that nobody hears keeps some',
      'if (++this.#count > most) this.#first = this.#last = undefined;',
      'this.#count += 1;',
    ],
  ]),
  ...inFile(
    'src/context/activations/scheduled.ts',
    ['src/context/activations/scheduled.test.ts', 'workers/kernel/testing/shared-queues.test.ts'],
    [
      [
        'scheduler: what goes on does so in context',
        'return inTurn(mapping, callInMapping(own,',
        'return (callInMapping(own,',
      ],
      [
        'scheduler: one context in each turn',
        'turn.mapping !== mapping && waitedFor !== turn',
        'turn.mapping === task',
      ],
      [
        'scheduler: a shared task is of none',
        '(entries ?? current.entries) !== current.entries',
        'entries === Infinity',
      ],
    ],
  ),
  ...inFile(
    'workers/kernel/modules/separate-turns.ts',
    ['workers/kernel/testing/shared-queues.test.ts'],
    [
      [
        'imports: each execution goes on in a turn of its own',
        'latest !== undefined && latest.execution !== execution',
        'latest === awaited',
      ],
    ],
  ),
  ...inFile('src/context/platform/streams.ts', platform('streams'), [
    ['streams: pull is of the read', 'if (contexts !== undefined) contexts.read = here();', ''],
    [
      'streams: pull is of the iteration',
      "patches.methods(readable, ['values', Symbol.asyncIterator], reads(streams));",
      '',
    ],
    [
      'streams: pull is of the read of a branch',
      'streams.set(branches[0], contexts).set(branches[1], contexts)',
      'void branches',
    ],
    ['streams: pull is of the pipe from it', 'from.read = here();', 'void from;'],
    ['streams: write and close are of the pipe into it', 'into.pipedInto = here();', 'void into;'],
    ['streams: a write is of the call that wrote', 'contexts.written(args[0], current.mapping);', ''],
    ['streams: close, abort and cancel are of the call', 'contexts[kind] ??= here();', ''],
    ['streams: what is locked refuses to end', 'apply(lockedOf, thisArgument, []) === false', 'lockedOf.length === 0'],
    ['streams: a writer without its lock writes nothing', 'users.delete(thisArgument as object);', ''],
    [
      'streams: methods run in the context of what brought them about',
      'return callInMapping(cause.mapping, call, undefined, []);',
      'return callInMapping(current.mapping, call, undefined, []);',
    ],
    [
      'streams: what nobody asked for is of the constructor',
      '(current.mapping === undefined ? contexts.constructed : here())',
      'here()',
    ],
    [
      'streams: the sides of a transform are one',
      'streams.set(apply(side, stream, []) as object, contexts);',
      'void contexts;',
    ],
  ]),
  ...inFile('src/context/platform/stream-contexts.ts', platform('stream-contexts'), [
    ['streams: each chunk is of its own write', 'this.#first = write.next;', ''],
    ['streams: chunks that are refused are passed over', 'if (!is(write.chunk, chunk)) continue;', ''],
    ['streams: nothing is kept of what never arrives', 'this.#first = this.#last = undefined;', ''],
    ['streams: nothing is kept after the close', 'this.takesChunks = false;', ''],
  ]),
  ...inFile('src/context/platform/promise.ts', platform('awaiting-built-ins'), [
    ['Promise.reject notes its context', 'rememberThrown(reason, current.mapping);', ''],
  ]),
  ...inFile('src/context/platform/errors.ts', platform('promise'), [
    ['primitives: a host is told before the rejection', 'thrownPrimitives.onThrown?.(mapping);', ''],
  ]),
  ...inFile('src/context/platform/promise.ts', platform('promise'), [
    ['primitives: a derived promise is of who made it', 'adopts) : rethrowing;', 'adopts) : onRejected;'],
  ]),
  ...inFile('src/context/platform/errors.ts', platform('awaiting-built-ins'), [
    [
      'rejections: the latest place holds',
      'thrown.set(reason, mapping)',
      '!thrown.has(reason) && thrown.set(reason, mapping)',
    ],
    ['rejections: of nobody, where that was last', 'thrown.delete(reason)', 'void thrown'],
  ]),
  ...inFile('src/context/platform/awaiting-built-ins.ts', platform('awaiting-built-ins'), [
    [
      'return() of an async generator: a thenable is asked in the context of the call',
      'args[0] = contextualThenable(current.mapping, args[0]);',
      ';',
    ],
  ]),
  ...inFile('src/context/platform/registrations.ts', platform('registrations'), [
    [
      'locks.request calls back in the context of the call',
      'args[last] = inMapping(current.mapping, callback as AnyFunction);',
      '',
    ],
  ]),
  ...inFile('src/context/platform/registrations.ts', platform('registrations'), [
    [
      'FinalizationRegistry keeps the context of its making',
      'args[0] = inMapping(current.mapping, cleanUp as AnyFunction);',
      '',
    ],
  ]),
];

/** @type {readonly Mutation[]} */
export const newestPlatformMutations = [
  ...inFile('src/context/platform/awaiting-built-ins.ts', platform('awaiting-built-ins'), [
    [
      'Promise.withResolvers: it is settled in context',
      'contextualSettlers(made, thisArgument === PristinePromise)',
      '[made.resolve, made.reject]',
    ],
    [
      'Promise.try: a thenable is asked in the context of the call',
      'args[0] = resolvingIn(mapping, args[0] as AnyFunction);',
      ';',
    ],
    ['Array.fromAsync iterates in the context of the call', 'args[0] = contextualIterable(mapping, args[0]);', ''],
    ['Array.fromAsync maps in the context of the call', 'args[1] = resolvingIn(mapping, args[1] as AnyFunction);', ';'],
    [
      'Array.fromAsync: what mapping gives is asked in the context of the call',
      'return contextualThenable(mapping, apply(fn, this, args));',
      'return apply(fn, this, args);',
    ],
  ]),
  ...inFile('src/context/platform/iteration.ts', platform('awaiting-built-ins'), [
    [
      'Array.fromAsync calls methods of iterators in context',
      'inContext(() => settle(apply(original as AnyFunction, iterator, args)))',
      'settle(apply(original as AnyFunction, iterator, args))',
    ],
    [
      'Array.fromAsync asks thenables of sync iterables in context',
      'return { done, value: contextualThenable(mapping, value) };',
      'return { done, value };',
    ],
    [
      'Array.fromAsync reads what is like an array in context',
      'inContext(() => contextualThenable(mapping, get(items, key)))',
      'get(items, key)',
    ],
  ]),
  ...inFile('src/context/platform/disposal.ts', platform('disposal'), [
    ['AsyncDisposableStack: of its disposal', 'if (disposal !== undefined) disposal.mapping = current.mapping;', ''],
    [
      'AsyncDisposableStack: what is used is disposed of in context',
      'const dispose = contextual(thisArgument, method as AnyFunction, resource);',
      'const dispose = (): unknown => apply(method, resource, []);',
    ],
    [
      'AsyncDisposableStack: callbacks run in context',
      'args[index] = contextual(thisArgument, dispose as AnyFunction);',
      ';',
    ],
    [
      'AsyncDisposableStack: a thenable is asked in context',
      'contextualThenable(mapping, apply(dispose, thisArgument, args))',
      'apply(dispose, thisArgument, args)',
    ],
    [
      'AsyncDisposableStack: what moves is of the other stack',
      'disposals.set(moved, disposalOf(thisArgument as object));',
      '',
    ],
  ]),
];
