import { describe, expect, it } from 'vitest';
import { StreamContexts } from './stream-contexts.js';

const cause = (name: string) => ({ mapping: { execution: { id: name, interruption: undefined }, values: new Map() } });

function stream(): StreamContexts {
  const contexts = new StreamContexts(cause('made'));
  contexts.takesChunks = true;
  return contexts;
}

describe('StreamContexts', () => {
  it('tells the write of a chunk by the chunk, in their order', () => {
    const contexts = stream();
    const [first, second] = [cause('first'), cause('second')];
    contexts.written('refused', first.mapping);
    contexts.written(NaN, first.mapping);
    contexts.written(NaN, second.mapping);
    expect(contexts.causeOf('write', NaN)).toMatchObject(first);
    expect(contexts.causeOf('write', 'refused')).toBeUndefined();
    expect(contexts.causeOf('transform', NaN)).toMatchObject(second);
    expect(contexts.causeOf('write', NaN)).toBeUndefined();
  });

  it('keeps no chunk that does not arrive: after an error, after the close, where nothing takes any', () => {
    const forgets: ((contexts: StreamContexts) => void)[] = [
      (contexts) => contexts.forgetWrites(),
      (contexts) => {
        contexts.forgetWrites();
        contexts.causeOf('close', undefined);
        contexts.written(1, undefined);
      },
      (contexts) => {
        contexts.forgetWrites();
        contexts.takesChunks = false;
        contexts.written(1, undefined);
      },
    ];
    for (const forget of forgets) {
      const contexts = stream();
      contexts.written(1, undefined);
      forget(contexts);
      expect(contexts.causeOf('write', 1)).toBeUndefined();
    }
  });

  it('falls back to the pipe for what nobody called', () => {
    const contexts = stream();
    const [pipe, close] = [cause('pipe'), cause('close')];
    contexts.pipedInto = pipe;
    for (const method of ['write', 'close', 'abort']) expect(contexts.causeOf(method, 1)).toBe(pipe);
    contexts.closed = close;
    expect(contexts.causeOf('flush', undefined)).toBe(close);
    expect(contexts.causeOf('start', undefined)).toBe(contexts.constructed);
    expect(contexts.causeOf('pull', undefined)).toBeUndefined();
  });
});
