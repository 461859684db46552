import { RandomChoices } from '../../testing/random-choices.js';

/** Text between tags, and in strings: entities of each form, and white space of each kind. */
const texts = [
  'word',
  'two words',
  ' ',
  '\n',
  '\n  ',
  '  a\n   b  \n\n c ',
  '\t x\t',
  '\u00a0\n \u00a0y\u3000\n',
  'a &amp; b &lt; &nbsp;',
  '&nbsp;\n&#32; z &#x20;\n',
  '&#169;&#xA9;&#x1F600;&hearts;&AElig;',
  '&nope; &amp &; &#; &#x; &#xZ; & ;',
  'line\u2028two\u2029three',
  '\r\n  carriage\r return\r\n',
  "quo'te",
  '`${k}` // no comment /* neither */',
  '\\n \\u0041',
] as const;

/** TypeScript's output has line breaks and backslashes of such strings as they are. */
const strings = texts.filter((text) => !/[\n\r\u2028\u2029\\]/.test(text));

const gaps = [' ', '  ', '\n    ', ' /* gap */ ', ' // gap\n '] as const;
const tags = ['div', 'b', 'my-tag', 'svg:path', 'Foo', 'ns.Bar', 'ns.deep.Baz', 'Foo<string>', '_x', '$', ''] as const;
const keys = ['a', 'b', 'data-x', 'x:href', 'class', 'children', 'if', 'camelCase'] as const;
const values = [
  '1',
  'k',
  'obj.a',
  'obj!.a as number',
  '`t${k}`',
  '"}<" + k',
  '{ a: 1 }',
  '[k, 2]',
  '/* c */ k',
  'k // c\n',
  '/[<>{}]/.test(k)',
  '1 < 2',
  '(<T,>(x: T): T => x)(k)',
  'note("v")',
  '(note("first"), note("second"))',
  'note(1) && k',
] as const;

/** Makes expressions with elements in them, of `Foo`, `ns`, `_x`, `$`, `k`, `obj`, `list` and `note`. */
export class RandomElements {
  readonly #choices: RandomChoices;

  constructor(seed: number) {
    this.#choices = new RandomChoices(seed);
  }

  element(depth = 3): string {
    const { pick, chance, below } = this.#bound();
    const tag = pick(tags);
    const name = tag.replace(/<.*/, '');
    const attributes = tag === '' ? '' : this.#attributes(depth);
    if (tag !== '' && chance(0.3)) return `<${tag}${attributes}${pick(['', ' ', '\n'])}/>`;
    const count = depth === 0 ? below(2) : below(5);
    const children = Array.from({ length: count }, () => this.#child(depth - 1)).join('');
    return `<${tag}${attributes}${pick(['', ...(tag === '' ? [] : ['\n'])])}>${children}</${name}${pick(['', ' '])}>`;
  }

  #bound(): Pick<RandomChoices, 'below' | 'chance'> & { pick<T>(items: readonly T[]): T } {
    const choices = this.#choices;
    return {
      pick: (items) => choices.pick(items),
      chance: (probability) => choices.chance(probability),
      below: (limit) => choices.below(limit),
    };
  }

  #attributes(depth: number): string {
    const { pick, chance, below } = this.#bound();
    const left = new Set<string>(keys);
    const list = Array.from({ length: below(4) }, () => {
      if (chance(0.2)) return `{${pick(['', ' ', '/* s */ '])}...${pick(['obj', 'note(obj)', 'note({ b: 2 })'])}}`;
      const name = pick([...left]);
      left.delete(name);
      return `${name}${this.#attributeValue(depth)}`;
    });
    if (chance(0.25)) list.splice(below(list.length + 1), 0, `key=${this.#keyValue(depth)}`);
    return list.map((attribute) => pick(gaps) + attribute).join('');
  }

  #keyValue(depth: number): string {
    const { pick, chance } = this.#bound();
    if (chance(0.3)) return '"a &amp; b"';
    return depth > 0 && chance(0.1) ? this.element(0) : `{${pick(values)}}`;
  }

  #attributeValue(depth: number): string {
    const { pick, chance } = this.#bound();
    const equals = pick(['=', ' = ', '\n=', '=/* c */']);
    if (chance(0.15)) return '';
    if (chance(0.4)) return `${equals}"${pick(strings)}"`;
    if (depth > 0 && chance(0.2)) return `${equals}${this.element(depth - 1)}`;
    return `${equals}{${this.#expression(depth)}}`;
  }

  #child(depth: number): string {
    const { pick, chance } = this.#bound();
    if (chance(0.4)) return pick(texts);
    if (chance(0.1)) return pick(['{}', '{ }', '{/* c */}', '{\n// c\n}']);
    if (chance(0.1)) return '{...list}';
    return depth > 0 && chance(0.6) ? this.element(depth) : `{${this.#expression(depth)}}`;
  }

  #expression(depth: number): string {
    const { pick, chance } = this.#bound();
    if (depth <= 0 || chance(0.6)) return pick(values);
    const element = this.element(depth - 1);
    return pick([
      `list.map((item) => ${element})`,
      `k ? ${element} : null`,
      `obj && (\n${element}\n)`,
      `(() => { return ${element} })()`,
      element,
      `[${element}, ${element}]`,
      `{ a: ${element} }`,
    ]);
  }
}
