import { expect, it } from 'vitest';
import { summaryBefore } from './api-reference.mjs';

it.each([
  ['/** One. Two. */\n', 'One'],
  ['/**\n * A thing\n * on two lines: `a.b`.\n *\n * @throws never\n */\n', 'A thing on two lines: `a.b`'],
  ['/** @throws never */\n', ''],
  ['/** One. */\n// A note.\n', 'One'],
  ['/** Of another. */\nconst a = 1;\n', ''],
])('takes the first sentence of %j', (text, summary) => {
  expect(summaryBefore(text, text.length)).toBe(summary);
});
