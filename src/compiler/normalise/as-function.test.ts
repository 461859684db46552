import { expect, it } from 'vitest';
import { asFunction } from './as-function.js';

it.each([
  ['await tools.a(input)', 'await (async (input) => {return await tools.a(input)\n})({"a":1})'],
  ['const x = 1\nx', 'await (async (input) => {const x = 1\nreturn x\n})({"a":1})'],
  ["import a from 'a'\na(input)", 'import a from \'a\';await (async (input) => {\nreturn a(input)\n})({"a":1})'],
  ['const x = 1', 'await (async (input) => {const x = 1\n})({"a":1})'],
])('E11 makes a function of %j', (code, cell) => {
  expect(asFunction(code, 'input', { a: 1 })).toBe(cell);
});

it('E11 has no input where none was given', () => {
  expect(asFunction('1', 'input', undefined)).toBe('await (async (input) => {return 1\n})(undefined)');
});
