import { describe, expect, it } from 'vitest';
import { matchesExpected } from './expected-output.js';

describe('expected output', () => {
  it.each([
    ['42', '42'],
    ['\n42  \n\n', '42'],
    ['a\r\nb', 'a\nb\n'],
    ['', ''],
    ['took … ms', 'took 12 ms'],
    ['took ... ms', 'took 12 ms'],
    ['first\n…\nlast', 'first\nlast'],
    ['first\n…\nlast', 'first\na\nb\nlast'],
    ['…', 'anything\nat all'],
    ['(a+b)* [x] {y} $1 \\', '(a+b)* [x] {y} $1 \\'],
  ])('%j is met by %j', (expected, actual) => expect(matchesExpected(expected, actual)).toBe(true));

  it.each([
    ['42', '43'],
    ['42', '42\n43'],
    ['', 'something'],
    ['took … ms', 'took 12\n ms'],
    ['first\n…\nlast', 'first\na'],
    ['a+', 'aa'],
    [' a', 'a'],
  ])('%j is not met by %j', (expected, actual) => expect(matchesExpected(expected, actual)).toBe(false));

  it('compares with many gaps', () => {
    expect(matchesExpected(`${'a…'.repeat(1000)}b`, 'a'.repeat(2000))).toBe(false);
    expect(matchesExpected(`${'a\n…\n'.repeat(300)}b`, 'a\n'.repeat(2000))).toBe(false);
    expect(matchesExpected('a…a…', 'aba')).toBe(true);
  });
});
