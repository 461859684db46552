import { expect, it } from 'vitest';
import { readerText, sendableError } from './sendable-error.js';

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

const options = {
  hasBrand: (value: unknown, brand: string) => (brand === 'array' ? Array.isArray(value) : value instanceof Error),
  framesOf: () => [],
  isOfCell: () => false,
  describe: String,
};

it('sends the errors of an AggregateError, but not those inside them, and runs no getter', () => {
  const inner = new AggregateError([new Error('deep')], 'inner');
  const error = new AggregateError([new TypeError('one'), 'two', inner, 4], 'all');
  Object.defineProperty(error.errors, 3, { get: () => expect.unreachable() });
  const sent = sendableError(error, options);
  expect(sent.errors).toMatchObject([
    { name: 'TypeError', message: 'one' },
    { name: 'Uncaught', message: 'two' },
    { name: 'AggregateError', message: 'inner' },
    { name: 'Uncaught', message: 'undefined' },
  ]);
  expect(sent.errors?.[2]).not.toHaveProperty('errors');
});

it('sends the first errors of very many', () => {
  const sent = sendableError(
    new AggregateError(
      Array.from({ length: 1_000 }, (_, at) => at),
      'all',
    ),
    options,
  );
  expect(sent.errors).toHaveLength(20);
});
