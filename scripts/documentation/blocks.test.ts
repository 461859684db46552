import { describe, expect, it } from 'vitest';
import { blocksOf } from './blocks.mjs';

describe('blocksOf', () => {
  it('gives each fence its language, its words and its line', () => {
    const [first, second] = blocksOf(
      'a.md',
      '# A\n\n```ts live session="a b" setup\n1\n```\n\n- ```sh\n  npm ci\n  ```\n',
    );
    expect(first).toMatchObject({ page: 'a.md', line: 4, language: 'ts', text: '1\n' });
    expect([...first!.words]).toEqual([
      ['live', ''],
      ['session', 'a b'],
      ['setup', ''],
    ]);
    expect(second).toMatchObject({ line: 8, language: 'sh', text: 'npm ci\n' });
  });

  it('joins a live fence with its expected output', () => {
    expect(blocksOf('a.md', '```ts live\n1\n```\n\n```text output\n1\n```\n')[0]?.expected).toBe('1\n');
    expect(blocksOf('a.md', '```ts\n1\n```\n\n```text output\n1\n```\n')[0]?.expected).toBeUndefined();
  });

  it('finds the fences that a block of Markdown shows', () => {
    const blocks = blocksOf('a.md', 'text\n\n````md\n```ts live\n1\n```\n````\n');
    expect(blocks.map(({ language, line }) => [language, line])).toEqual([
      ['md', 4],
      ['ts', 5],
    ]);
  });
});
