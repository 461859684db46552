import { describe, expect, it } from 'vitest';
import type { ObjectPreview } from './preview.js';
import { expandPreview, parseHandle } from './expand-preview.js';

/** Expands an object, and then what it shows by handle, as a session does. */
function session(root: object) {
  const kept: object[] = [];
  const options = {
    handleFor: (object: object) => String(kept.includes(object) ? kept.indexOf(object) : kept.push(object) - 1),
  };
  const first = expandPreview(root, options);
  const expand = (name: string, from: ObjectPreview = first): ObjectPreview => {
    const value = from.properties!.find((property) => property.name === name)!.value as ObjectPreview;
    const { handle, range } = parseHandle(value.handle!);
    return expandPreview(kept[Number(handle)]!, options, range);
  };
  return { first, expand };
}

const names = (preview: ObjectPreview): string[] => preview.properties!.map(({ name }) => name);

describe('expandPreview', () => {
  it('shows one level, with hidden properties and the prototype', () => {
    class Point {
      x = { y: 1 };
      norm() {
        return 1;
      }
    }
    const { first, expand } = session(Object.defineProperty(new Point(), 'hidden', { value: 1 }));
    expect(first.properties).toMatchObject([
      { name: 'x', key: 'string', enumerable: true, value: { text: '{y: 1}' } },
      { name: 'hidden', enumerable: false },
      { name: '[[Prototype]]', key: 'internal' },
    ]);
    expect((first.properties![0]!.value as ObjectPreview).properties).toBeUndefined();
    expect(names(expand('x'))).toEqual(['y', '[[Prototype]]']);
    expect(names(expand('[[Prototype]]'))).toEqual(['constructor', 'norm', '[[Prototype]]']);
  });

  it('shows up to 100 elements as they are', () => {
    const { first } = session(Array.from({ length: 100 }, (_, at) => at));
    expect(first.properties).toHaveLength(101);
    expect(first.properties![99]).toMatchObject({ name: '99', value: { text: '99' } });
  });

  it.each<[string, object, string]>([
    ['an array', Array.from({ length: 250 }, (_, at) => at), '249'],
    ['a typed array', new Uint8Array(250).map((_, at) => at), '249'],
    ['a Set', new Set(Array.from({ length: 250 }, (_, at) => at)), '249'],
    ['a Map', new Map(Array.from({ length: 250 }, (_, at) => [at, at])), '249'],
  ])('shows more elements of %s in ranges', (_, root, last) => {
    const { first, expand } = session(root);
    expect(names(first)).toEqual(['[0…99]', '[100…199]', '[200…249]', '[[Prototype]]']);
    const range = expand('[200…249]');
    expect(range.properties).toHaveLength(50);
    expect(range.properties!.at(-1)!.value.text).toBe(last);
    expect(names(range)).not.toContain('[[Prototype]]');
  });

  it('shows ranges of ranges of a million elements', () => {
    const { first, expand } = session(Array.from({ length: 1_000_000 }, (_, at) => at));
    expect(first.properties).toHaveLength(101);
    expect(names(first).slice(0, 2)).toEqual(['[0…9999]', '[10000…19999]']);
    const inner = expand('[10000…19999]');
    expect(names(inner)[1]).toBe('[10100…10199]');
    expect(expand('[10100…10199]', inner).properties![0]).toMatchObject({ name: '10100', value: { text: '10100' } });
  });

  it('keeps the own properties of an array beside its ranges', () => {
    const { first } = session(
      Object.assign(
        Array.from({ length: 150 }, () => 0),
        { label: 'x' },
      ),
    );
    expect(names(first)).toEqual(['[0…99]', '[100…149]', 'label', '[[Prototype]]']);
  });

  it('says how many properties it left out', () => {
    const { first } = session(Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`k${at}`, at])));
    expect(first.properties!.length + first.more!).toBe(1_001);
    expect(first.properties!.length).toBeLessThanOrEqual(200);
  });
});

describe('parseHandle', () => {
  it('takes a handle of a range apart', () => {
    expect(parseHandle('7')).toEqual({ handle: '7' });
    expect(parseHandle('a:b')).toEqual({ handle: 'a:b' });
    expect(parseHandle('a:b:100-200')).toEqual({ handle: 'a:b', range: { from: 100, to: 200 } });
  });
});
