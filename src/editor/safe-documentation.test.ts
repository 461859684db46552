import { describe, expect, it } from 'vitest';
import { withoutImages } from './safe-documentation.js';

describe('withoutImages', () => {
  it('leaves no image in Markdown, at any depth', () => {
    const hover = {
      contents: [
        { value: '```typescript\nconst a: string[]\n```' },
        { value: 'See ![x](https://example.com/a.png), ![y][ref] and <IMG src=x>' },
      ],
      signatures: [{ documentation: { value: '![z](a)' }, parameters: [{ documentation: '![p](a)' }] }],
    };
    const text = JSON.stringify(withoutImages(hover));
    expect(text).not.toContain('![');
    expect(text).not.toMatch(/<img/i);
    expect(hover.contents[0]!.value).toBe('```typescript\nconst a: string[]\n```');
  });

  it('passes on what is nothing to show', () => {
    expect(withoutImages(undefined)).toBeUndefined();
    expect(withoutImages(null)).toBeNull();
  });
});
