import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { compileCell, CompileError, compileModule } from '../index.js';
import { mutatedProgram } from './token-mutation.js';
import { RandomChoices } from './random-choices.js';

/** How many programs, and the seed of the first: `npm run soak:differential` sets both. */
const programs = Number(process.env['DIFFERENTIAL_PROGRAMS'] ?? 200);
const firstSeed = Number(process.env['DIFFERENTIAL_SEED'] ?? 1);

const readers: Readonly<Record<string, (source: string) => string>> = {
  cell: (source) => compileCell(source, { kind: () => undefined }, { fileName: 'a.ts', guards: true }).code,
  module: (source) => compileModule(source, { fileName: 'a.ts', language: 'ts', guards: true }).code,
};

/** What is wrong with what a reader makes of a source; `undefined` if nothing is. */
function fault(source: string, read: (source: string) => string): string | undefined {
  let code: string;
  try {
    code = read(source);
  } catch (error) {
    if (!(error instanceof CompileError)) return `it throws ${String(error)}`;
    const { message, position } = error;
    const line = source.split('\n')[position.line - 1];
    if (line === undefined || position.column < 1 || position.column > line.length + 1)
      return `its error stands at ${JSON.stringify(position)}`;
    return /=>|undefined|\$c_|\bfunction\b.*\{/.test(message.replaceAll(/'[^']*'|`[^`]*`/g, '')) ? message : undefined;
  }
  try {
    void new Script(code);
    return undefined;
  } catch (error) {
    return `the engine refuses what it is compiled to: ${String(error)}`;
  }
}

describe.each(Object.entries(readers))('TypeScript with mutated tokens, as a %s', (_, read) => {
  it(
    'is refused at a place in it, or becomes JavaScript',
    () => {
      for (let seed = firstSeed; seed < firstSeed + programs; seed++) {
        const source = mutatedProgram(new RandomChoices(seed));
        expect(fault(source, read), `seed ${seed}:\n${source}`).toBeUndefined();
      }
    },
    60_000 + programs * 20,
  );
});
