/** Characters of each text. */
const length = 10_000;

/** @param {string} part */
const filled = (part) => part.repeat(Math.ceil(length / part.length)).slice(0, length);
/** @param {number} from @param {number} to */
const range = (from, to) =>
  filled(Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)).join(''));
let seed = 7;
/** @param {number} below */
const random = (below) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
/** @param {readonly [number, number][]} ranges */
const mixed = (ranges) => {
  let text = '';
  while (text.length < length) {
    const [from, to] = ranges[random(ranges.length)] ?? [32, 126];
    text += String.fromCodePoint(from + random(to - from + 1));
  }
  return text.slice(0, length);
};

/** Texts of ten thousand characters each, by name. @type {Readonly<Record<string, string>>} */
export const texts = {
  plain: filled('plain text '),
  'one word': filled('word'),
  'combining marks': filled('\u0301'),
  'letters with marks': filled('e\u0301\u0323'),
  'letters with 8 marks': filled('e\u0301\u0323\u0302\u0303\u0304\u0305\u0306\u0307'),
  'hebrew points': range(0x591, 0x5c7),
  'bidi isolates, open': filled('\u2067a'),
  'bidi isolates, paired': filled('\u2066\u05d0\u2069'),
  'bidi embeddings': filled('\u202ba\u202c'),
  'bidi overrides': filled('\u202e\u202d'),
  'directions in turns': filled('a\u05d0'),
  'directional marks': filled('\u200f\u200e'),
  arabic: filled('\u0645\u0631\u062d\u0628\u0627 '),
  'arabic, one word': filled('\u0644\u0627'),
  'arabic, with marks': filled('\u0644\u0651\u064e'),
  devanagari: filled('\u0915\u094d\u0937\u093f'),
  'devanagari, one syllable': filled('\u0915\u094d'),
  tibetan: filled('\u0f56\u0f66\u0f92\u0fb2\u0f74'),
  'tibetan, one stack': filled('\u0f90'),
  thai: filled('\u0e01\u0e33\u0e49'),
  'hangul jamo': filled('\u1112\u1161\u11ab'),
  'hangul jamo, one kind': filled('\u1100'),
  chinese: filled('\u4e2d\u6587'),
  emoji: filled('\u{1f600}'),
  'emoji families': filled('\u{1f469}\u200d\u{1f469}\u200d\u{1f467}'),
  'emoji with skins': filled('\u{1f44d}\u{1f3fb}'),
  flags: filled('\u{1f1e9}\u{1f1ea}'),
  keycaps: filled('1\ufe0f\u20e3'),
  'zero-width joiners': filled('\u200d'),
  'letters and joiners': filled('a\u200d'),
  'zero-width spaces': filled('\u200b'),
  'soft hyphens': filled('a\u00ad'),
  'lone surrogates': filled('\ud800'),
  'surrogates, wrong order': filled('\udc00\ud800'),
  tabs: filled('\t'),
  'tabs and letters': filled('a\t'),
  'line ends': filled('\n'),
  'carriage returns': filled('\r'),
  'line separators': filled('\u2028'),
  NULs: filled('\0'),
  controls: range(1, 31),
  spaces: filled(' '),
  'wide spaces': filled('\u3000'),
  'mathematical letters': range(0x1d400, 0x1d7ff),
  'private use': range(0xe000, 0xf8ff),
  'variation selectors': filled('a\ufe0e'),
  tags: filled('\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}'),
  'ideographic descriptions': filled('\u2ff0'),
  scripts: mixed(Array.from({ length: 60 }, (_, at) => [0x370 + at * 0x80, 0x370 + at * 0x80 + 0x60])),
  'everything of the first plane': mixed([[1, 0xd7ff]]),
  'everything beyond it': mixed([[0x1_0000, 0x1_ffff]]),
};

