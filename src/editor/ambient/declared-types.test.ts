import { describe, expect, it } from 'vitest';
import { declaredTypes } from './declared-types.js';

describe('types that code declares', () => {
  it.each([
    ['const total: number = 42', 'total', 'number'],
    ['export let orders: Order[] = [], more = 1', 'orders', 'Order[]'],
    ['let later!: Promise<Map<string, number[]>>;', 'later', 'Promise<Map<string, number[]>>'],
    ['var bare: string\nconst next = 1', 'bare', 'string'],
    ["const kind:\n  | 'a = b'\n  | 'c'\n  = 'c'", 'kind', "| 'a = b' | 'c'"],
    ['const shape: { a: number; b?: string } = { a: 1 }', 'shape', '{ a: number; b?: string }'],
    ['const f: (a: number) => void = () => {}', 'f', '(a: number) => void'],
    [
      'async function load(city: string, days = 3): Promise<Weather> {\n}',
      'load',
      '(city: string, days = 3) => Promise<Weather>',
    ],
    ['function pick<T>(from: { a: T }): { a: T } { return from }', 'pick', '<T>(from: { a: T }) => { a: T }'],
    ['function twice(n: number) { return 2 * n }', 'twice', '(n: number) => …'],
    [
      'const add = async (a: number, b: number): Promise<number> => a + b',
      'add',
      '(a: number, b: number) => Promise<number>',
    ],
    ['const half = (n: number) => n / 2', 'half', '(n: number) => …'],
    ['const plain = 1', 'plain', undefined],
    ['const group = (1 + 2) * 3', 'group', undefined],
    ['const untyped = (a, b) => a', 'untyped', undefined],
    ['function untyped(a, b) { return { c: 1 } }', 'untyped', undefined],
    ['class Client { id: string }', 'Client', undefined],
  ])('%j', (code, name, type) => {
    const types = declaredTypes(code);
    expect(types.has(name)).toBe(true);
    expect(types.get(name)).toBe(type);
  });

  it('takes a later declaration, and none of what is inside', () => {
    const types = declaredTypes('let a: number\n{\n  let b: string\n}\n// let c: string\nlet a: string');
    expect([...types]).toEqual([['a', 'string']]);
  });

  it.each(['let a: {', 'let a: ((', "let a: '", 'function a(', 'const a = (', 'let a: |'])(
    'reads any length of %j',
    (piece) => {
      expect(declaredTypes(piece.repeat(50_000)).size).toBeLessThanOrEqual(1);
      expect(declaredTypes(`${piece}\n`.repeat(2_000)).size).toBe(1);
    },
  );
});
