import { describe, expect, it } from 'vitest';
import { RandomElements } from './testing/random-elements.js';
import { cellValue, esbuildValue, typescriptValue } from './testing/recorded-elements.js';

/** How many programs, and the seed of the first. */
const programs = Number(process.env['JSX_PROGRAMS'] ?? 150);
const firstSeed = Number(process.env['JSX_SEED'] ?? 1);

describe('elements against those of esbuild and TypeScript', () => {
  it.each(['automatic', 'classic'] as const)(
    'has the same trees in the same order: %s',
    async (runtime) => {
      for (let seed = firstSeed; seed < firstSeed + programs; seed++) {
        const expression = new RandomElements(seed).element();
        const pragma = `/* @jsxRuntime ${runtime} */`;
        const value = await cellValue(`${pragma}(${expression})`);
        expect(value, `esbuild, seed ${seed}:\n${expression}`).toBe(esbuildValue(expression, runtime));
        expect(value, `TypeScript, seed ${seed}:\n${expression}`).toBe(typescriptValue(expression, runtime));
      }
    },
    60_000 + 200 * programs,
  );
});
