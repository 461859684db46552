import { Parser } from 'acorn';
import { describe, expect, it } from 'vitest';
import { parserNames, withShortNames } from './parser-names.mjs';

describe('the names of the parser’s methods', () => {
  it('are those of both parsers, and none of the platform', async () => {
    const names = await parserNames();
    for (const name of ['parseStatement', 'tsParseType', 'jsx_parseElement']) expect(names).toContain(name);
    const platform = Object.getOwnPropertyNames(globalThis).flatMap((name) => {
      const value = Reflect.get(globalThis, name) as { readonly prototype?: object } | undefined;
      const objects = [value, value?.prototype].filter((one) => one !== null && one !== undefined);
      return [name, ...objects.flatMap((one) => Object.getOwnPropertyNames(one))];
    });
    expect(platform.filter((name) => names.has(name))).toEqual([]);
    expect(platform).toContain('isExtensible');
    expect([...names].filter((name) => name.startsWith('parse') && name in Parser.prototype).length).toBeGreaterThan(
      50,
    );
  });

  it('are replaced by names that stand nowhere else', () => {
    const names = new Set(['parseAll', 'tsParseAll']);
    const code = 'class A{parseAll(){return this.tsParseAll($a,parseAllMore)}tsParseAll(){}}a.parseAll()';
    expect(withShortNames(code, names)).toBe('class A{$b(){return this.$c($a,parseAllMore)}$c(){}}a.$b()');
  });
});
