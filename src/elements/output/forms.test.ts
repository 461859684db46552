import { describe, expect, it } from 'vitest';
import { richestForm } from './forms.js';

const kindOf = (...types: string[]): string | undefined =>
  richestForm(Object.fromEntries(types.map((type) => [type, 'x'])))?.kind;

describe('the richest form of a bundle', () => {
  it.each([
    [['text/plain', 'text/html', 'application/vnd.dataresource+json'], 'table'],
    [['text/plain', 'image/png', 'text/html'], 'html'],
    [['text/markdown', 'image/svg+xml'], 'image'],
    [['application/json', 'image/webp'], 'image'],
    [['text/plain', 'application/geo+json'], 'json'],
    [['text/plain'], undefined],
    [['application/x-unknown'], undefined],
  ])('%j is shown as %s', (types, kind) => {
    expect(kindOf(...types)).toBe(kind);
  });

  it('does not ask a prototype', () => {
    expect(richestForm(Object.create({ 'text/html': 'x' }) as object as Record<string, unknown>)).toBeUndefined();
  });
});
