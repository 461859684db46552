import { describe, expect, it } from 'vitest';
import { PageTree } from './component-tree.js';

/** As much of a document as a tree asks for. */
class FakeNode {
  childNodes: FakeNode[] = [];
  parentNode: FakeNode | null = null;
  readonly attributes = new Map<string, string>();
  value = '';
  constructor(
    readonly localName: string,
    public data = '',
  ) {}
  get ownerDocument(): object {
    return {
      hasFocus: () => false,
      createElementNS: (_: string, name: string) => new FakeNode(name),
      createTextNode: (text: string) => new FakeNode('#text', text),
      createComment: (text: string) => new FakeNode('#comment', text),
    };
  }
  insertBefore(node: FakeNode, before: FakeNode | null): void {
    node.parentNode?.removeChild(node);
    const at = before === null ? this.childNodes.length : this.childNodes.indexOf(before);
    this.childNodes.splice(at, 0, node);
    node.parentNode = this;
  }
  appendChild(node: FakeNode): void {
    this.insertBefore(node, null);
  }
  replaceChildren(...nodes: FakeNode[]): void {
    this.childNodes = [];
    for (const node of nodes) this.appendChild(node);
  }
  removeChild(node: FakeNode): void {
    this.childNodes = this.childNodes.filter((child) => child !== node);
    node.parentNode = null;
  }
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }
  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }
  get text(): string {
    const inside = this.childNodes.map(({ text }) => text).join('');
    return this.localName.startsWith('#') ? this.data : `<${this.localName}>${inside}`;
  }
}

const element = (id: number, name: string, children: unknown[] = [], attributes: object = {}): unknown[] => [
  id,
  name,
  attributes,
  children,
  {},
  0,
];

function shown(tree: unknown): { page: PageTree; place: FakeNode; listened: string[] } {
  const place = new FakeNode('body');
  const listened: string[] = [];
  const page = new PageTree(
    place as never,
    (type) => listened.push(type),
    () => undefined,
  );
  page.show(JSON.stringify({ tree, listens: ['click', 'x y', 5], version: 1 }));
  return { page, place, listened };
}

describe('the tree of a component on its page', () => {
  it('G1: is built and changed, and nothing that is not allowed comes with it', () => {
    const { page, place, listened } = shown(
      element(1, 'ul', [element(2, 'li', [[3, 'a']]), element(4, 'script')], { onload: 'x', id: 'a' }),
    );
    expect(place.text).toBe('<body><ul><li>a<span>');
    expect([...place.childNodes[0]!.attributes.keys()]).toEqual(['id']);
    expect(listened).toEqual(['click']);
    page.apply(
      JSON.stringify([
        [1, 1, 2, element(5, 'li', [[6, 'b']])],
        [4, 3, 'c'],
        [2, 1, 5, 2],
        [3, 4],
        [5, 1, 'onclick', 'x'],
        [5, 1, 'class', 'y'],
        [6, 5, 'value', 'typed', 0],
        [6, 5, 'innerHTML', '<b>', 0],
      ]),
    );
    expect(place.text).toBe('<body><ul><li>c<li>b');
    const list = place.childNodes[0]!;
    expect([...list.attributes.keys()]).toEqual(['id', 'class']);
    expect(list.childNodes[1]).toMatchObject({ value: 'typed' });
    expect(list.childNodes[1]).not.toHaveProperty('innerHTML');
    page.inputs.set(list.childNodes[1] as never, 2);
    page.apply(JSON.stringify([[6, 5, 'value', 'older', 1]]));
    expect(list.childNodes[1]).toMatchObject({ value: 'typed' });
  });

  it('F5: refuses what was forged, and what is too large', () => {
    const { page } = shown(element(1, 'div'));
    for (const forged of [
      [[99, 1]],
      [[3, 7]],
      [[1, 1, 7, element(2, 'b')]],
      [[1, 1, 0, 'x']],
      [[1, 1, 0, [null, 'b']]],
      {},
      [5],
      'x',
    ])
      expect(() => page.apply(JSON.stringify(forged))).toThrow();
    expect(() => page.apply('[')).toThrow();
    let deep: unknown[] = element(1_000, 'b');
    for (let id = 1; id < 700; id++) deep = element(1_000 + id, 'b', [deep]);
    expect(() => page.apply(JSON.stringify([[1, 1, 0, deep]]))).toThrow('levels');
    const many = Array.from({ length: 50_001 }, (_, id) => [id + 2, 'x']);
    expect(() => page.show(JSON.stringify({ tree: element(1, 'div', many), listens: [], version: 1 }))).toThrow(
      'nodes',
    );
  });
});
