import { describe, expect, it } from 'vitest';
import { erase, evaluate, expectErased, failure, type ErasedCases } from '../testing/erased.js';

const enums: ErasedCases = [
  ['enum A { a, b, c }', 'var A = {}; A[A["a"] = 0] = "a"; A[A["b"] = 1] = "b"; A[A["c"] = 2] = "c";'],
  [
    'enum A { a = 1, b, c = -2, d }',
    'var A = {}; A[A["a"] = 1] = "a"; A[A["b"] = 2] = "b"; A[A["c"] = -2] = "c"; A[A["d"] = -1] = "d";',
  ],
  ['enum A { a = "x", "b c" = `y` }', 'var A = {}; A["a"] = "x"; A["b c"] = "y";'],
  [
    'enum A { a = 1 << 2, b = a | 3, c = A.b, d = A["a"] + 1, e = ~a, f = (a ** 2) % 3 }',
    'var A = {}; A[A["a"] = 4] = "a"; A[A["b"] = 7] = "b"; A[A["c"] = 7] = "c"; A[A["d"] = 5] = "d"; A[A["e"] = -5] = "e"; A[A["f"] = 1] = "f";',
  ],
  ['enum A { a = "x", b = `${a}y` + "z" }', 'var A = {}; A["a"] = "x"; A["b"] = "xyz";'],
  [
    'enum A { a = f(), b = g(a, A.a), c = 1 }',
    'var A = {}; A[A["a"] = f()] = "a"; A[A["b"] = g(A["a"], A.a)] = "b"; A[A["c"] = 1] = "c";',
  ],
  [
    'enum A { a = 1, b = ((x) => x + a)(2) }',
    'var A = {}; A[A["a"] = 1] = "a"; A[A["b"] = ((x) => x + A["a"])(2)] = "b";',
  ],
  [
    'enum A { a = 1, b = f({ a, c: a, [a]: 1 }.a) }',
    'var A = {}; A[A["a"] = 1] = "a"; A[A["b"] = f({ a: A["a"], c: A["a"], [A["a"]]: 1 }.a)] = "b";',
  ],
  ['enum A { a }\nenum A { b = a + 1 }', 'var A = {}; A[A["a"] = 0] = "a";\nA[A["b"] = 1] = "b";'],
  ['const enum A { a = 2 }', 'var A = {}; A[A["a"] = 2] = "a";'],
  ['export enum A { a }\nexport enum A { b = 1 }', 'export var A = {}; A[A["a"] = 0] = "a";\nA[A["b"] = 1] = "b";'],
  ['export const enum A { a }', 'export var A = {}; A[A["a"] = 0] = "a";'],
  ['function f() { enum A { a } return A; }', 'function f() { let A = {}; A[A["a"] = 0] = "a"; return A; }'],
  [
    'enum A {\n  a,\n  // one\n  b = 3,\n\n  c = f(\n    1,\n  ),\n}',
    'var A = {};\nA[A["a"] = 0] = "a";\n\nA[A["b"] = 3] = "b";\n\nA[A["c"] = f(\n1,\n)] = "c";\n',
  ],
  ['enum A {}', 'var A = {};'],
  ['enum A { a = await f() }', 'var A = {}; A[A["a"] = await f()] = "a";'],
  ['enum A { a = 1 as number, b = a! }', 'var A = {}; A[A["a"] = 1] = "a"; A[A["b"] = 1] = "b";'],
  ['enum A { a = 1 / 0 }', 'var A = {}; A[A["a"] = 1 / 0] = "a";'],
  ['a\nenum A { b }\n(c)', 'a\nvar A = {}; A[A["b"] = 0] = "b";\n(c)'],
  [
    'enum A { x = 3 } enum B { y = A.x + 1, z }',
    'var A = {}; A[A["x"] = 3] = "x"; var B = {}; B[B["y"] = 4] = "y"; B[B["z"] = 5] = "z";',
  ],
  [
    'enum A { `a b` = 1, ["c"], [`d`] }',
    'var A = {}; A[A["a b"] = 1] = "a b"; A[A["c"] = 2] = "c"; A[A["d"] = 3] = "d";',
  ],
  ['enum A { "a" = 1, b }', 'var A = {}; A[A["a"] = 1] = "a"; A[A["b"] = 2] = "b";'],
];

describe('erasing enums', () => {
  it.each(enums)('%j', expectErased);

  it.each([
    ['enum A { a, b } JSON.stringify(A)', '{"0":"a","1":"b","a":0,"b":1}'],
    ['enum A { a = "x", b = a + "y" } JSON.stringify(A)', '{"a":"x","b":"xy"}'],
    ['enum A { a = "xyz".length, b = a * 2 } A.b', 6],
    ['enum A { a = -0 } Object.is(A.a, -0)', true],
    ['enum A { a = 1 } enum A { b = a << 3 } A[8] + A[1]', 'ba'],
    ['(() => { enum A { a = 1 } { enum A { b } } return Object.keys(A).join(); })()', '1,a'],
    ['enum A { a = 1 } enum B { c = A.a | 2 } B.c', 3],
    ['enum A { "not a name" = 2, b } A.b', 3],
    ['if (1) const enum A { }\n5', 5],
    ['var f = () => 7, n; if (0) const enum A { a } else const enum A { a = n = f() }; n', 7],
    ['var i = 0; while (i < 2) const enum A { a = i++ }; i', 2],
    ['a: const enum A { a }\n5', 5],
  ])('leaves the meaning of %j', (source, value) => expect(evaluate(source)).toBe(value));

  it('asks for a value after a member that is no constant number', () => {
    const error = failure('enum A { a = f(),\n  b }');
    expect(error.message).toContain('needs a value');
    expect(error.position).toEqual({ line: 2, column: 3, length: 1 });
  });

  it('declares an enum as told to, and tells which identifiers read its members', () => {
    const source = 'enum A { a = f() }\nenum A { b = g(a) }';
    const { text, memberReferences } = erase(source, {
      declareObject: (node, merged) => ({
        statement: merged ? '' : `slot_${node.id!.name!}.init={};`,
        object: `slot_${node.id!.name!}.v`,
      }),
    });
    expect(text.text).toBe(
      'slot_A.init={}; slot_A.v[slot_A.v["a"] = f()] = "a";\n slot_A.v[slot_A.v["b"] = g(slot_A.v["a"])] = "b";',
    );
    expect([...memberReferences].map(({ start, end }) => source.slice(start, end))).toEqual(['a']);
  });
});
