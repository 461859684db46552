import { describe, expect, it } from 'vitest';
import { readGoString, readGoTable } from './go-tables.mjs';

describe('tables of Go tests', () => {
  it('gives the source of each call, its line and its language', () => {
    const text = [
      'func TestX(t *testing.T) {',
      '\texpectPrintedTS(t, "let x: \\"a\\"", "let x;\\n")',
      '\texpectParseErrorTSX(t, `<T>x`, "error")',
      '\texpectPrinted(t, "a" + "\\tb", "c")',
      '\texpectPrintedJSX(t, "<a/>", "c")',
      '\tcheck("no call")',
    ].join('\n');
    expect(readGoTable(text)).toEqual([
      { line: 2, source: 'let x: "a"', language: 'ts', isValid: true },
      { line: 3, source: '<T>x', language: 'tsx', isValid: false },
      { line: 4, source: 'a\tb', language: 'js', isValid: true },
      { line: 5, source: '<a/>', language: 'jsx', isValid: true },
    ]);
  });

  it('reads escapes, and leaves out bytes that are no characters and strings that go on in the next line', () => {
    expect(readGoString('"\\u00e9\\x41\\\\"', 0)).toBe('éA\\');
    expect(readGoString('"\\xED\\xA0"', 0)).toBeUndefined();
    expect(readGoString('`open', 0)).toBeUndefined();
  });
});
