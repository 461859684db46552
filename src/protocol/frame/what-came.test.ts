import { afterEach, describe, expect, it, vi } from 'vitest';
import { whatCame } from './what-came.js';

const html = { headers: { 'content-type': 'text/html; charset=utf-8' } };
const serve = (answer: () => Response): void => void vi.stubGlobal('fetch', () => Promise.resolve().then(answer));

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('whatCame', () => {
  it.each<[string, () => Response, RegExp]>([
    ['an error', () => new Response('<h1>Not found', { status: 404, ...html }), /answered with status 404/],
    ['plain text', () => new Response('<!doctype html>'), /sent it as text\/plain, and a frame needs text\/html/],
    ['no type', () => new Response(new Uint8Array(1)), /sent it as no type/],
    ['another page', () => new Response('<h1>Home', html), /sent another page \(8 characters\)/],
    [
      'part of it',
      () => new Response('<meta http-equiv=Content-Security-Policy', html),
      /40 characters. It is not whole/,
    ],
    ['nothing', () => new Response('', html), /another page \(0 characters\)/],
  ])('tells %s', async (_, answer, expected) => {
    serve(answer);
    expect(await whatCame('https://page.example/runner.html')).toMatch(expected);
  });

  it('tells that nothing could be read, or that the browser is offline', async () => {
    serve(() => {
      throw new TypeError('Failed to fetch');
    });
    expect(await whatCame('https://page.example/runner.html')).toMatch(/could not be reached/);
    expect(await whatCame('https://page.example/runner.html', false)).toBe('The browser is offline.');
  });
});
