import { describe, expect, it } from 'vitest';
import { normaliseCode } from './normalise-code.js';

/** What a model wrote, the cell, and the notes. */
const cases: readonly (readonly [text: string, code: string, ...notes: string[]])[] = [
  ['1 + 1', '1 + 1'],
  ['const x = 1', 'const x = 1'],
  ['const x = 1; x', 'const x = 1; await (x)'],
  ['await tools.a()', 'await tools.a()'],
  ['tools.a()', 'await (tools.a())'],
  ['tools.a();', 'await (tools.a());'],
  [
    'return 1',
    'await (async () => {return 1\n})()',
    'The code was the body of a function with `return`: its names end with it.',
  ],
  [
    'const r = await tools.a()\nreturn r.b',
    'await (async () => {const r = await tools.a()\nreturn r.b\n})()',
    'The code was the body of a function with `return`: its names end with it.',
  ],
  [
    'if (true) { return 1 }\nreturn 2',
    'await (async () => {if (true) { return 1 }\nreturn 2\n})()',
    'The code was the body of a function with `return`: its names end with it.',
  ],
  [
    "import { z } from 'zod'\nconst a = z\nreturn a",
    "import { z } from 'zod';await (async () => {\nconst a = z\nreturn a\n})()",
    'The code was the body of a function with `return`: its names end with it.',
  ],
  ['async () => { return 1 }', 'await (async () => { return 1 })()', 'The function was called.'],
  ['() => 1', 'await (() => 1)()', 'The function was called.'],
  ['(async () => 1)', 'await ((async () => 1))()', 'The function was called.'],
  ['(async () => { return 1 })()', 'await ((async () => { return 1 })())'],
  [
    'async function main() { return 1 }',
    'async function main() { return 1 }\nawait main()',
    'The function main was called.',
  ],
  ['function main() { return 1 }\nmain()', 'function main() { return 1 }\nawait (main())'],
  [
    'async function run({ tools }) { return tools.a() }',
    'async function run({ tools }) { return tools.a() }\nawait run({ tools, context, config, console })',
    'The function run was called.',
  ],
  [
    'const main = async () => { return await tools.a() }',
    'const main = async () => { return await tools.a() }\nawait main()',
    'The function main was called.',
  ],
  [
    'export default async function () { return 1 }',
    '\nawait (async function () { return 1 })()',
    'The default export became the value.',
    'The exported function was called.',
  ],
  [
    'export default async () => 1',
    '\nawait (async () => 1)()',
    'The default export became the value.',
    'The exported function was called.',
  ],
  [
    'export default function main() { return 2 }',
    'function main() { return 2 }\nawait main()',
    'The default export became the value.',
    'The exported function was called.',
  ],
  ['export default { fetch() {} }', '\nawait ({ fetch() {} })', 'The default export became the value.'],
  ['export default 5', '\nawait (5)', 'The default export became the value.'],
  [
    'const a = async () => 1\nexport default a',
    'const a = async () => 1\n\nawait a()',
    'The default export became the value.',
    'The exported function was called.',
  ],
  ['class A {}\nexport default A', 'class A {}\n\nawait A', 'The default export became the value.'],
  ['export default class { }', '\n(class { })', 'The default export became the value.'],
  ['async (tools) => tools.a()', 'await (async (tools) => tools.a())(tools)', 'The function was called.'],
  [
    'async ({ tools, context }) => context',
    'await (async ({ tools, context }) => context)({ tools, context, config, console })',
    'The function was called.',
  ],
  ['async ({ weather }) => weather()', 'await (async ({ weather }) => weather())(tools)', 'The function was called.'],
  ['(x) => x', '(x) => x', 'A function was not called: nobody knows its arguments.'],
  ['(x = 1) => x', 'await ((x = 1) => x)()', 'The function was called.'],
  ['async () => {}\n', 'await (async () => {})()\n', 'The function was called.'],
  ['function* g() { yield 1 }', 'function* g() { yield 1 }'],
  [
    'function a() {}\nfunction b() { return a() }',
    'function a() {}\nfunction b() { return a() }\nawait b()',
    'The function b was called.',
  ],
  [
    'const helper = (x) => x * 2\nconst y = await tools.a()\nasync function main() { return helper(y) }',
    'const helper = (x) => x * 2\nconst y = await tools.a()\nasync function main() { return helper(y) }\nawait main()',
    'The function main was called.',
  ],
  ['```ts\n1 + 1\n```', '\n1 + 1', 'The code was in a fence.'],
  [
    'Here is the code you want:\n\n```js\nconst x = 1\nx\n```\n\nIt adds.',
    '\n\n\nconst x = 1\nawait (x)',
    'The code was in a fence.',
  ],
  ['```\nawait tools.a()\n```', '\nawait tools.a()', 'The code was in a fence.'],
  ['```ts\nawait tools.a()', '\nawait tools.a()', 'The code was in a fence that did not end.'],
  ['```js\nconst a = 1\n```\nthen\n```js\na + 1\n```', '\nconst a = 1\n\n\n\na + 1', '2 fences were joined.'],
  [
    '```js\nconst a = 1\n```\nor better\n```js\nconst a = 2\na\n```',
    '\n\n\n\n\nconst a = 2\nawait (a)',
    'Only the last of 2 fences was taken: together they are no program.',
  ],
  ['```bash\nnpm i\n```\n```ts\n1\n```', '\n\n\n\n1', 'The code was in a fence.'],
  ['~~~ts\n2\n~~~', '\n2', 'The code was in a fence.'],
  [
    '```ts\nconst md = String.raw`\n\\`\\`\\`js\n1\n~~~\n2\n~~~\n`\nmd\n```',
    '\nconst md = String.raw`\n\\`\\`\\`js\n1\n~~~\n2\n~~~\n`\nawait (md)',
    'The code was in a fence.',
  ],
  ['const md = `\n~~~js\n1\n~~~\n`;\nmd', 'const md = `\n~~~js\n1\n~~~\n`;\nawait (md)'],
  ['/*\n```js\n1\n```\n*/\n2', '/*\n```js\n1\n```\n*/\n2'],
  [
    '```js\nreturn 1\n```\n```js\n2\n```',
    '\n\n\n\n2',
    'Only the last of 2 fences was taken: together they are no program.',
  ],
  ['```json\n{"a":1}\n```', '\n({"a":1})', 'The code was JSON, which is its value.'],
  ['const a = 1\na\n```', 'const a = 1\nawait (a)\n', 'A fence after the code was left out.'],
  ['```python\nprint(1)\n```', '', 'The text has only python: write TypeScript.', 'The text holds no code.'],
  ['```ts\n```', '', 'The text holds no code.'],
  ['{"code": "```ts\\n1\\n```"}', '\n1', 'The code was a string in JSON.', 'The code was in a fence.'],
  [
    'export default async (input) => input.a',
    '\n(async (input) => input.a)',
    'The default export became the value.',
    'A function was not called: nobody knows its arguments.',
  ],
  [
    'import { a } from "b"\nexport default async () => a()',
    'import { a } from "b"\n\nawait (async () => a())()',
    'The default export became the value.',
    'The exported function was called.',
  ],
  ['`await tools.a()`', 'await tools.a()', 'The code was between backticks.'],
  ['`text`', '`text`'],
  ['`ts 1`', '1', 'The code was between backticks.'],
  ['{"code": "1 + 1"}', '1 + 1', 'The code was a string in JSON.'],
  ['{"name":"run_code","arguments":{"code":"tools.a()"}}', 'await (tools.a())', 'The code was a string in JSON.'],
  ['{"a": 1}', '({"a": 1})', 'The code was JSON, which is its value.'],
  ['[1, 2]', '([1, 2])', 'The code was JSON, which is its value.'],
  ['"a\\nb"', 'a\nawait (b)', 'The code was a string in JSON.'],
  ['{ a: 1 }', '({ a: 1 })', 'The code was put into parentheses, so that it is an object.'],
  ['{}', '({})', 'The code was JSON, which is its value.'],
  ['{ a: 1, b: 2 };', '({ a: 1, b: 2 }\n)', 'The code was put into parentheses, so that it is an expression.'],
  [
    'function () { return 1 }',
    'await ((function () { return 1 }\n))()',
    'The code was put into parentheses, so that it is an expression.',
    'The function was called.',
  ],
  [
    'async function () { return 1 }',
    'await ((async function () { return 1 }\n))()',
    'The code was put into parentheses, so that it is an expression.',
    'The function was called.',
  ],
  ['Sure:\nawait tools.a()', '\nawait tools.a()', 'A label was left out: it was prose.'],
  ['Sure: tools.a()', 'await (tools.a())', 'A label was left out: it was prose.'],
  ['Here is what you asked for\nconst x = 1\nx', '\nconst x = 1\nawait (x)', 'Prose around the code was left out.'],
  [
    'I will call the tool now.\n\nawait tools.a()\n\nThis gives you the answer.',
    '\n\nawait tools.a()',
    'Prose around the code was left out.',
  ],
  ['const a = 1 &lt; 2; a', 'const a = 1 &lt; 2; await (a)'],
  ['const x = 1;\\nx + 1', 'const x = 1;\nx + 1', 'Escaped line ends became line ends.'],
  ['\u200bconst x = 1\nx', 'const x = 1\nawait (x)', 'Invisible characters were left out.'],
  ['<code>\n1 + 1\n</code>', '\n1 + 1\n', 'The code was in a tag.'],
  ['', '', 'The text holds no code.'],
  ['   ', '', 'The text holds no code.'],
  ['// only a comment', '// only a comment'],
  ['const x: number = 1\nx as number', 'const x: number = 1\nawait (x as number)'],
  ['enum A { B }\nA.B', 'enum A { B }\nawait (A.B)'],
  ['<div>hi</div>', '<div>hi</div>'],
  ['const App = () => <b>1</b>\n<App />', 'const App = () => <b>1</b>\n<App />'],
  ['x = 5', 'await (x = 5)'],
  ['for (const a of [1]) console.log(a)', 'for (const a of [1]) console.log(a)'],
  ['"use strict"\ntools.a()', '"use strict"\nawait (tools.a())'],
  ['throw new Error("x")', 'throw new Error("x")'],
  ['const result = await tools.a()', 'const result = await tools.a()'],
  ['let a = 1 +', 'let a = 1 +'],
  [
    'async () => {\n  const x = await tools.a()\n  return x\n}',
    'await (async () => {\n  const x = await tools.a()\n  return x\n})()',
    'The function was called.',
  ],
  [
    'type A = string\nasync function f(a: A = "x") { return a }',
    'type A = string\nasync function f(a: A = "x") { return a }\nawait f()',
    'The function f was called.',
  ],
  [
    'const { a } = tools\nasync () => a()',
    'const { a } = tools\nawait (async () => a())()',
    'The function was called.',
  ],
  ['(await tools.a()).b', 'await ((await tools.a()).b)'],
  ['tools.a().then(r => r.b)', 'await (tools.a().then(r => r.b))'],
  ['1; 2; tools.a()', '1; 2; await (tools.a())'],
  ['export const x = 1', 'export const x = 1'],
  [
    'export async function handler() { return 1 }',
    'export async function handler() { return 1 }\nawait handler()',
    'The function handler was called.',
  ],
  [
    'for (;;) { break }\nreturn 1',
    'await (async () => {for (;;) { break }\nreturn 1\n})()',
    'The code was the body of a function with `return`: its names end with it.',
  ],
  ['label: for (;;) break label', 'label: for (;;) break label'],
  ['(input) => input.x', '(input) => input.x', 'A function was not called: nobody knows its arguments.'],
  [
    'async function solve(client, { x }) { return x }',
    'async function solve(client, { x }) { return x }\nawait solve(tools, tools)',
    'The function solve was called.',
  ],
  [
    'const data = 1;\n\nexport default data;\n',
    'const data = 1;\n\n\n\nawait data',
    'The default export became the value.',
  ],
  ['- item\n```ts\n1\n```', '\n\n1', 'The code was in a fence.'],
  ['1. ```ts\n   tools.a()\n   ```', '\n   await (tools.a())', 'The code was in a fence.'],
];

describe('code as models write it (E3)', () => {
  it.each(cases)('normalises %j', (text, code, ...notes) => {
    expect(normaliseCode(text)).toEqual({ code, notes });
  });

  it('is the same when it is normalised again', () => {
    for (const [, code] of cases.filter(([text]) => !text.includes('default'))) {
      expect(normaliseCode(normaliseCode(code).code).code).toBe(normaliseCode(code).code);
    }
  });

  it('gives a function the input of a snippet', () => {
    expect(normaliseCode('async (input) => input.city', { hasInput: true }).code).toBe(
      'await (async (input) => input.city)(input)',
    );
  });

  it('reads line ends of other systems, and a mark of byte order', () => {
    expect(normaliseCode('\uFEFFconst a = 1\r\nreturn a').code).toBe('await (async () => {const a = 1\nreturn a\n})()');
  });
});
