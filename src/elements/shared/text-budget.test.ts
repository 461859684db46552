import { describe, expect, it } from 'vitest';
import { TextBudget } from './text-budget.js';

const shown = (text: string): string => new TextBudget().take(text);
/** Random characters of the whole of Unicode, the same every time. */
function randomText(length: number): string {
  let seed = 1;
  const next = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
  return Array.from({ length }, () => String.fromCodePoint(Math.floor(next() * 0x11_0000))).join('');
}

describe('F5: a row of the page shows as much text as it has time for', () => {
  it.each([
    ['Latin', 'hello world, ça va? '],
    ['Russian', 'Привет, мир! '],
    ['Greek', 'Γειά σου Κόσμε '],
    ['Chinese', '你好，世界。'],
    ['Japanese', 'こんにちは、世界。カタカナ'],
    ['Korean', '안녕하세요 세계 '],
    ['a table with tabs', 'name\tok\n'],
    ['a table of lines', '│ name │ ok ✔ │\n├──────┼──────┤\n'],
    ['numbers', '1234567890 '],
  ])('ten thousand characters of %s stay as they are', (_name, text) => {
    const long = text.repeat(10_000 / text.length);
    expect(shown(long)).toBe(long);
  });

  it.each([
    ['Arabic', 'مرحبا بالعالم '],
    ['Hebrew', 'שלום עולם '],
    ['Persian', 'سلام دنیا چطوری '],
    ['Arabic with all its marks', 'بِسْمِ اللَّهِ '],
    ['pointed Hebrew', 'בְּרֵאשִׁית בָּרָא '],
    ['Hindi', 'नमस्ते दुनिया '],
    ['Thai', 'สวัสดีชาวโลก'],
    ['Tamil', 'வணக்கம் உலகம் '],
    ['Vietnamese in combining marks', 'Tiếng Việt '.normalize('NFD')],
    ['emoji', '😀 and 😃 '],
    ['people of several skins', '👩🏽‍🚀👨🏿‍👩🏻‍👧🏼 '],
    ['Arabic with English', 'الكلمة word هنا '],
  ])('a page of %s stays as it is', (_name, text) => {
    const page = text.repeat(2_000 / text.length);
    expect(shown(page)).toBe(page);
  });

  it.each([
    ['accents', '\u0301'],
    ['points', '\u05b0'],
    ['tone marks', '\u0e49'],
    ['skins', '\u{1f3fb}'],
    ['skins and joiners', '\u{1f3fb}\u200d'],
    ['skins and variations', '\u{1f3fb}\ufe0f'],
  ])('of %s without end eight stay', (_name, mark) => {
    const text = `a${mark.repeat(5_000)}`;
    expect(shown(text)).toBe(`a${mark.repeat(8 / [...mark].length)}… (${text.length.toLocaleString('en')} characters)`);
  });

  it.each([
    ['of two directions', 'a\u05d0'.repeat(5_000), 500],
    ['of isolates', '\u2066\u05d0\u2069'.repeat(3_000), 1_000],
    ['of directional marks', '\u200f\u200e'.repeat(5_000), 500],
    ['of Arabic with two marks for a letter', '\u0644\u0651\u064e'.repeat(3_000), 2_500],
    ['of tabs', 'a\t'.repeat(50_000), 20_000],
    ['of empty lines', '\n'.repeat(100_000), 10_050],
    ['of any characters', randomText(10_000), 3_000],
    ['of Arabic', 'مرحبا بالعالم '.repeat(1_000), 6_000],
    ['of a million letters', 'a'.repeat(1_000_000), 100_050],
  ])('a text %s is cut, and tells its length', (_name, text, length) => {
    expect(shown(text).length).toBeLessThan(length);
    expect(shown(text)).toMatch(new RegExp(`… \\(${text.length.toLocaleString('en')} characters\\)$`));
    expect(text.startsWith(shown(text).replace(/… \([\d,]+ characters\)$/, ''))).toBe(true);
  });

  it('texts of one row share it, and those for which nothing is left are named', () => {
    const budget = new TextBudget();
    const texts = Array.from({ length: 10 }, () => budget.take('a\u05d0'.repeat(100)));
    expect(texts[0]).not.toContain('…');
    expect(texts.at(-1)).toBe('…');
    expect(budget.take('')).toBe('');
  });

  it('every text takes room for its elements, and a list can tell when to stop', () => {
    const budget = new TextBudget();
    let count = 0;
    for (; !budget.isSpent; count++) budget.take('x');
    expect(count).toBeLessThan(2_500);
    expect(budget.take('x')).toBe('…');
  });

  it('no character is cut in two', () => {
    const text = new TextBudget(130).take('😀𝔸'.repeat(100));
    expect(text).not.toMatch(/\p{Surrogate}/u);
  });
});
