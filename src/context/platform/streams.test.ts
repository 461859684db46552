import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Variable } from '../async-context/variable.js';
import { installPlatform, type InstalledPlatform } from './install.js';

const variable = new Variable<string>();
let platform: InstalledPlatform;
beforeEach(() => {
  platform = installPlatform();
});
afterEach(() => platform.dispose());

describe('streams', () => {
  it('start in the context of the constructor, pull in that of the read', async () => {
    const log: unknown[] = [];
    const source = {
      chunks: 0,
      start() {
        log.push(`start ${variable.get()}`);
      },
      pull(controller: ReadableStreamDefaultController<number>) {
        log.push(`pull ${variable.get()}`);
        controller.enqueue((this.chunks += 1));
      },
      cancel() {
        log.push(`cancel ${variable.get()}`);
      },
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
    const stream = variable.run(
      'made',
      () =>
        new ReadableStream<number>(
          {
            start: () =>
              new Promise<void>((resolve) => {
                started = resolve;
              }),
            pull(controller) {
              log.push(variable.get());
              controller.close();
            },
          },
          { highWaterMark: 0 },
        ),
    );
    const reader = new ReadableStreamDefaultReader(stream);
    const reading = variable.run('read', () => reader.read());
    started();
    expect((await reading).done).toBe(true);
    const eager = await new Promise((resolve) =>
      variable.run('eager', () => new ReadableStream({ pull: () => resolve(variable.get()) })),
    );
    expect([...log, eager]).toEqual(['read', 'eager']);
  });

  it('write, transform and end in the context of the call, or of nobody where nobody called', async () => {
    const log: unknown[] = [];
    const writable = variable.run(
      'made',
      () =>
        new WritableStream<string>({
          write(chunk) {
            log.push(`${chunk} ${variable.get()}`);
          },
          close() {
            log.push(`close ${variable.get()}`);
          },
        }),
    );
    const writer = writable.getWriter();
    await writer.ready;
    await variable.run('write', () => writer.write('now'));
    await writer.write('unseen');
    await variable.run('close', () => writer.close());
    expect(log).toEqual(['now write', 'unseen undefined', 'close close']);
  });

  it('write in the context of the write also where back-pressure delays it, in whatever context the sink goes on', async () => {
    const log: unknown[] = [];
    const letGo: (() => void)[] = [];
    const writable = variable.run(
      'made',
      () =>
        new WritableStream<string>(
          {
            write(chunk) {
              log.push(`${chunk} ${variable.get()}`);
              return new Promise<void>((resolve) => letGo.push(resolve));
            },
            close() {
              log.push(`close ${variable.get()}`);
            },
          },
          { highWaterMark: 1 },
        ),
    );
    const first = writable.getWriter();
    void variable.run('a', () => first.write('same'));
    void variable.run('b', () => first.write('same'));
    first.releaseLock();
    await variable.run('refused', () => first.write('last')).catch(() => undefined);
    const second = writable.getWriter();
    const written = second.write('last');
    const closed = variable.run('close', () => second.close());
    for (let writes = 0; writes < 3; writes += 1) {
      while (letGo.length === 0) await Promise.resolve();
      variable.run('let go', letGo.pop()!);
    }
    await Promise.all([written, closed]);
    expect(log).toEqual(['same a', 'same b', 'last undefined', 'close close']);
  });

  it('abort in the context of the abort that counts', async () => {
    const log: unknown[] = [];
    const stream = variable.run(
      'made',
      () =>
        new WritableStream<string>({
          write(chunk) {
            log.push(`${chunk} ${variable.get()}`);
          },
          abort() {
            log.push(`abort ${variable.get()}`);
          },
        }),
    );
    const writer = stream.getWriter();
    void variable.run('first', () => writer.write('one')).catch(() => undefined);
    await variable.run('refused', () => stream.abort()).catch(() => undefined);
    await variable.run('abort', () => writer.abort());
    await variable.run('second', () => writer.write('one')).catch(() => undefined);
    expect(log).toEqual(['one first', 'abort abort']);
  });

  it('transform in the context of the write that back-pressure delayed, flush in that of the close', async () => {
    const { writable, readable } = variable.run(
      'made',
      () =>
        new TransformStream<string, string>({
          transform(chunk, controller) {
            controller.enqueue(`${chunk} ${variable.get()}`);
          },
          flush(controller) {
            controller.enqueue(`flush ${variable.get()}`);
          },
        }),
    );
    const writer = writable.getWriter();
    void variable.run('write', () => writer.write('one'));
    void writer.write('two');
    void variable.run('close', () => writer.close());
    const seen: string[] = [];
    await variable.run('reads', async () => {
      for await (const chunk of readable as unknown as AsyncIterable<string>) seen.push(chunk);
    });
    expect(seen).toEqual(['one write', 'two undefined', 'flush close']);
  });

  it('run in the context of the pipe between piped streams', async () => {
    const log: string[] = [];
    const note = (what: string): void => void log.push(`${what} ${variable.get()}`);
    let chunks = 0;
    const source = variable.run(
      'source',
      () =>
        new ReadableStream<number>(
          {
            pull(controller) {
              note('pull');
              if (chunks++ < 2) controller.enqueue(chunks);
              else controller.close();
            },
          },
          { highWaterMark: 0 },
        ),
    );
    const middle = variable.run(
      'middle',
      () =>
        new TransformStream<number, number>({
          transform(chunk, controller) {
            note(`transform ${chunk}`);
            controller.enqueue(chunk);
          },
          flush() {
            note('flush');
          },
        }),
    );
    const sink = variable.run(
      'sink',
      () =>
        new WritableStream<number>({
          write(chunk) {
            note(`write ${chunk}`);
          },
          close() {
            note('close');
          },
        }),
    );
    const through = variable.run('through', () => source.pipeThrough(middle));
    await variable.run('to', () => through.pipeTo(sink));
    expect(log.toSorted()).toEqual([
      'close to',
      'flush through',
      'pull through',
      'pull through',
      'pull through',
      'transform 1 through',
      'transform 2 through',
      'write 1 to',
      'write 2 to',
    ]);
  });

  it('pull in the context of who reads a branch, or iterates; cancel in that of who cancels', async () => {
    const log: string[] = [];
    const make = (): ReadableStream<number> =>
      new ReadableStream<number>(
        {
          pull(controller) {
            log.push(`pull ${variable.get()}`);
            controller.enqueue(1);
          },
          cancel() {
            log.push(`cancel ${variable.get()}`);
          },
        },
        { highWaterMark: 0 },
      );
    const [branch] = variable.run('made', make).tee();
    await variable.run('branch', () => branch.getReader().read());
    const iterated = variable.run('made', make) as unknown as {
      [Symbol.asyncIterator](): AsyncIterator<number>;
      values: unknown;
    };
    expect(iterated[Symbol.asyncIterator]).toBe(iterated.values);
    const iterator = variable.run('iterate', () => iterated[Symbol.asyncIterator]());
    await iterator.next();
    await variable.run('made', make).cancel();
    expect([...new Set(log)]).toEqual(['pull branch', 'pull iterate', 'cancel undefined']);
  });

  it('keep bytes, strategies, static functions and the errors for what can not be', async () => {
    const bytes = variable.run(
      'x',
      () =>
        new ReadableStream({
          type: 'bytes',
          pull(controller) {
            controller.enqueue(new Uint8Array([7]));
          },
        }),
    );
    const reader = bytes.getReader({ mode: 'byob' });
    expect((await reader.read(new Uint8Array(1))).value).toEqual(new Uint8Array([7]));
    expect(() => new ReadableStream({ pull: 5 as never })).toThrow(TypeError);
    expect(() => new ReadableStream({ type: 'other' as never })).toThrow();
    expect(new ReadableStream()).toBeInstanceOf(ReadableStream);
    expect(new TransformStream()).toBeInstanceOf(TransformStream);
    expect('from' in ReadableStream).toBe(true);
  });
});
