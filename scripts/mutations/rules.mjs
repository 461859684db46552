/**
 * One deliberate break for each rule of the context engine.
 *
 * @typedef {object} Mutation
 * @property {string} rule  What no longer holds.
 * @property {string} file
 * @property {string} from  Occurs once in the file.
 * @property {string} to
 * @property {string[]} tests  Of which one must fail.
 */

const instrumentation = ['src/compiler/instrument.test.ts', 'src/compiler/differential.test.ts'];
const platform = (/** @type {string} */ name) => [`src/context/platform/${name}.test.ts`];

/** @type {(file: string, tests: string[], breaks: [rule: string, from: string, to: string][]) => Mutation[]} */
const inFile = (file, tests, breaks) => breaks.map(([rule, from, to]) => ({ rule, file, from, to, tests }));

const knowsUsing = 'asyncDispose' in Symbol && (() => {
  try {
    return Boolean(new Function('{ using x = null; }'));
  } catch {
    return false;
  }
})();

/** Tests of these need a Node that knows `using`; where it does not, nothing could kill the mutants. @type {readonly Mutation[]} */
const ofResources = [
  ...inFile('src/context/frames.ts', instrumentation, [
    ['await using: disposes in the own context', '[Symbol.asyncDispose](): unknown {\n      reenter(frame);', '[Symbol.asyncDispose](): unknown {'],
    ['await using: goes on in the own context', '{ [Symbol.dispose]: () => reenter(frame) }', '{ [Symbol.dispose]: () => undefined }'],
    ['await using: a thenable is asked in the own context', 'isSync ? undefined : contextualThenable(frame.own, result)', 'isSync ? undefined : result'],
  ]),
  ...inFile('src/compiler/instrument.ts', instrumentation, [
    ['await using is instrumented', 'this.#resources.declaration(node, parent!, frame)', 'void parent'],
  ]),
];

