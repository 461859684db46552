/** Numbers from which a statement is generated: its kind, and further choices of that kind. */
export type Choice = readonly [kind: number, ...choices: number[]];

/** Cells that declare and change names: classes, prototypes, functions, buffers, frozen and shared objects. Some of them throw. */
export const cellsFrom = (choices: readonly Choice[]): string[] => choices.map(statement);

const keys = ['a', 'b', '[Symbol.for("k")]', 'm', '[Symbol.iterator]', '1', 'get', 'static', '"a b"'];
const leaves = [
  '1',
  '-0',
  'NaN',
  '-Infinity',
  '"text"',
  '"\\ud800"',
  '12n',
  '-(2n ** 70n)',
  'undefined',
  'null',
  'true',
  'Symbol.for("k")',
  'Symbol.iterator',
  'Symbol("own")',
  'new Date(5)',
  'new Date(NaN)',
  '/a(?<n>b)/giu',
  'new URL("https://example.org/a?b")',
  'Object("boxed")',
  'Object(2n)',
  // Only inside an object: changes to the built-ins themselves would affect the next run.
  '({ math: Math, max: Math.max })',
  'new RangeError("far", { cause: { a: 1 } })',
  'new AggregateError([new Error("x")])',
  '[]',
  '[1, , 3]',
  'Object.create(null)',
  'new ArrayBuffer(4)',
  'new ArrayBuffer(4, { maxByteLength: 8 })',
  'new Uint8Array([1, 2, 3])',
  'new WeakMap()',
  'Promise.resolve(1)',
  '(() => { let n = 0; return () => ++n })()',
  '() => 5',
  'async (a, b) => a',
  'function (a) { return this }',
  'function* () { yield 1 }',
  'async function* named() {}',
  'class { n = 1; m() { return this.n } }',
  '(class Inner { static s = [1]; m() { return Inner } })',
] as const;

function statement([kind, a, b, c, d]: Choice, index: number): string {
  const name = `v${index}`;
  const other = (choice: number): string => (index === 0 ? 'undefined' : `v${choice % index}`);
  const key = (choice: number): string => keys[choice % keys.length]!;
  const member = (choice: number): string =>
    /^[["]|^\d/.test(key(choice)) ? `[${key(choice).replace(/^\[|\]$/g, '')}]` : `.${key(choice)}`;
  const leaf = (choice: number): string => leaves[choice % leaves.length]!;
  const expression = (choice: number): string => (choice % 3 === 0 ? other(choice >> 2) : leaf(choice));
  const declared = ['let', 'const', 'var'][d! % 3]!;
  const [x, y, z] = [a!, b!, c!];
  const made: readonly (() => string)[] = [
    () => `${declared} ${name} = ${expression(x)}`,
    () =>
      `${declared} ${name} = { ${key(x)}: ${expression(y)}, ${key(y)}: ${expression(z)}, get g() { return 1 }, ${key(z)}() { return this } }`,
    () =>
      `${declared} ${name} = { __proto__: ${other(x)}, ${key(y)}: ${expression(z)}, set g(value) { this.h = value } }`,
    () => `${declared} ${name} = { up() { return super.toString() }, a: ${expression(x)} }`,
    () =>
      `${declared} ${name} = [${expression(x)}, ${expression(y)}, , ${expression(z)}]; ${name}.meta = ${expression(z)}`,
    () =>
      `${declared} ${name} = new Map([[${expression(x)}, ${expression(y)}], ["self", 1]]); ${name}.set("me", ${name})`,
    () => `${declared} ${name} = new Set([${expression(x)}, ${expression(y)}])`,
    () =>
      `class ${name} { n = ${leaf(x)}; ${key(y)}() { return this.n } get g() { return ${x} } static ${key(z)} = ${expression(y)}; static s(a, b = 1) { return ${name} } }`,
    () =>
      `class ${name} extends ${other(x)} { ${key(y)}() { return super${member(y)}?.() } set g(v) { this.w = v } static { this.counted = (this.counted ?? 0) + 1 } static async t() { return super.t } }`,
    () =>
      `class ${name} extends ${['Array', 'Map', 'Error', 'Promise', 'EventTarget', 'null', 'Object'][x % 7]!} { extra = ${leaf(y)}; *[Symbol.iterator]() { yield ${z} } }`,
    () =>
      `class ${name} { #p = 1; static #q = 2; p() { return this.#p } static q() { return ++${name}.#q } }`.replace(
        x % 2 === 0 ? /static #q.*?; |static q.*?} / : / /,
        ' ',
      ),
    () =>
      `function ${name}(a, b) { ${['this.a = a', `return ${name}`, 'return b', ''][x % 4]!} }; ${name}.meta = ${expression(y)}`,
    () =>
      `function ${name}() { this.own = 1 } ${name}.prototype = Object.create(${other(x)}.prototype); ${y % 2 === 0 ? `${name}.prototype.constructor = ${name}` : ''}`,
    () => `${other(x)} = ${expression(y)}`,
    () => `${other(x)}${member(y)} = ${expression(z)}`,
    () => `${other(x)}.prototype${member(y)} = ${z % 2 === 0 ? expression(z) : `${other(y)}.prototype${member(z)}`}`,
    () =>
      `Object.defineProperty(${other(x)}, ${JSON.stringify(key(y))}, { value: ${expression(z)}, enumerable: ${d! % 2 === 0}, configurable: ${d! % 3 === 0}, writable: ${d! % 5 === 0} })`,
    () =>
      `Object.defineProperty(${other(x)}${d! % 2 === 0 ? '.prototype' : ''}, "acc", { get() { return ${y} }, configurable: true })`,
    () => `delete ${other(x)}${['.prototype', '', '.prototype'][y % 3]!}${member(z)}; delete ${other(x)}.name`,
    () => `Object.${['freeze', 'seal', 'preventExtensions'][y % 3]!}(${other(x)}${z % 3 === 0 ? '.prototype' : ''})`,
    () =>
      `if (/\\[object (?:Object|Array|Function)\\]/.test(Object.prototype.toString.call(${other(x)}))) Object.setPrototypeOf(${other(x)}, ${y % 4 === 0 ? 'null' : other(y)})`,
    () => `${declared} ${name} = new ${other(x)}(${leaf(y)})`,
    () => `${declared} ${name} = ${other(x)}.prototype`,
    () => `${declared} ${name} = ${other(x)}.prototype${member(y)}`,
    () =>
      `${declared} ${name} = new ${['Uint8Array', 'DataView', 'Uint16Array'][y % 3]!}(${other(x)}.buffer ?? ${other(x)}${z % 2 === 0 ? ', 2' : ''})`,
    () => `enum ${name} { A = ${x}, B, C = "c" }`,
    () =>
      `namespace ${name} { export const a = ${leaf(x)}; export function f() { return a } ${y % 3 === 0 ? 'export let l = 1' : ''} }`,
    () => `import ${['{ list as ' + name + ' }', '* as ' + name, name][x % 3]!} from "lib"`,
    () =>
      `${declared} ${name} = Object.create(${other(x)}, { hidden: { value: ${expression(y)} }, shown: { get: ${leaf(z)}, enumerable: true } })`,
    () => `const [${name} = ${expression(x)}] = []; globalThis.String(${name})`,
  ];
  return made[kind % made.length]!();
}
