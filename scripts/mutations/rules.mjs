import { boundaryMutations } from './boundary-rules.mjs';
import { checkpointMutations } from './checkpoint-rules.mjs';
import { inFile } from './in-file.mjs';
import { moduleMutations } from './module-rules.mjs';
import { outputMutations } from './output-rules.mjs';
import { pageMutations } from './page-rules.mjs';
import { pipelineMutations } from './pipeline-rules.mjs';
import { newestPlatformMutations, platformMutations } from './platform-rules.mjs';
import { realmMutations } from './realm-rules.mjs';
import { timeMutations } from './time-rules.mjs';
import { sessionMutations } from './session-rules.mjs';

/** One deliberate break for each rule that tests hold. @typedef {import('./in-file.mjs').Mutation} Mutation */

const instrumentation = [
  'src/compiler/instrument/instrument.test.ts',
  'src/compiler/testing/differential.test.ts',
  'src/compiler/testing/protocol-matrix.test.ts',
];

/** Mutations that only the tests under a newer Node can kill. @type {readonly Mutation[]} */
export const newestMutations = [
  ...inFile('src/context/activations/disposal.ts', instrumentation, [
    [
      'await using: disposes in the own context',
      '[Symbol.asyncDispose](): unknown {\n      reenter(activation);',
      '[Symbol.asyncDispose](): unknown {',
    ],
    [
      'await using: goes on in the own context',
      '{ empties: 0, [Symbol.dispose]: () => reenter(activation) }',
      '{ empties: 0, [Symbol.dispose]: () => undefined }',
    ],
    [
      'await using: the activation is left while it waits for null',
      '[Symbol.dispose]: () => exit(activation)',
      '[Symbol.dispose]: () => undefined',
    ],
    ['await using: it waits once for what is null', 'resumption.empties === 2 ?', 'resumption.empties === 9 ?'],
    [
      'await using: a thenable is asked in the own context',
      'isSync ? undefined : paced(contextualThenable(activation.own, result))',
      'isSync ? undefined : result',
    ],
  ]),
  ...inFile('src/compiler/instrument/instrument.ts', instrumentation, [
    ['await using is instrumented', 'this.#resources.declaration(node, parent, activation)', 'void parent'],
    [
      'await using in the head of a for is instrumented',
      "case 'ForStatement':\n        this.#loops.for(node, activation);",
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

/** Who an execution is, for the host. @type {readonly Mutation[]} */
const identityMutations = [
  ...inFile(
    'src/sdk/tools/tool-service.ts',
    ['src/sdk/session/session.test.ts'],
    [
      [
        'a tool call is looked up by its capability',
        'this.#executions.get(message.capability ?? runId)',
        '[...this.#executions.values()].find(({ context }) => context.runId === runId)',
      ],
      ['a capability is of one execution', 'execution?.context.runId !== runId', 'execution === undefined'],
    ],
  ),
  ...inFile(
    'src/sdk/session/host-execution.ts',
    ['src/sdk/session/session.test.ts'],
    [['a capability is random', 'readonly capability = randomHex(16);', "readonly capability = 'c'.repeat(32);"]],
  ),
  ...inFile(
    'src/protocol/endpoint/worker-endpoint.ts',
    ['src/protocol/endpoint/worker-endpoint.test.ts'],
    [['a message begins with nothing ambient', 'current.mapping = undefined;', '']],
  ),
];

/** @type {readonly Mutation[]} */
export const mutations = [
  ...identityMutations,
  ...inFile('src/context/activations/activation.ts', instrumentation, [
    [
      "await: the caller's context is back while waiting",
      'leave(activation);\n  return awaited;',
      'activation.running = false;\n  return awaited;',
    ],
    [
      'await: the own context is back after the wait',
      '  goOn(activation);\n  if (activation.execution',
      '  if (activation.execution',
    ],
    [
      'await: a thenable is asked in the own context',
      'const awaited = paced(contextualThenable(activation.own, value));',
      'const awaited = paced(value);',
    ],
    [
      'await: an interrupted execution waits no more',
      'throw activation.execution.interruption;\n  const awaited',
      'void activation;\n  const awaited',
    ],
    [
      'await: an interrupted execution goes on no more',
      'throw activation.execution.interruption;\n  return value;',
      'void activation;\n  return value;',
    ],
    [
      'resumption: who resumes gets their own context back',
      'if (activation.previous !== mapping) activation.previous = mapping;',
      '',
    ],
    ['resumption: the own context is put in force', 'if (mapping !== own) enterMapping(own);', ''],
    [
      'suspension: what was in force before is put back',
      'if (current.mapping !== previous) enterMapping(previous);',
      '',
    ],
    ["function: the caller's context is back at its end", 'if (activation.running) leave(activation);', ''],
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
      'leave(activation);\n  return value;',
      'activation.running = false;\n  return value;',
    ],
    ['catch and finally: the own context is back', 'if (!activation.running) goOn(activation);', ''],
    [
      'async function: what it throws is of its context',
      'rememberThrown(reason, activation === undefined ? current.mapping : activation.own);',
      '',
    ],
  ]),
  ...inFile('src/context/activations/thenables.ts', instrumentation, [
    [
      'return of a thenable: it is asked in the own context',
      'return contextualThenable(current.mapping, value, true);',
      'return value;',
    ],
    [
      'thenable: one that it resolves with is asked in context',
      '(value: unknown): void => resolve(returned(value))',
      'resolve',
    ],
  ]),
  ...inFile('src/context/activations/iterables.ts', instrumentation, [
    [
      'iterators: methods run in the own context',
      'const { activation } = this;\n    reenter(activation);',
      'const { activation } = this;',
    ],
    ['yield*: without a return method the activation is left', 'if (!running) leave(activation);', ''],
    [
      'iterators: what is not iterable is read once',
      'throw new PristineTypeError(`${typeof value} is not iterable`);',
      'return value as never;',
    ],
    [
      'for await: a thenable of a sync iterable is asked in context',
      'return { done, value: paced(contextualThenable(this.activation.own, value)) };',
      'return { done, value: paced(value) };',
    ],
    [
      'for await: a sync iterator is closed with a wait, whatever its getter does',
      '      return super.optionalMethod(name);\n    } finally {\n      leave(this.activation);',
      '      return super.optionalMethod(name);\n    } finally {',
    ],
  ]),
  ...inFile('src/context/activations/executor.ts', instrumentation, [
    [
      'executor: a thenable is asked in the own context',
      'resolve(contextualThenable(current.mapping, value, adopts));',
      'resolve(value);',
    ],
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
  ]),
  ...inFile('src/compiler/instrument/instrument.ts', instrumentation, [
    [
      'await is instrumented',
      "case 'AwaitExpression':\n        this.#await(node, activation);",
      "case 'AwaitExpression':",
    ],
    [
      'yield is instrumented',
      "case 'YieldExpression':\n        this.#yield(node, activation, enclosing.async);",
      "case 'YieldExpression':",
    ],
    ['yield in an async generator awaits', 'isAsync ? suspend : suspendYield', 'suspendYield'],
    ['yield* of an async generator takes async iterators', 'isAsync ? asyncIterable : syncIterable', 'syncIterable'],
    ['return in an async generator awaits', 'call = `${this.names.suspend}(${enclosing.activation},`', 'return'],
    [
      'return of a thenable is instrumented',
      'else if (mayBeThenable(argument)) call = `${this.names.returned}(`;\n    else return;',
      'else return;',
    ],
    ['catch is instrumented', 'this.edits.insert(body.start + 1, `${reenter}(${activation});`, Rank.instrument);', ''],
    ['catch with a pattern is instrumented', '${target}){${reenter}(${activation});let ', '${target}){let '],
    [
      'finally is instrumented',
      'this.edits.insert(finalizer.start + 1, `${reenter}(${activation});`, Rank.instrument);',
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
      "enclosing?.noted === 'thrown'",
      'enclosing?.generator === undefined',
    ],
    [
      'loops with labels are instrumented',
      "case 'LabeledStatement':\n        this.#loops.label(node, activation);",
      "case 'LabeledStatement':",
    ],
    [
      'try statements are instrumented',
      "case 'TryStatement':\n        this.#try(node, activation);",
      "case 'TryStatement':",
    ],
    [
      'for await is instrumented',
      "case 'ForOfStatement':\n        this.#loops.forOf(node, activation, parent === this.#program);",
      "case 'ForOfStatement':",
    ],
  ]),
  ...inFile('src/compiler/instrument/instrument-functions.ts', instrumentation, [
    ['generator: captured at the call', 'if (this.#canCaptureInParameters(node, body, facts)) {', 'if (false) {'],
    ['function: the activation ends with it', '`${caught}finally{${exit}(${activation})}`', '`${caught}finally{}`'],
    [
      'function: the activation begins with it',
      'const ${activation}=${enter}();`;\n    const result',
      'const ${activation}={own:void 0,previous:void 0,running:true,execution:{}};`;\n    const result',
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
      "const resume = node.await === true ? `${names.resume}(${activation});` : '';",
      "const resume = '';",
    ],
    [
      'for await: the own context is back after the loop',
      '`}finally{${this.#shared.names.reenter}(${activation})}`, Rank',
      '`}finally{}`, Rank',
    ],
    [
      'for of: its iterator is closed in the own context',
      '`}finally{${names.reenter}(${activation})}}`',
      '`}finally{}}`',
    ],
  ]),
  ...platformMutations,
  ...checkpointMutations,
  ...moduleMutations,
  ...outputMutations,
  ...pageMutations,
  ...pipelineMutations,
  ...realmMutations,
  ...timeMutations,
  ...boundaryMutations,
  ...sessionMutations,
];
