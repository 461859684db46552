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

const proxies = new WeakSet<object>();
const options = {
  isProxy: (value: object) => proxies.has(value),
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

it('F2: runs no getter and no trap of what was thrown', () => {
  const ran: string[] = [];
  const getters = (object: object, ...keys: string[]): object => {
    for (const key of keys) Object.defineProperty(object, key, { configurable: true, get: () => ran.push(key) });
    return object;
  };
  const all = ['name', 'message', 'stack', 'position', 'cause', 'errors'];
  const own = getters(new Error('own'), ...all);
  class Inherits extends Error {}
  getters(Inherits.prototype, ...all);
  const inPosition = Object.assign(new Error('at'), { position: getters({}, 'line', 'column', 'length') });
  const trapped = new Proxy({}, new Proxy({}, { get: (_, trap) => void ran.push(String(trap)) }));
  proxies.add(trapped);
  const proxyPosition = Object.assign(new Error('at'), { position: trapped, cause: trapped, errors: trapped });
  // An engine may write the stack when it is redefined.
  ran.length = 0;
  const sent = [own, new Inherits(), inPosition, proxyPosition].map((error) =>
    sendableError(error, { ...options, describe: () => 'a proxy' }),
  );
  expect(ran).toEqual([]);
  expect(sent.map(({ name, message }) => [name, message])).toEqual([
    ['Error', ''],
    ['Error', ''],
    ['Error', 'at'],
    ['Error', 'at'],
  ]);
});

it('sends name, message and frames of the platform and of classes', () => {
  class OwnError extends Error {
    override name = 'OwnError';
  }
  const frame = { functionName: 'f', file: 'a.ts', line: 1, column: 2 };
  const withFrames = { ...options, framesOf: (stack: string) => (stack.includes(' at ') ? [frame] : []) };
  const errors = [new OwnError('no'), new DOMException('gone', 'AbortError'), new TypeError('bad')];
  expect(errors.map((error) => sendableError(error, withFrames))).toMatchObject([
    { name: 'OwnError', message: 'no', frames: [frame] },
    { name: 'AbortError', message: 'gone', frames: [frame] },
    { name: 'TypeError', message: 'bad', frames: [frame] },
  ]);
});
