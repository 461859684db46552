import { describe, it } from 'vitest';
import { compileCell, CompileError, compileEval, compileFunction, compileModule } from '../index.js';
import { afterComments } from '../parse/comments.js';
import { adversarialSources } from './adversarial-sources.js';

const scope = { kind: () => undefined, isGlobal: () => false };
const options = { fileName: 'a.ts', guards: true };

const readers: Readonly<Record<string, (source: string) => unknown>> = {
  compileCell: (source) => compileCell(source, scope, options),
  compileModule: (source) => compileModule(source, options),
  'compileModule of TypeScript': (source) => compileModule(source, { ...options, language: 'ts' }),
  compileEval: (source) => compileEval(source, scope, options),
  compileFunction: (source) => compileFunction(`(function anonymous(\n) {\n${source}\n})`, scope, options),
  afterComments: (source) => afterComments(source, 0),
};

/** Where the work doubles with each repetition, or grows with the square of their number, none of these ends. */
describe.each(Object.entries(readers))('%s takes time that grows with the length of', (_, read) => {
  it.each(Object.entries(adversarialSources))(
    '%s',
    (__, sourceOf) => {
      for (const length of [20, 200, 2000]) {
        try {
          read(sourceOf(length));
        } catch (error) {
          if (!(error instanceof CompileError)) throw error;
        }
      }
    },
    60_000,
  );
});
