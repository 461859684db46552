import { describe, expect, it } from 'vitest';
import { callCode } from './call-code.js';

describe('the code of a call', () => {
  it.each([
    ['weather', { city: 'Oslo' }, 'await tools.weather({ city: "Oslo" })'],
    ['github.list', undefined, 'await tools.github.list()'],
    ['a.b-c', [1, null, true], 'await tools.a["b-c"]([1, null, true])'],
    ['t', { 'two words': {}, ['__proto__']: [] }, 'await tools.t({ "two words": {}, ["__proto__"]: [] })'],
  ])('%s', (name, args, code) => expect(callCode(name, args)).toBe(code));

  it('is broken into lines where it is long, and gives back what it was made of', () => {
    const args = { text: 'x'.repeat(70), list: [{ a: 1 }, { b: 'y'.repeat(60) }], quote: '`${1}`\n"\u2028' };
    const code = callCode('t', args);
    expect(code.split('\n').length).toBeGreaterThan(4);
    const made = new Function('tools', `return (async () => ${code})()`) as (tools: object) => Promise<unknown>;
    return expect(made({ t: (given: unknown) => given })).resolves.toEqual(args);
  });
});
