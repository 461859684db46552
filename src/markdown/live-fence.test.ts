import { describe, expect, it } from 'vitest';
import { LiveFenceError, readLiveFence } from './live-fence.js';

describe('readLiveFence', () => {
  it('leaves a fence alone that does not say live', () => {
    expect(readLiveFence('ts')).toBeUndefined();
    expect(readLiveFence('')).toBeUndefined();
    expect(readLiveFence('ts title="live"')).toBeUndefined();
    expect(readLiveFence('ts {live}')).toBeUndefined();
    expect(readLiveFence('ts alive')).toBeUndefined();
  });

  it('reads attributes in each way of quoting, and bare words', () => {
    expect(readLiveFence(`ts live session=guide depends-on="a b" id='c' auto-run`)).toEqual({
      language: 'ts',
      attributes: { session: 'guide', 'depends-on': 'a b', id: 'c', 'auto-run': '' },
      rest: '',
    });
  });

  it("leaves the highlighter what is the highlighter's", () => {
    expect(readLiveFence('ts live {1,3 - 4} [main.ts] title="A page" showLineNumbers session=x')?.rest).toBe(
      '{1,3 - 4} [main.ts] title="A page" showLineNumbers',
    );
  });

  it('reads line numbers that stand at the language, and a fence without one', () => {
    expect(readLiveFence('ts{2} live')).toEqual({ language: 'ts', attributes: {}, rest: '{2}' });
    expect(readLiveFence('live session=a')).toEqual({ language: '', attributes: { session: 'a' }, rest: '' });
  });

  it("takes the site's attributes where the fence has none of its own", () => {
    const options = { attributes: { 'runner-url': '/runner.html', session: 'page' } };
    expect(readLiveFence('ts live', options)?.attributes).toEqual({ 'runner-url': '/runner.html', session: 'page' });
    expect(readLiveFence('ts live session=own', options)?.attributes).toEqual({
      'runner-url': '/runner.html',
      session: 'own',
    });
  });

  it('lets a text name nothing that runs in the page', () => {
    const fence = readLiveFence('ts live onclick=alert(1) runner-url=//evil.example style=color:red');
    expect(fence?.attributes).toEqual({});
    expect(() => readLiveFence('ts live tools=https://evil.example/x.js')).toThrow(LiveFenceError);
    expect(() => readLiveFence('ts live tools=constructor', { tools: {} })).toThrow(LiveFenceError);
  });

  it('keeps `hidden`, and says which attribute a misspelled one was meant to be', () => {
    expect(readLiveFence('ts live setup hidden')?.attributes).toEqual({ setup: '', hidden: '' });
    expect(() => readLiveFence('ts live sesion=guide')).toThrow('did you mean "session"?');
    expect(() => readLiveFence('ts live autorun')).toThrow('did you mean "auto-run"?');
    expect(() => readLiveFence('ts live tool=mocked')).toThrow('did you mean "tools"?');
    expect(readLiveFence('ts live section=2 title="x"')?.rest).toBe('section=2 title="x"');
  });

  it('refuses a language that does not run', () => {
    expect(() => readLiveFence('python live')).toThrow('the language "python"');
    for (const language of ['ts', 'TypeScript', 'mjs', 'jsx', 'ts:line-numbers', 'ts-vue', 'js{2}', 'live'])
      expect(readLiveFence(`${language} live`)).toBeDefined();
    expect(readLiveFence('python')).toBeUndefined();
  });

  it('gives the address of the tools that a fence names, and says which there are', () => {
    const options = { tools: { mocked: '/mocked.js', real: '/real.js' } };
    expect(readLiveFence('ts live tools=mocked', options)?.attributes).toEqual({ tools: '/mocked.js' });
    expect(() => readLiveFence('ts live tools=mock', options)).toThrow('mocked, real');
  });

  it('reads a long info string in time that grows with its length', () => {
    for (const piece of ['a="', '{', '[ ', 'a="x ', '{} ', 'a=b"', ' ', 'a-'])
      expect(readLiveFence(`ts live ${piece.repeat(100_000)}`)?.attributes).toEqual({});
  });
});
