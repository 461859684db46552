import { describe, expect, it } from 'vitest';
import { outputDocument } from './output-document.js';

const show = { type: 'show', html: '<b>x</b>', scheme: 'dark' } as const;

describe('the document of an output', () => {
  it('runs only what measures it where it has no scripts of its own', () => {
    const page = outputDocument({ ...show, scripts: false }, '1-2');
    expect(page).toContain(`content="script-src 'nonce-1-2'; object-src 'none'"`);
    expect(page).toMatch(/<script nonce="1-2">[^<]*ResizeObserver/);
    expect(page.indexOf('nonce-1-2')).toBeLessThan(page.indexOf('<b>x</b>'));
  });

  it('has the scheme of the page, and its own scripts where they may run', () => {
    const page = outputDocument({ ...show, scripts: true }, '1-2');
    expect(page).toContain('color-scheme: dark');
    expect(page).not.toContain('Content-Security-Policy');
  });
});
