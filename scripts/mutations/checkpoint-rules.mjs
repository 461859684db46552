import { inFile } from './in-file.mjs';

const folder = 'workers/kernel/checkpoint';
const restoring = [`${folder}/restore.test.ts`];

/** One deliberate break for each rule of checkpoints. @type {readonly import('./in-file.mjs').Mutation[]} */
export const checkpointMutations = [
  ...inFile(`${folder}/graph/node-writer.ts`, restoring, [
    ['methods with super come with their class', 'if (place === undefined && home !== undefined)', 'if (false)'],
    [
      'long arrays may have more than elements',
      'length > longArray && !hasMore(source as unknown[], level)',
      'length > longArray',
    ],
    ['views may follow their buffer', 'max !== undefined && followsLength(', 'false && followsLength('],
  ]),
  ...inFile(
    'src/protocol/intrinsics/brand.ts',
    [`${folder}/namespace-checkpoint.test.ts`],
    [
      ['a chain of prototypes is walked once', 'for (const link of links) ends?.set(link, end);', ''],
      [
        'objects of the platform in disguise are lost',
        'Object.getPrototypeOf(clone(value)) !== Object.prototype',
        'false',
      ],
    ],
  ),
  ...inFile(`${folder}/graph/class-members.ts`, restoring, [
    ['methods are found by their class', 'this.#places.set(fn, { ...place, key, field });', ''],
  ]),
  ...inFile(`${folder}/graph/graph-reader.ts`, restoring, [
    [
      'removed members do not come back',
      'for (const key of Reflect.ownKeys(target)) if (!kept.has(key))',
      'for (const key of []) if (!kept.has(key))',
    ],
  ]),
  ...inFile(`${folder}/graph/graph-writer.ts`, restoring, [
    ['what modules export is named', 'if (imported !== undefined) return imported;', ''],
    ['a walk that throws costs one name', 'if (error instanceof NotKept) return error;', 'throw error;'],
  ]),
  ...inFile('src/compiler/output/define-only.ts', restoring, [
    ['static blocks do not run', "+ 1, 'if(false){', Rank.bind", "+ 1, 'if(true){', Rank.bind"],
    ['what a class extends is not evaluated', "'(false?('", "'(true?('"],
  ]),
  ...inFile(
    `${folder}/checkpoints.ts`,
    [`${folder}/checkpoints.test.ts`],
    [['names of a dead cell are lost', 'this.#declaring.set(owner, declares);', '']],
  ),
];
