import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Variable } from '../variable.js';
import { installPlatform, type InstalledPlatform } from './install.js';

const variable = new Variable<string>();
let platform: InstalledPlatform;
beforeEach(() => { platform = installPlatform(); });
afterEach(() => platform.dispose());

describe('streams', () => {
  it('start in the context of the constructor, pull in that of the read', async () => {
    const log: unknown[] = [];
    const source = {
      chunks: 0,
      start() { log.push(`start ${variable.get()}`); },
      pull(controller: ReadableStreamDefaultController<number>) {
        log.push(`pull ${variable.get()}`);
        controller.enqueue((this.chunks += 1));
      },
      cancel() { log.push(`cancel ${variable.get()}`); },
    };
    const stream = variable.run('made', () => new ReadableStream<number>(source, { highWaterMark: 0 }));
    await Promise.resolve();
    const reader = stream.getReader();
    expect(await variable.run('read', () => reader.read())).toEqual({ value: 1, done: false });
    expect(await variable.run('read again', () => reader.read())).toEqual({ value: 2, done: false });
    await variable.run('cancelled', () => reader.cancel());
    expect(log).toEqual(['start made', 'pull read', 'pull read again', 'cancel cancelled']);
    expect(source.chunks).toBe(2);
  });

  it('pull in the context of the read also when it comes later, and of the constructor before any read', async () => {
    const log: unknown[] = [];
    let started = (): void => undefined;
    const stream = variable.run('made', () => new ReadableStream<number>({
      start: () => new Promise<void>((resolve) => { started = resolve; }),
      pull(controller) { log.push(variable.get()); controller.close(); },
    }, { highWaterMark: 0 }));
    const reader = new ReadableStreamDefaultReader(stream);
    const reading = variable.run('read', () => reader.read());
    started();
    expect((await reading).done).toBe(true);
    const eager = await new Promise((resolve) => variable.run('eager', () => new ReadableStream({ pull: () => resolve(variable.get()) })));
    expect([...log, eager]).toEqual(['read', 'eager']);
  });

  it('write and transform in the context of the write, or of the constructor where they come later', async () => {
    const log: unknown[] = [];
    const writable = variable.run('made', () => new WritableStream<string>({
      write(chunk) { log.push(`${chunk} ${variable.get()}`); },
      close() { log.push(`close ${variable.get()}`); },
    }));
    const writer = writable.getWriter();
    await writer.ready;
    await variable.run('write', () => writer.write('now'));
    await variable.run('close', () => writer.close());
    const transform = variable.run('made', () => new TransformStream<string, string>({
      transform(chunk, controller) { controller.enqueue(`${chunk} ${variable.get()}`); },
    }));
    const input = transform.writable.getWriter();
    void input.write('later').catch(() => undefined);
    expect((await transform.readable.getReader().read()).value).toBe('later made');
    expect(log).toEqual(['now write', 'close close']);
  });

  it('keep bytes, strategies, static functions and the errors for what can not be', async () => {
    const bytes = variable.run('x', () => new ReadableStream({ type: 'bytes', pull(controller) { controller.enqueue(new Uint8Array([7])); } }));
    const reader = bytes.getReader({ mode: 'byob' });
    expect((await reader.read(new Uint8Array(1))).value).toEqual(new Uint8Array([7]));
    expect(() => new ReadableStream({ pull: 5 as never })).toThrow(TypeError);
    expect(() => new ReadableStream({ type: 'other' as never })).toThrow();
    expect(new ReadableStream()).toBeInstanceOf(ReadableStream);
    expect(new TransformStream()).toBeInstanceOf(TransformStream);
    expect('from' in ReadableStream).toBe(true);
  });
});