/** Where a text is shown, as code with the text in `t`. @type {Readonly<Record<string, string>>} */
export const places = {
  log: 'console.log(t)',
  'ten values': 'console.log(t, t, t, t, t, t, t, t, t, t)',
  style: `console.log('%c' + t, 'color: red')`,
  result: 't',
  object: '({ [t]: t })',
  'error message': 'throw new Error(t)',
  'error name': 'throw Object.assign(new Error("x"), { name: t })',
  'logged error': 'console.error(Object.assign(new Error(t), { name: t }))',
  'table cell': 'console.table([[t, t], [t, t]])',
  'table column': 'console.table([{ [t]: 1, b: t }])',
  'tool name': 'await tools[t]({})',
  'tool argument': 'await tools.echo(t)',
  group: 'console.group(t); console.log(1)',
  'class name': '({ [t]: class {} })[t]; console.log(new ({ [t]: class {} })[t]())',
  variable: 'let shown = t, inside = { [t]: [t] }, map = new Map([[t, t]]); 0',
};

/** Code that sends much, beside code that sends plain text of as many characters. @type {Readonly<Record<string, readonly [code: string, characters: number]>>} */
export const shapes = {
  'wide array logged': ['console.log(Array.from({ length: 100_000 }, (_, i) => i))', 100_000],
  'wide array returned': ['Array.from({ length: 90_000 }, (_, i) => ({ i }))', 1_000_000],
  'two million elements': ['Array.from({ length: 2e6 }, (_, i) => i)', 1_000_000],
  'two million properties': ["const o = {}; for (let i = 0; i < 2e6; i++) o['k' + i] = i; o", 1_000_000],
  '10,000 tool calls': ['await Promise.all(Array.from({ length: 10_000 }, (_, i) => tools.echo(i))); 1', 1_000_000],
  '10,000 tool calls in turn': ['for (let i = 0; i < 10_000; i++) await tools.echo(i)', 1_000_000],
  '100,000 displays': ['for (let i = 0; i < 100_000; i++) display(i)', 1_000_000],
  '100,000 displays of objects': ['for (let i = 0; i < 100_000; i++) display({ i })', 1_000_000],
  '100,000 lines': ["for (let i = 0; i < 100_000; i++) console.log('line', i)", 1_000_000],
  'table of 1,000 columns': [
    "console.table(Array.from({ length: 1000 }, (_, r) => Object.fromEntries(Array.from({ length: 1000 }, (_, c) => ['c' + c, r * c]))))",
    100_000,
  ],
  'table of long cells': [
    "console.table(Array.from({ length: 200 }, () => Array.from({ length: 30 }, () => 'x'.repeat(500))))",
    200_000,
  ],
  '10,000 nested groups': ["for (let i = 0; i < 10_000; i++) console.group('g' + i)", 100_000],
  '10,000 nested groups, twice': [
    "for (let i = 0; i < 10_000; i++) console.group('g' + i); for (let i = 0; i < 10_000; i++) console.log('deep', i)",
    100_000,
  ],
  '10,000 groups': ["for (let i = 0; i < 10_000; i++) { console.group('g' + i); console.groupEnd() }", 100_000],
  'a line of 200 styles': [
    "console.log('%cx'.repeat(190), ...Array(190).fill('color: red; padding: 4px; background: linear-gradient(red, blue)'))",
    10_000,
  ],
  'huge padding': ["console.log('%cx', 'padding: 99999999px'); console.log('%cx', 'padding: 1e9em 1e9em')", 10_000],
  gradients: [
    "for (let i = 0; i < 200; i++) console.log('%cx', 'padding: 900px; background: ' + Array(9).fill('conic-gradient(red,blue)').join())",
    10_000,
  ],
  'errors with causes': [
    "let e = new Error('x'.repeat(5_000)); for (let i = 0; i < 50; i++) e = new AggregateError(Array(30).fill(e), 'm'.repeat(5_000), { cause: e }); console.error(e); throw e",
    100_000,
  ],
  '20,000 variables': [
    "for (let i = 0; i < 15_000; i++) globalThis['v' + i] = { i }; eval(Array.from({ length: 5_000 }, (_, i) => 'var w' + i + ' = { i: ' + i + ' }').join(';')); 0",
    500_000,
  ],
};
