import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { RandomProgram, shrink, textOf, type Piece } from './instrument-random-program.js';
import { eventsOf, instrumentedEvents, nativeProgram } from './instrument-testing.js';

const programs = Number(process.env['DIFFERENTIAL_PROGRAMS'] ?? 300);

async function nativeEvents(source: string): Promise<string[]> {
  const storage = new AsyncLocalStorage<unknown>();
  try {
    return await eventsOf(nativeProgram(source), {
      get: () => storage.getStore(),
      run: (value, fn) => storage.run(value, fn),
    });
  } finally {
    storage.disable();
  }
}

async function differs(program: Piece): Promise<boolean> {
  try {
    const source = textOf(program);
    const [native, instrumented] = [await nativeEvents(source), await instrumentedEvents(source)];
    compared += native.length;
    return native.join('\n') !== instrumented.join('\n');
  } catch (error) {
    // A piece that was left out may leave no program.
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

let compared = 0;

describe('instrumented code against native code under AsyncLocalStorage', () => {
  it(`A1 has the same events in the same order, each in the same context, in ${programs} random programs`, async () => {
    for (let seed = 1; seed <= programs; seed++) {
      const program = new RandomProgram(seed).make();
      if (!(await differs(program))) continue;
      const smallest = textOf(await shrink(program, differs));
      expect(await instrumentedEvents(smallest), `seed ${seed}:\n${smallest}`).toEqual(await nativeEvents(smallest));
    }
    expect(compared).toBeGreaterThan(programs * 10);
  }, programs * 400);
});
