import { inFile } from './in-file.mjs';

/** Mutations of what keeps the kernel apart from a realm that code has changed. @typedef {import('./in-file.mjs').Mutation} Mutation */

const realm = (/** @type {string} */ name) => `workers/kernel/realm/${name}`;

const hostile = ['scripts/hostile-realm/hostile-realm.test.ts'];

const contexts = ['src/context/patched-built-ins.test.ts'];

/** @type {readonly Mutation[]} */
export const realmMutations = [
  ...inFile(
    realm('evaluators.ts'),
    ['workers/kernel/kernel.test.ts'],
    [
      [
        'timers: text of an object is compiled too',
        "if (args.length > 0 && typeof args[0] !== 'function') {",
        "if (typeof args[0] === 'string') {",
      ],
    ],
  ),
  ...inFile(
    'workers/kernel/execution/asked-thenables.ts',
    ['workers/kernel/execution/asked-thenables.test.ts'],
    [
      ['thenables: each may let the event loop turn', 'const turn = paced();', 'const turn = undefined as unknown;'],
      ['thenables: a stopped execution asks none', 'if (interruption !== undefined) return reject(interruption);', ''],
    ],
  ),
  ...inFile(
    'workers/kernel/console/shown-values.ts',
    ['workers/kernel/kernel.test.ts'],
    [
      [
        'shown values: no name is bound to the record of a getter',
        'if (ShownGetter.is(shown)) reply.fail',
        'if (!ShownGetter) reply.fail',
      ],
    ],
  ),
  ...inFile(
    realm('redefinitions.ts'),
    [realm('redefinitions.test.ts')],
    [
      [
        'redefinitions: what differs stays configurable',
        'if (!isFixed || !leaves(pristine, present, wanted)) wanted.configurable = true;',
        'void isFixed;',
      ],
      ['redefinitions: what is added stays configurable', '|| builtIn.keys !== undefined) &&', ') &&'],
      [
        'redefinitions: a proxy stands for its target',
        'for (let inner = target; inner !== undefined; inner = proxies.targetOf(target as object)) target = inner;',
        'void proxies;',
      ],
      ['redefinitions: accessors are told', "if ('get' in wanted) recorded.definesAccessor(name);", ''],
      [
        'redefinitions: a changed object stays extensible',
        'return !isPristine || tryPrevent(target);',
        'return tryPrevent(target);',
      ],
      [
        'redefinitions: what is unchanged can be frozen',
        'if (!isFixed || !leaves(pristine, present, wanted)) wanted',
        'wanted',
      ],
    ],
  ),
  ...inFile(
    realm('intrinsics.ts'),
    [realm('intrinsics.test.ts'), realm('redefinitions.test.ts')],
    [
      [
        'bracket: getters are not compared',
        'if (this.#mayHaveGetters || !this.#isPristine()) {',
        'if (!this.#isPristine()) {',
      ],
      ['bracket: prototypes are put back', '        setPrototypeOf(target, pristine);\n', ''],
      [
        'bracket: the reader has its prototypes again',
        'if (key === undefined) setPrototypeOf(target, prototype);',
        'if (key === undefined) continue;',
      ],
      [
        'bracket: additions are removed',
        'if (!keys!.has(present[at]!)) remove(target, present[at]!, undefined);',
        'continue;',
      ],
    ],
  ),
  ...inFile(
    realm('pristine-check.ts'),
    [realm('pristine-check.test.ts')],
    [
      [
        'check: prototypes come first',
        '...prototypes.map(([target, prototype]) => `prototypeOf(${names.get(target)!}) === ${names.get(prototype)!}`),',
        '',
      ],
    ],
  ),
  ...inFile(realm('evaluators.ts'), hostile, [
    ['evaluators: a trap on Object.prototype is none', '      __proto__: null,\n', ''],
  ]),
  ...inFile('workers/kernel/namespace/pending-promises.ts', hostile, [
    [
      'promises: a settlement is told in the bracket',
      'intrinsics.enter(() => this.#settled(promise, { state, value }));',
      'void (() => this.#settled(promise, { state, value }))();',
    ],
  ]),
  ...inFile(
    'workers/kernel/realm/open-listeners.ts',
    ['workers/kernel/pending-work.test.ts'],
    [
      [
        'listeners: those of signals do not count',
        '|| isSignal(target)) return;\n      const removeIt',
        ') return;\n      const removeIt',
      ],
      ['listeners: one that is called once is forgotten', '(once ? onlyOnce(', '(false ? onlyOnce('],
      ['listeners: one that was removed is forgotten', 'found.isRemoved = true;', ''],
      ['listeners: a stopped execution has none', 'listener.remove();', ''],
    ],
  ),
  ...inFile('src/context/context-data.ts', contexts, [
    ['contexts: no setter of a prototype runs', '    add(copy, key, copy', '    void (copy[key] = copy'],
  ]),
  ...inFile('src/context/runtime-context.ts', contexts, [
    ['contexts: no option is inherited', 'return { __proto__: null, ...init }', 'return { ...init }'],
    [
      'contexts: protected names are not iterated again',
      'copy.#protectedKeys = this.#protectedKeys',
      'copy.#protectedKeys = new PristineSet(this.#protectedKeys)',
    ],
  ]),
  ...inFile('src/context/pristine-built-ins.ts', contexts, [
    ['contexts: no exec of code runs', 'return apply(execute, expression, [text]);', 'return expression.exec(text);'],
  ]),
  ...inFile('src/context/activations/thenables.ts', hostile, [
    [
      'await: no hasInstance of Promise runs',
      'return value instanceof AnyPromise && value',
      'return value instanceof PristinePromise && value',
    ],
  ]),
  ...inFile('scripts/build/runner.mjs', hostile, [
    ['the worker defines its fields', "tsconfig: path.join(root, 'scripts/build/runner.tsconfig.json'),", ''],
  ]),
  ...inFile(
    'workers/kernel/execution/cell-runner.ts',
    ['workers/kernel/testing/faults.test.ts'],
    [['ends: counting promises may fail', '(count) => attempt(() => report(count()))', '(count) => report(count())']],
  ),
  ...inFile(
    'workers/kernel/kernel.ts',
    ['workers/kernel/testing/faults.test.ts'],
    [['ends: waiting for the output may fail', '        sendLast();\n', '']],
  ),
];
