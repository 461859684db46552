import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { current } from '../current.js';
import { Variable } from '../async-context/variable.js';
import { installPlatform, type InstalledPlatform } from './install.js';

interface Stack {
  use<T>(resource: T): T;
  adopt<T>(value: T, dispose: (value: T) => unknown): T;
  defer(dispose: () => unknown): void;
  move(): Stack;
  disposeAsync(): Promise<void>;
}

const variable = new Variable<string>();
let platform: InstalledPlatform;
beforeEach(() => {
  platform = installPlatform();
});
afterEach(() => platform.dispose());

/** A Node that knows no AsyncDisposableStack leaves its test to one that does. */
const StackClass = (globalThis as { AsyncDisposableStack?: new () => Stack }).AsyncDisposableStack;

describe.runIf(StackClass !== undefined)('AsyncDisposableStack', () => {
  const make = (): Stack => new StackClass!();
  const log: string[] = [];
  const note = (what: string) => (): Promise<void> => {
    log.push(`${what} ${variable.get()}`);
    return Promise.resolve();
  };
  beforeEach(() => {
    log.length = 0;
  });

  it('disposes of its resources in the context of disposeAsync(), wherever they were added', async () => {
    const stack = make();
    const sync = {
      [Symbol.dispose]: () => {
        log.push(`sync ${variable.get()}`);
      },
    };
    const resource = { [Symbol.asyncDispose]: note('use') };
    variable.run('added', () => {
      expect(stack.use(resource)).toBe(resource);
      expect(stack.use(sync)).toBe(sync);
      expect(stack.use(null)).toBeNull();
      expect(stack.adopt('value', note('adopt'))).toBe('value');
      stack.defer(note('defer'));
      stack.defer(() => ({
        then: (resolve: () => void) => {
          log.push(`thenable ${variable.get()}`);
          resolve();
        },
      }));
    });
    await variable.run('disposed', () => stack.disposeAsync());
    await variable.run('again', () => stack.disposeAsync());
    expect(log).toEqual(['thenable disposed', 'defer disposed', 'adopt disposed', 'sync disposed', 'use disposed']);
    expect(current.mapping).toBeUndefined();
  });

  it('takes what it holds to another stack, disposed of in the context of that', async () => {
    const stack = make();
    stack.defer(note('first'));
    stack.defer(note('second'));
    const moved = stack.move();
    await variable.run('emptied', () => stack.disposeAsync());
    expect(log).toEqual([]);
    await variable.run('moved', () => moved.disposeAsync());
    expect(log).toEqual(['second moved', 'first moved']);
  });

  it('refuses what it refused, and stays one method under two names', () => {
    const stack = make();
    expect(() => stack.use({})).toThrow(TypeError);
    expect(() => stack.use(1)).toThrow(TypeError);
    expect(() => stack.defer(1 as never)).toThrow(TypeError);
    expect(() => stack.adopt(1, 1 as never)).toThrow(TypeError);
    expect((stack as unknown as Record<symbol, unknown>)[Symbol.asyncDispose]).toBe(stack.disposeAsync);
  });
});
