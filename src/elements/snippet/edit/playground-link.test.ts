import { describe, expect, it } from 'vitest';
import { playgroundLink, readPlaygroundLink } from './playground-link.js';

describe('links to the playground', () => {
  it('carry any code and its name in the fragment', () => {
    const linked = { code: 'const größe = "日本語 🎈" + `${1}`;\n// ?&=#/+', name: 'Orders' };
    const link = playgroundLink('../play/?example=1', linked, 'https://docs.example/guide/page.html');
    expect(link).toMatch(/^https:\/\/docs\.example\/play\/\?example=1#code=[\w-]+$/);
    expect(readPlaygroundLink(new URL(link).hash)).toEqual(linked);
  });

  it.each([
    '',
    '#',
    '#code=',
    '#code=%%%',
    '#code=bm90IGpzb24',
    '#code=e30',
    '#code=bnVsbA',
    '#code=_w',
    '#other=e30',
    `#code=${'A'.repeat(300_000)}`,
  ])('are nothing where the fragment is %.40j', (hash) => expect(readPlaygroundLink(hash)).toBeUndefined());

  it('keep a name short', () => {
    const { hash } = new URL(
      playgroundLink('https://play.example/', { code: '1', name: 'x'.repeat(1000) }, 'https://a.example/'),
    );
    expect(readPlaygroundLink(hash)?.name).toHaveLength(80);
  });
});
