import { inFile } from './in-file.mjs';
import { newestPlatformMutations, platformMutations } from './platform-rules.mjs';

/** One deliberate break for each rule of the context engine. @typedef {import('./in-file.mjs').Mutation} Mutation */

const instrumentation = ['src/compiler/instrument/instrument.test.ts', 'src/compiler/testing/differential.test.ts'];

/** The same for what only a newer Node knows: there alone something can kill these. @type {readonly Mutation[]} */
export const newestMutations = [
  ...inFile('src/context/frames.ts', instrumentation, [
    [
      'await using: disposes in the own context',
      '[Symbol.asyncDispose](): unknown {\n      reenter(frame);',
      '[Symbol.asyncDispose](): unknown {',
    ],
    [
      'await using: goes on in the own context',
      '{ empties: 0, [Symbol.dispose]: () => reenter(frame) }',
      '{ empties: 0, [Symbol.dispose]: () => undefined }',
    ],
    [
      'await using: the frame is left while it waits for null',
      '() => exit(frame) };\n}\n\ntype Executor',
      '() => undefined };\n}\n\ntype Executor',
    ],
    ['await using: it waits once for what is null', 'resumption.empties === 2 ?', 'resumption.empties === 9 ?'],
    [
      'await using: a thenable is asked in the own context',
      'isSync ? undefined : contextualThenable(frame.own, result)',
      'isSync ? undefined : result',
    ],
  ]),
  ...inFile('src/compiler/instrument/instrument.ts', instrumentation, [
    ['await using is instrumented', 'this.#resources.declaration(node, parent!, frame)', 'void parent'],
    [
      'await using in the head of a for is instrumented',
      "case 'ForStatement':\n        this.#loops.for(node, frame);",
      "case 'ForStatement':",
    ],
  ]),
  ...inFile('src/compiler/instrument/instrument-resources.ts', instrumentation, [
    [
      'using: the own context is back before it disposes',
      "if (node.kind === 'using')\n      edits.wrap",
      "if (node.kind === 'never')\n      edits.wrap",
    ],
    ['await using: a block goes on once', 'present === undefined ?', 'block.type !== undefined ?'],
  ]),
  ...newestPlatformMutations,
];