/** @type {readonly Mutation[]} */
export const mutations = [
  ...(knowsUsing ? ofResources : []),
  ...inFile('src/context/frames.ts', instrumentation, [
    ['await: the caller\'s context is back while waiting', 'leave(frame);\n  return awaited;', 'frame.running = false;\n  return awaited;'],
    ['await: the own context is back after the wait', '  goOn(frame);\n  if (frame.execution', '  if (frame.execution'],
    ['await: a thenable is asked in the own context', 'const awaited = contextualThenable(frame.own, value);', 'const awaited = value;'],
    ['await: an interrupted execution waits no more', 'throw frame.execution.interruption;\n  const awaited', 'void frame;\n  const awaited'],
    ['await: an interrupted execution goes on no more', 'throw frame.execution.interruption;\n  return value;', 'void frame;\n  return value;'],
    ['resumption: who resumes gets their own context back', 'if (frame.previous !== mapping) frame.previous = mapping;', ''],
    ['resumption: the own context is put in force', 'if (mapping !== own) current.mapping = own;', ''],
    ['suspension: what was in force before is put back', 'if (current.mapping !== previous) current.mapping = previous;', ''],
    ['function: the caller\'s context is back at its end', 'if (frame.running) leave(frame);', ''],
    ['function: the context is that of its call', 'own: mapping, previous: mapping', 'own: undefined, previous: mapping'],
    ['generator: the context is that of the creator', 'own: mapping, previous: undefined', 'own: undefined, previous: undefined'],
    ['yield: the context of who calls next is back', 'leave(frame);\n  return value;', 'frame.running = false;\n  return value;'],
    ['catch and finally: the own context is back', 'if (!frame.running) goOn(frame);', ''],
    ['return of a thenable: it is asked in the own context', 'return mapping === undefined ? value : contextualThenable(mapping, value);', 'return value;'],
    ['iterators: methods run in the own context', 'const { frame } = this;\n    reenter(frame);', 'const { frame } = this;'],
    ['for await: a thenable of a sync iterable is asked in context', 'return { done, value: contextualThenable(this.frame.own, value) };', 'return { done, value };'],
    ['for await: closing without a return method waits', 'if (method === undefined) leave(this.frame);\n', ''],
    ['executor: a thenable is asked in the own context', 'resolve(returned(value));', 'resolve(value);'],
    ['executor: an interrupted execution waits for nothing', 'mapping.execution?.onInterrupt?.(reject)', 'undefined as (() => void) | undefined'],
    ['thenable: the context ends with its then', '    } finally {\n      current.mapping = outer;\n    }\n  }\n}\n\n/**\n * What to await',
      '    } finally {\n    }\n  }\n}\n\n/**\n * What to await'],
  ]),
  ...inFile('src/compiler/instrument.ts', instrumentation, [
    ['await is instrumented', "case 'AwaitExpression':\n        this.#await(node, frame);", "case 'AwaitExpression':"],
    ['yield is instrumented', "case 'YieldExpression':\n        this.#yield(node, frame, activation.async);", "case 'YieldExpression':"],
    ['yield in an async generator awaits', 'isAsync ? suspend : suspendYield', 'suspendYield'],
    ['yield* of an async generator takes async iterators', 'isAsync ? asyncIterable : syncIterable', 'syncIterable'],
    ['return in an async generator awaits', "call = `${this.names.suspend}(${activation.frame!},`", 'return'],
    ['return of a thenable is instrumented', "else if (mayBeThenable(argument)) call = `${this.names.returned}(`;\n    else return;", 'else return;'],
    ['catch is instrumented', 'this.edits.insert(body.start + 1, `${reenter}(${frame});`, Rank.instrument);', ''],
    ['catch with a pattern is instrumented', '${target}){${reenter}(${frame});let ', '${target}){let '],
    ['finally is instrumented', 'this.edits.insert(finalizer.start + 1, `${reenter}(${frame});`, Rank.instrument);', ''],
    ['finally after a catch that waits is instrumented', '|| (handler != null && this.facts.suspendsIn(handler))', ''],
    ['executor is instrumented', "this.edits.wrap(first, `${this.names.executor}(Promise,`, ')', Rank.instrument);", ''],
    ['try statements are instrumented', "case 'TryStatement':\n        this.#try(node, frame);", "case 'TryStatement':"],
    ['for await is instrumented', "case 'ForOfStatement':\n        this.#loops.forOf(node, frame, parent === this.#program);", "case 'ForOfStatement':"],
  ]),
  ...inFile('src/compiler/instrument-functions.ts', instrumentation, [
    ['generator: captured at the call', 'if (this.#canCaptureInParameters(node, body, facts)) {', 'if (false) {'],
    ['function: the frame ends with it', '`}finally{${exit}(${frame})}`, Rank', '`}finally{}`, Rank'],
    ['arrow function: the frame ends with it', '`}finally{${names.exit}(${frame})}}`', '`}finally{}}`'],
    ['arrow function: a returned thenable is asked in context', 'async && mayBeThenable(body) ? `${names.returned}(`', 'false ? `(`'],
  ]),
  ...inFile('src/compiler/instrument-loops.ts', instrumentation, [
    ['for await: the own context is back in the body', "const resume = node.await === true ? `${names.resume}(${frame});` : '';", "const resume = '';"],
    ['for await: the own context is back after the loop', '`}finally{${this.#shared.names.reenter}(${frame})}`, Rank', '`}finally{}`, Rank'],
    ['for of: its iterator is closed in the own context', '`}finally{${names.reenter}(${frame})}}`', '`}finally{}}`'],
  ]),
  ...inFile('src/context/platform/promise.ts', platform('promise'), [
    ['then: the fulfilled reaction keeps its context', "onFulfilled = reaction(mapping, onFulfilled as Reaction, stoppable);", ';'],
    ['then: the rejected reaction keeps its context', "onRejected = reaction(mapping, onRejected as Reaction, false);", ';'],
    ['then: the derived promise is resolved in context', 'return contextualThenable(mapping, fn(value));', 'return fn(value);'],
    ['then: the context ends with the reaction', '    } finally {\n      current.mapping = outer;', '    } finally {'],
    ['then: an interrupted execution reacts no more', 'stoppable ? mapping.execution?.interruption : undefined', 'undefined'],
    ['finally runs also when interrupted', 'const stoppable = !registeringFinally;', 'const stoppable = true;'],
    // Node 20 has none to patch.
    ...('fromAsync' in Array ? /** @type {[string, string, string][]} */ ([['Array.fromAsync maps in the context of the call', 'args[1] = inMapping(mapping, mapItem as Reaction);', ';']]) : []),
  ]),
  ...inFile('src/context/platform/timers.ts', platform('timers'), [
    ['timers call back in the context of the call', 'const contextual = whileRunning(mapping, callback as AnyFunction);', 'const contextual = callback as AnyFunction;'],
    ['queueMicrotask calls back in the context of the call', "patches.method(ownerOf(realm, 'queueMicrotask'), 'queueMicrotask', wrapCallback);", ''],
    ['postTask calls back in the context of the call', "patches.method(prototypeOf(realm, 'Scheduler'), 'postTask', wrapCallback);", ''],
    ['requestAnimationFrame is a timer', "start: ['requestAnimationFrame']", 'start: []'],
    ['timers end with their execution', 'timers?.forEach((timer) => timer.end());', ''],
  ]),
  ...inFile('src/context/platform/events.ts', platform('events'), [
    ['listeners: a synchronous dispatch is transparent', 'if (current.mapping !== undefined) return apply(fn, thisArgument, args) as unknown;', ''],
    ['listeners: registering captures no variables', 'args[1] = wrappers.register(thisArgument ?? realm, args[1]);',
      'const { mapping } = current, fn = args[1] as AnyFunction;\n    if (isListener(args[1])) args[1] = (...passed: unknown[]) => callInMapping(mapping, fn, realm, passed);'],
    ['listeners: events find the execution that listens', 'causeOf(args, this, causes) ?? attribution(executionOf())', 'causeOf(args, this, causes)'],
    ['listeners can be removed', 'wrappers.find(thisArgument ?? realm, args[1]) ?? args[1]', 'args[1]'],
    ['handler attributes keep their execution', 'args[0] = wrapper;', ''],
    ['XMLHttpRequest answers in the context of send', 'note(thisArgument);\n    note((thisArgument as { upload?: unknown }).upload);', ''],
    ['FileReader answers in the context of the reading', 'patches.method(prototypeOf(realm, \'FileReader\'), name, (original, thisArgument, args) => {\n      note(thisArgument);',
      'patches.method(prototypeOf(realm, \'FileReader\'), name, (original, thisArgument, args) => {'],
    ['IndexedDB answers in the context of the request', 'if (answers.some((each) => each?.isPrototypeOf(answer as object))) note(answer);', ''],
    ['unhandledrejection is of who rejected', "type === 'unhandledrejection' || type === 'rejectionhandled'", 'false'],
    ['error is of who threw', "return type === 'error' ? contextOfThrown(error) : undefined;", 'return undefined;'],
  ]),
  ...inFile('src/context/platform/streams.ts', platform('streams'), [
    ['streams: pull is of the read', "contexts.read = current.mapping;", ''],
    ['streams: start is of the constructor', "(name === 'pull' ? contexts.read : undefined) ?? contexts.constructed", "(name === 'pull' ? contexts.read : undefined)"],
    ['streams: write is of the call that it answers', 'if (current.mapping !== undefined) return apply(method, underlying, args);', ''],
  ]),
  ...inFile('src/context/platform/locks.ts', platform('registrations'), [
    ['locks.request calls back in the context of the call', 'args[last] = inMapping(current.mapping, callback as AnyFunction);', ''],
  ]),
  ...inFile('src/context/platform/finalization.ts', platform('registrations'), [
    ['FinalizationRegistry keeps the context of its making', 'args[0] = inMapping(current.mapping, cleanUp as AnyFunction);', ''],
  ]),
];
