import { describe, expect, it } from 'vitest';
import { exampleNumber, examples } from './examples.js';

describe('examples', () => {
  it.each([
    ['?example=3', 3],
    ['', 1],
    ['?example=0', 1],
    ['?example=5', 1],
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
});
