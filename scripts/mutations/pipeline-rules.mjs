import { inFile } from './in-file.mjs';

const runs = ['src/pipeline/pipeline.test.ts'];
const definition = ['src/pipeline/definition/definition.test.ts'];
const secrets = ['src/pipeline/secrets/secrets.test.ts'];
const catalog = ['src/pipeline/catalog/catalog.test.ts'];
const logs = ['src/pipeline/run-log/run-log-store.test.ts'];
const executors = ['src/pipeline/executors/executors.test.ts'];

/** One deliberate break for each rule of pipelines. @type {readonly import('./in-file.mjs').Mutation[]} */
export const pipelineMutations = [
  ...inFile('src/pipeline/nodes/parallel.ts', runs, [
    ['two branches give no name twice', 'if (other !== undefined) throw', 'if (false) throw'],
    ['a failed branch fails the step', 'firstFailure(results, live.stop.signal);', ''],
    ['branches work on copies', 'steps, scope: scope.fork() }', 'steps, scope }'],
  ]),
  ...inFile('src/pipeline/nodes/task.ts', runs, [
    ['what succeeded is not run again', 'if (before !== undefined) {', 'if (false) {'],
    ['tasks have slots', 'await live.slots.enter(live.stop)', '() => undefined'],
    ['retries end', 'failures >= step.retries', 'failures > step.retries'],
  ]),
  ...inFile('src/pipeline/nodes/loop.ts', runs, [
    ['a loop has a maximum', 'round < step.max && !isDone', 'round < 9 && !isDone'],
  ]),
  ...inFile('src/pipeline/definition/validate.ts', definition, [
    ['names are their only ones', "if (typeof name === 'string' && names.has(name)) {", 'if (false) {'],
    ['a step does not contain itself', 'if (this.#around.has(step)) {', 'if (false) {'],
  ]),
  ...inFile('src/pipeline/secrets/secrets.ts', secrets, [
    [
      'a secret is in no text',
      'toJSON(): readonly string[] {\n    return this.names;',
      'toJSON(): readonly string[] {\n    return [...this.#values.values()];',
    ],
  ]),
  ...inFile('src/pipeline/run/run-journal.ts', secrets, [
    ['what is logged has no secret', '...this.#redactor.data(Object.fromEntries(told))', '...Object.fromEntries(told)'],
  ]),
  ...inFile('src/pipeline/run/kept-values.ts', secrets, [
    [
      'what is kept has no secret',
      'redactor.hidden(serializer.serialize(value));',
      '{ text: serializer.serialize(value), secrets: [] };',
    ],
    ['a secret comes back', 'secrets === undefined ? text : revealed(text, secrets)', 'text'],
  ]),
  ...inFile('src/pipeline/run/run.ts', secrets, [
    ['an error has no secret', 'errorOf(live.redactor.error(failure.error))', 'errorOf(failure.error)'],
  ]),
  ...inFile('src/pipeline/catalog/stored-catalog.ts', catalog, [
    ['changed data is told', 'if (actual !== stored.hash) throw', 'if (false) throw'],
    ['names stay in the catalog', "part !== '' && part !== '.' && part !== '..'", "part !== ''"],
  ]),
  ...inFile('src/pipeline/run-log/file-run-log-store.ts', logs, [
    [
      'what a kill cut off is no event',
      'const end = isWhole ? size : await this.#wholeBytes(runId);',
      'const end = size;',
    ],
  ]),
  ...inFile('src/pipeline/executors/task-job.ts', executors, [
    ['a job is of its pipeline', 'definition === name && ', ''],
  ]),
];
