import { inFile } from './in-file.mjs';

/** Mutations of what keeps the kernel apart from a realm that code has changed. @typedef {import('./in-file.mjs').Mutation} Mutation */

const realm = (/** @type {string} */ name) => `workers/kernel/realm/${name}`;

/** @type {readonly Mutation[]} */
export const realmMutations = [
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
];
