import { expect, it } from 'vitest';
import { readerText } from './sendable-error.js';

it.each([
  ['(0 , $c_s_total.value) is not a function', 'total is not a function'],
  ['$c1_r_user.slot.value.name is not a function', 'user.name is not a function'],
  ["Cannot read properties of undefined (reading 'x')", "Cannot read properties of undefined (reading 'x')"],
  ['$c_s_data.value is not iterable', 'data is not iterable'],
  [
    "Cannot destructure property 'length' of '$c_v' as it is undefined.",
    "Cannot destructure property 'length' of the value as it is undefined.",
  ],
  ['($c_0 , total) is not a function', 'total is not a function'],
  ['$c_arguments is not defined', 'arguments is not defined'],
  ['costs $c5', 'costs $c5'],
])('shows %s as %s', (message, expected) => {
  expect(readerText(message)).toBe(expected);
});