/** @type {readonly Mutation[]} */
export const mutations = [
  ...inFile('src/context/frames.ts', instrumentation, [
    [
      "await: the caller's context is back while waiting",
      'leave(frame);\n  return awaited;',
      'frame.running = false;\n  return awaited;',
    ],
    ['await: the own context is back after the wait', '  goOn(frame);\n  if (frame.execution', '  if (frame.execution'],
    [
      'await: a thenable is asked in the own context',
      'const awaited = contextualThenable(frame.own, value);',
      'const awaited = value;',
    ],
    [
      'await: an interrupted execution waits no more',
      'throw frame.execution.interruption;\n  const awaited',
      'void frame;\n  const awaited',
    ],
    [
      'await: an interrupted execution goes on no more',
      'throw frame.execution.interruption;\n  return value;',
      'void frame;\n  return value;',
    ],
    [
      'resumption: who resumes gets their own context back',
      'if (frame.previous !== mapping) frame.previous = mapping;',
      '',
    ],
    ['resumption: the own context is put in force', 'if (mapping !== own) current.mapping = own;', ''],
    [
      'suspension: what was in force before is put back',
      'if (current.mapping !== previous) current.mapping = previous;',
      '',
    ],
    ["function: the caller's context is back at its end", 'if (frame.running) leave(frame);', ''],
    [
      'function: the context is that of its call',
      'own: mapping, previous: mapping',
      'own: undefined, previous: mapping',
    ],
    [
      'generator: the context is that of the creator',
      'own: mapping, previous: undefined',
      'own: undefined, previous: undefined',
    ],
    [
      'yield: the context of who calls next is back',
      'leave(frame);\n  return value;',
      'frame.running = false;\n  return value;',
    ],
    ['catch and finally: the own context is back', 'if (!frame.running) goOn(frame);', ''],
    [
      'return of a thenable: it is asked in the own context',
      'return mapping === undefined ? value : contextualThenable(mapping, value);',
      'return value;',
    ],
    [
      'iterators: methods run in the own context',
      'const { frame } = this;\n    reenter(frame);',
      'const { frame } = this;',
    ],
    [
      'for await: a thenable of a sync iterable is asked in context',
      'return { done, value: contextualThenable(this.frame.own, value) };',
      'return { done, value };',
    ],
    ['for await: closing without a return method waits', 'if (method === undefined) leave(this.frame);\n', ''],
    ['executor: a thenable is asked in the own context', 'resolve(returned(value));', 'resolve(value);'],
    [
      'executor: an interrupted execution waits for nothing',
      'current.mapping?.execution?.onInterrupt?.(reject)',
      'undefined as (() => void) | undefined',
    ],
    [
      'executor: who rejects is noted',
      '      rememberThrown(reason, current.mapping);\n      reject(reason);',
      '      reject(reason);',
    ],
    [
      'async function: what it throws is of its context',
      'rememberThrown(reason, frame === undefined ? current.mapping : frame.own);',
      '',
    ],
    [
      'thenable: one that it resolves with is asked in context',
      '(value: unknown): void => resolve(returned(value))',
      'resolve',
    ],
    [
      'thenable: the context ends with its then',
      '    } finally {\n      current.mapping = outer;\n    }\n  }\n}\n\n/**\n * What to await',
      '    } finally {\n    }\n  }\n}\n\n/**\n * What to await',
    ],
  ]),
  ...inFile('src/compiler/instrument/instrument.ts', instrumentation, [
    ['await is instrumented', "case 'AwaitExpression':\n        this.#await(node, frame);", "case 'AwaitExpression':"],
    [
      'yield is instrumented',
      "case 'YieldExpression':\n        this.#yield(node, frame, activation.async);",
      "case 'YieldExpression':",
    ],
    ['yield in an async generator awaits', 'isAsync ? suspend : suspendYield', 'suspendYield'],
    ['yield* of an async generator takes async iterators', 'isAsync ? asyncIterable : syncIterable', 'syncIterable'],
    ['return in an async generator awaits', 'call = `${this.names.suspend}(${activation.frame!},`', 'return'],
    [
      'return of a thenable is instrumented',
      'else if (mayBeThenable(argument)) call = `${this.names.returned}(`;\n    else return;',
      'else return;',
    ],
    ['catch is instrumented', 'this.edits.insert(body.start + 1, `${reenter}(${frame});`, Rank.instrument);', ''],
    ['catch with a pattern is instrumented', '${target}){${reenter}(${frame});let ', '${target}){let '],
    [
      'finally is instrumented',
      'this.edits.insert(finalizer.start + 1, `${reenter}(${frame});`, Rank.instrument);',
      '',
    ],
    ['finally after a catch that waits is instrumented', '|| (handler != null && this.facts.suspendsIn(handler))', ''],
    [
      'executor is instrumented',
      "this.edits.wrap(first, `${this.names.executor}(Promise,`, ')', Rank.instrument);",
      '',
    ],
    [
      'throw is instrumented where there is no catch',
      "activation?.noted === 'thrown'",
      'activation?.generator === undefined',
    ],
    [
      'loops with labels are instrumented',
      "case 'LabeledStatement':\n        this.#loops.label(node, frame);",
      "case 'LabeledStatement':",
    ],
    [
      'try statements are instrumented',
      "case 'TryStatement':\n        this.#try(node, frame);",
      "case 'TryStatement':",
    ],
    [
      'for await is instrumented',
      "case 'ForOfStatement':\n        this.#loops.forOf(node, frame, parent === this.#program);",
      "case 'ForOfStatement':",
    ],
  ]),
  ...inFile('src/compiler/instrument/instrument-functions.ts', instrumentation, [
    ['generator: captured at the call', 'if (this.#canCaptureInParameters(node, body, facts)) {', 'if (false) {'],
    ['function: the frame ends with it', '`${caught}finally{${exit}(${frame})}`', '`${caught}finally{}`'],
    [
      'function: the frame begins with it',
      'const ${frame}=${enter}();`;\n    const result',
      'const ${frame}={own:void 0,previous:void 0,running:true,execution:{}};`;\n    const result',
    ],
    [
      'async function: what it throws is caught',
      "const caught = noted === 'caught' ?",
      'const caught = Math.random() > 1 ?',
    ],
    ['async function: what it awaits may fail', 'reachesOthers || (suspends && !throws)', 'reachesOthers'],
    [
      'arrow function: a returned thenable is asked in context',
      'async && mayBeThenable(body) ? `${names.returned}(`',
      'false ? `(`',
    ],
  ]),
  ...inFile('src/compiler/instrument/instrument-loops.ts', instrumentation, [
    [
      'for await: the own context is back in the body',
      "const resume = node.await === true ? `${names.resume}(${frame});` : '';",
      "const resume = '';",
    ],
    [
      'for await: the own context is back after the loop',
      '`}finally{${this.#shared.names.reenter}(${frame})}`, Rank',
      '`}finally{}`, Rank',
    ],
    ['for of: its iterator is closed in the own context', '`}finally{${names.reenter}(${frame})}}`', '`}finally{}}`'],
  ]),
  ...platformMutations,
];
