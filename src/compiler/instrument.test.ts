import { describe, expect, it } from 'vitest';
import { current } from '../context/current.js';
import { frames } from '../context/frames.js';
import { Edits } from './edits.js';
import { GeneratedNames } from './generated-names.js';
import { frameFunctionsPattern, frameNames, topLevelFrame } from './instrument-names.js';
import { instrument } from './instrument.js';
import { parse } from './parse.js';

function transform(source: string): string {
  const { program, tokens } = parse(source, { language: 'js', sourceType: 'script', allowAwait: true });
  const edits = new Edits(source);
  const generated = new GeneratedNames(tokens);
  const names = frameNames((suffix) => generated.of(suffix));
  const { suspends } = instrument(program, tokens, edits, { names, topLevel: 'async', strict: false });
  const { open, close } = topLevelFrame(names, suspends);
  return `async (frames, log, world) => {const ${frameFunctionsPattern(names)}=frames;${open}${edits.apply().text}\n${close}}`;
}

describe('x', () => {
  it('y', async () => {
    const text = transform('async function f() { try { await 1 } catch ({ a }) { } for await (const {a} of []) log(a); function* g(a, ...b) { yield b } return g }\nlog(await f());');
    console.log(text);
    await (0, eval)(text)(frames, console.log);
    expect(current.mapping).toBe(undefined);
  });
});
