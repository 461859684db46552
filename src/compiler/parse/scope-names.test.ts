import { afterEach, expect, it, vi } from 'vitest';
import { compileCell, compileModule } from '../index.js';

const cellOf = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `const a${index}: number = ${index};\nfunction f${index}() { return a${index}; }\nvar v${index} = a${index};`,
  ).join('\n');

afterEach(() => void vi.restoreAllMocks());

/** Names that are looked at in lists, for each of so many names that a source declares. */
function searched(count: number, compile: (source: string) => unknown): number {
  let looks = 0;
  const { indexOf } = Array.prototype;
  vi.spyOn(Array.prototype, 'indexOf').mockImplementation(function (this: unknown[], ...parameters) {
    looks += this.length;
    return indexOf.apply(this, parameters);
  });
  compile(cellOf(count));
  vi.restoreAllMocks();
  return looks / count;
}

const asked = new Map<string, number>();
const scope = { kind: (name: string) => void asked.set(name, (asked.get(name) ?? 0) + 1), isGlobal: () => false };

it.each<[string, (source: string) => unknown]>([
  ['a cell', (source) => compileCell(source, scope, { fileName: 'cell.ts', guards: true })],
  ['a module', (source) => compileModule(source, { fileName: 'a.ts', language: 'ts' })],
])('the work for a name of %s stays the same, however many there are', (_, compile) => {
  const few = searched(100, compile);
  expect(searched(3000, compile)).toBeLessThan(2 * few + 100);
});

it('a cell asks the namespace about each of its names a few times', () => {
  asked.clear();
  compileCell(cellOf(1000), scope, { fileName: 'cell.ts' });
  expect(asked.size).toBe(3000);
  expect(Math.max(...asked.values())).toBeLessThan(5);
});

it.each(['let a; let a;', 'let a; var a;', 'class a {} const a = 1;', 'import a from "a"; let a;'])(
  '%s declares a name twice',
  (source) => {
    expect(() => compileModule(source, { fileName: 'a.js' })).toThrow("Identifier 'a' has already been declared");
  },
);
