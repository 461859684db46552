import { describe, expect, it } from 'vitest';
import { exampleNumber, examples, importMap } from './examples.js';

const importsOf = (code: string): string[] => [...code.matchAll(/ from '([^']+)'/g)].map(([, name]) => name!);

describe('examples', () => {
  it.each([
    ['?example=3', 3],
    ['', 1],
    ['?example=0', 1],
    ['?example=5', 5],
    ['?example=6', 1],
    ['?example=2.5', 1],
    ['?example=<script>', 1],
  ])('%s is number %i', (search, number) => {
    expect(exampleNumber(search)).toBe(number);
  });

  it('have code in every tab', () => {
    for (const { tabs } of examples) {
      for (const tab of tabs) expect(tab.code?.trim()).toBeTruthy();
    }
  });

  it('import only what the import map names', () => {
    const imported = examples.flatMap(({ tabs }) => tabs).flatMap(({ code }) => importsOf(code!));
    expect(imported).toEqual(['react', '@preact/signals-core']);
    for (const name of imported)
      expect(
        Object.keys(importMap.imports).some((key) => name === key || (key.endsWith('/') && name.startsWith(key))),
      ).toBe(true);
  });
});
