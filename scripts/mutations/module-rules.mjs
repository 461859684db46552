import { inFile } from './in-file.mjs';

const folder = 'workers/kernel/modules';
const graph = [`${folder}/module-graph.test.ts`];
const differential = [`${folder}/differential.test.ts`, ...graph];
const cells = [`${folder}/imports-of-cells.test.ts`];

/** One deliberate break for each rule of modules. @type {readonly import('./in-file.mjs').Mutation[]} */
export const moduleMutations = [
  ...inFile(`${folder}/module-graph.ts`, graph, [
    ['names are resolved before code runs', 'for (const record of found) resolveNames(record);', ''],
    ['code is instantiated once', ' || record.code !== undefined) return;', ') return;'],
    ['what could not be fetched is fetched again', 'this.#loading.delete(url);', ''],
    [
      'the attribute json is checked, and that it is there',
      "if (isJson === (type === 'json')) return record;",
      'return record;',
    ],
  ]),
  ...inFile(`${folder}/module-graph.ts`, cells, [
    ['the import of a cell that failed to load is known', 'if (isCell === true) record.failedAt ??= at;', ''],
    ['the import of a cell that failed to link is known', 'if (record.failedAt !== undefined) return true;', ''],
  ]),
  ...inFile(`${folder}/module-record.ts`, differential, [
    [
      'a circle of exports ends',
      'if (seen.has(key)) return undefined;',
      "if (seen.has(key)) throw new Error('circle');",
    ],
    [
      'one binding by two ways is no conflict',
      'found !== undefined && (found.record !== binding.record || found.name !== binding.name)',
      'found !== undefined',
    ],
    ['stars pass on no default', "if (one === 'default') continue;", ''],
  ]),
  ...inFile(`${folder}/module-namespace.ts`, graph, [
    ['no trap is inherited', '__proto__: null,\n      get:', 'get:'],
    ['descriptors have the value', 'if (key in getters) descriptor.value = read(getters[key]!);', ''],
    ['keys are in their order', '[...getters.keys()].sort()', '[...getters.keys()]'],
  ]),
  ...inFile(`${folder}/module-namespace.ts`, cells, [
    ['the kernel may look at a dead zone', 'if (intrinsics.isEntered) return undefined;', ''],
  ]),
  ...inFile(
    'workers/kernel/execution/function-sources.ts',
    ['workers/kernel/execution/function-sources.test.ts'],
    [
      ['no module is read for functions of the engine', 'if (nativeText.test(text)) return undefined;', ''],
      ['modules without the text are not read', ' || !module.code.includes(text)', ''],
      ['later modules are searched too', 'this.#others.clear();', ''],
    ],
  ),
  ...inFile(
    'workers/kernel/serve-kernel.ts',
    ['workers/kernel/serve-kernel.test.ts'],
    [['a worker with a kernel compiles for nobody', 'compile: refuseStarted }', 'compile: api.compile }']],
  ),
  ...inFile(
    'src/sdk/workers/module-compiler.ts',
    ['src/sdk/workers/module-compiler.test.ts'],
    [
      [
        'what is compiled depends on the text',
        'compiled.get(source)?.get(key);',
        '[...compiled.values()].find((one) => one.has(key))?.get(key);',
      ],
      [
        'a worker that compiles calls nothing',
        "throw new Error('A worker that compiles calls nothing.');",
        'return undefined as never;',
      ],
    ],
  ),
  ...inFile(
    'src/sdk/workers/kept-modules.ts',
    ['src/sdk/workers/kept-modules.test.ts'],
    [
      ['what is kept belongs to a release', '`${place}/${compiler}/${await digestOf', '`${place}/${await digestOf'],
      [
        'what is kept tells its digest',
        "found?.headers.get('digest') === (await digestOf(data)) ? data",
        'found !== undefined ? data',
      ],
      ['the oldest entries make room', 'if (bytes > maxBytes) await cache.delete(entry);', ''],
      ['a storage has little time', "withTimeout(storageTimeout, 'answer', this.#find(given))", 'this.#find(given)'],
    ],
  ),
  ...inFile(
    'src/compiler/parse/scope-names.ts',
    ['src/compiler/parse/scope-names.test.ts'],
    [
      ['a new name is looked up in no list', 'this.#known.has(name) ? super.indexOf(name) : -1', 'super.indexOf(name)'],
      ['a known name is looked up', 'this.#known.add(name);', ''],
    ],
  ),
  ...inFile(
    'src/compiler/parse/extensions/plain-nodes.ts',
    ['src/compiler/parse/nesting.test.ts'],
    [
      ['a tree has a limit of levels', 'if (depth > this.#maxNesting) throw new NestingError(node.start);', ''],
      ['a chain of operators is one level', 'if (isOperation(node) && isOperation(node.left!)) first--;', ''],
    ],
  ),
  ...inFile(
    'src/compiler/parse/extensions/record-tokens.ts',
    ['src/compiler/instrument/instrument.test.ts'],
    [
      ['functions that suspend are visited', 'if (node.async === true || node.generator === true)', 'if (false)'],
      ['functions that make promises are visited', 'if (type === tokTypes.name) this.#tokens.mark(this.start);', ''],
    ],
  ),
  ...inFile(
    'src/compiler/parse/extensions/parse-typescript.ts',
    ['src/compiler/parse/parse.test.ts'],
    [
      [
        'a value with its type is no target',
        'if (unassignable.test(node.type) && this.match(tokTypes.eq) && node.end === this.lastTokEnd) this.unexpected();',
        '',
      ],
      ['a keyword has no escape', ' && this.input.startsWith(name, start);', ';'],
    ],
  ),
  ...inFile(
    'src/compiler/parse/messages.ts',
    ['src/compiler/parse/messages.test.ts'],
    [
      ['terse messages are replaced', 'if (start !== undefined) return sentences[start]!;', ''],
      [
        'a refusal tells what was expected',
        'const expected = message.slice(unexpected.length);',
        "const expected: string = '';",
      ],
    ],
  ),
  ...inFile(`${folder}/evaluation.ts`, differential, [
    ['a circle waits as a whole', 'required.asyncParents.push(record);', ''],
    [
      'modules go on in the order in which they came to wait',
      'a.asyncOrder! - b.asyncOrder!',
      'b.asyncOrder! - a.asyncOrder!',
    ],
    ['a failure is thrown again', 'if (record.failure !== undefined) throw record.failure.thrown;', ''],
    ['a failure reaches all who wait', 'for (const parent of record.asyncParents) reject(parent, thrown);', ''],
  ]),
];
