import { describe, expect, it } from 'vitest';
import { connectPolicy, runnerAddress, sourcesOf } from './connect-policy.js';

describe('connectPolicy', () => {
  it('allows nothing but data that the code has, unless told otherwise', () => {
    expect(connectPolicy([])).toBe('connect-src data: blob:');
  });

  it.each([
    'https://api.example.com',
    'https://api.example.com:8443/v1/',
    'http://localhost:*',
    'https://*.example.com',
    'wss://example.com',
    'https:',
    '*',
    'example.com',
  ])('allows %s', (source) => {
    expect(connectPolicy([source])).toBe(`connect-src ${source} data: blob:`);
  });

  it.each([
    '',
    "'self'",
    "'unsafe-inline'",
    'https://a.com; script-src *',
    'https://a.com, script-src *',
    'https://a.com https://b.com',
    'https://a.com/\n',
    'data:',
    'javascript:',
    'filesystem:',
    '"',
    'https://',
  ])('refuses %j', (source) => {
    expect(() => connectPolicy([source])).toThrow(TypeError);
  });
});

describe('runnerAddress', () => {
  it('says in the address what the frame may reach, and the frame reads the same', () => {
    const sources = ['https://api.example.com/a%20b/', 'wss://*.example.com:*'];
    const address = runnerAddress('runner.html?v=2', sources, 'https://docs.example.com/guide/');
    expect(address.origin + address.pathname).toBe('https://docs.example.com/guide/runner.html');
    expect(address.searchParams.get('v')).toBe('2');
    expect(sourcesOf(address.search)).toEqual(sources);
  });

  it('leaves the address alone when nothing is allowed', () => {
    const { href, search } = runnerAddress('https://docs.example.com/runner.html', []);
    expect(href).toBe('https://docs.example.com/runner.html');
    expect(sourcesOf(search)).toEqual([]);
  });

  it('refuses what is no source before a frame is made', () => {
    expect(() => runnerAddress('https://docs.example.com/', ["'self'"])).toThrow('"\'self\'"');
  });
});
