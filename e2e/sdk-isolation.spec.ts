import type { Page } from '@playwright/test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './fixtures/test.js';

/** Runs hostile code in a session that has the tool `echo`, then asks whether the session and the page still work. */
async function attack(
  page: Page,
  code: string,
): Promise<{ value: unknown; error: string | undefined; alive: unknown; polluted: boolean }> {
  return page.evaluate(async (hostile) => {
    const codemode = new window.sdk.Codemode();
    codemode.registry.registerTool('echo', (args: unknown) => args);
    const session = codemode.session('s');
    const result = await session.execute(hostile);
    const alive = await session.execute(`console.log('still here'); [await tools.echo({ n: 1 }), 1 + 1]`);
    return {
      value: result.value,
      error: result.error?.message,
      alive: alive.error?.message ?? [...(alive.value as unknown[]), String(alive.output[0])],
      polluted: 'polluted' in {},
    };
  }, code);
}

const alive = [{ n: 1 }, 2, 'still here'];

test.describe('isolation', () => {
  test('9: __proto__ in an argument pollutes nothing', async ({ sdkPage }) => {
    const outcome = await attack(sdkPage, `await tools.echo(JSON.parse('{"__proto__": {"polluted": true}, "a": 1}'))`);
    expect(outcome).toMatchObject({ value: { a: 1 }, alive, polluted: false });
  });

  test('10: what a tool throws stays on the host, and the code learns that it failed', async ({
    sdkPage,
    problems,
  }) => {
    problems.expect(/Tool "leak" failed/);
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      codemode.registry.registerTool('leak', () => {
        throw new Error('password=hunter2');
      });
      const { value } = await codemode.execute(
        `await tools.leak().catch((error) => [error.message, error.stack, error.cause])`,
      );
      return JSON.stringify(value);
    });
    expect(outcome).toContain('failed');
    expect(outcome).not.toMatch(/hunter2|dist\/cdn/);
  });

  for (const [name, code] of Object.entries({
    'array methods': `for (const name of Object.getOwnPropertyNames(Array.prototype)) if (typeof Array.prototype[name] === 'function' && name !== 'constructor') Array.prototype[name] = () => { throw new Error('patched ' + name) }; 1`,
    'string and regular expression methods': `String.prototype.split = String.prototype.slice = RegExp.prototype.exec = RegExp.prototype[Symbol.match] = () => { throw new Error('patched') }; 1`,
    'maps, sets and weak maps': `for (const K of [Map, Set, WeakMap, WeakSet]) for (const name of ['get', 'set', 'has', 'add', 'delete']) if (K.prototype[name]) K.prototype[name] = () => { throw new Error('patched') }; 1`,
    promises: `Promise.prototype.then = Promise.prototype.catch = Promise.prototype.finally = Promise.resolve = Promise.all = () => { throw new Error('patched') }; 1`,
    functions: `Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw new Error('patched') }; Reflect.apply = Reflect.get = () => { throw new Error('patched') }; 1`,
    'JSON and objects': `JSON.stringify = JSON.parse = Object.keys = Object.entries = Object.defineProperty = Object.create = Object.freeze = () => { throw new Error('patched') }; 1`,
    iterators: `Array.prototype[Symbol.iterator] = Map.prototype[Symbol.iterator] = () => { throw new Error('patched') }; Object.getPrototypeOf([][Symbol.iterator] ?? {}).next = undefined; 1`,
    globals: `globalThis.Map = globalThis.Set = globalThis.Object = globalThis.Array = globalThis.Error = globalThis.Promise = globalThis.JSON = globalThis.Symbol = undefined; 1`,
  })) {
    test(`12: code that patches ${name} breaks its own session at most where it looks`, async ({ sdkPage }) => {
      const outcome = await attack(sdkPage, code);
      expect(outcome.alive).toEqual(alive);
    });
  }

  test('12: no patched method gets the port in hand', async ({ sdkPage }) => {
    const outcome = await attack(
      sdkPage,
      `
      globalThis.caught = [];
      for (const target of [MessagePort.prototype, EventTarget.prototype, Object.getPrototypeOf(MessagePort.prototype)])
        for (const name of Object.getOwnPropertyNames(target)) {
          const { value, configurable } = Object.getOwnPropertyDescriptor(target, name);
          if (typeof value === 'function' && configurable && name !== 'constructor')
            target[name] = function (...args) { caught.push(name, this instanceof MessagePort); return value.apply(this, args) };
        }
      Object.defineProperty(Object.prototype, 'onmessage', { set(value) { caught.push('onmessage') }, configurable: true });
      await tools.echo({ n: 0 }); console.log('x'); await null; caught`,
    );
    expect(outcome).toMatchObject({ value: [], alive });
  });

  test('13: Object.prototype.then hangs nothing', async ({ sdkPage }) => {
    const outcome = await attack(
      sdkPage,
      `Object.defineProperty(Object.prototype, 'then', { configurable: true, value: () => undefined }); 'set'`,
    );
    expect(outcome.value).toBe('set');
    const after = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      await session.execute(`Object.prototype.then = () => undefined; 0`);
      return (await session.execute('({ a: 1 })')).value;
    });
    expect(after).toEqual({ a: 1 });
  });

  test('14: a result that is forged on the global channel is ignored', async ({ sdkPage }) => {
    const outcome = await attack(
      sdkPage,
      `for (const forged of [{ type: 'RAW', id: 'h1', value: 'forged' }, 'pong', { type: 'ready' }]) globalThis.postMessage?.(forged); 'true result'`,
    );
    expect(outcome).toMatchObject({ value: 'true result', alive });
  });

  test('15: what one session patches, another does not see', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      await codemode.session('a').execute(`Array.prototype.map = () => 'patched'; globalThis.mark = 1`);
      return (await codemode.session('b').execute(`[[1].map((x) => x + 1), typeof mark]`)).value;
    });
    expect(outcome).toEqual([[2], 'undefined']);
  });

  test('17, 19: no cookies, no storage, no nested workers, no closing', async ({ sdkPage }) => {
    const outcome = await attack(
      sdkPage,
      `['Worker', 'SharedWorker', 'BroadcastChannel', 'importScripts', 'indexedDB', 'caches', 'close', 'document', 'localStorage'].map((name) => typeof globalThis[name])`,
    );
    expect(outcome.value).toEqual(Array.from({ length: 9 }, () => 'undefined'));
  });

  test('18: nothing leaves the sandbox', async ({ sdkPage, problems }) => {
    problems.expect(/Content Security Policy|Refused|ERR_/);
    const hits: string[] = [];
    const sink = createServer((request, response) => {
      hits.push(request.url ?? '');
      response.setHeader('Access-Control-Allow-Origin', '*').end('ok');
    });
    await new Promise<void>((resolve) => {
      sink.listen(0, '127.0.0.1', resolve);
    });
    const { port } = sink.address() as AddressInfo;
    const outcome = await attack(
      sdkPage,
      `
      const url = 'http://127.0.0.1:${port}/';
      const tries = [
        () => fetch(url + 'fetch'),
        () => new Promise((resolve, reject) => { const x = new XMLHttpRequest(); x.onload = resolve; x.onerror = reject; x.open('GET', url + 'xhr'); x.send() }),
        () => new Promise((resolve, reject) => { const s = new WebSocket(url.replace('http', 'ws') + 'ws'); s.onopen = resolve; s.onerror = reject }),
        () => new Promise((resolve, reject) => { const s = new EventSource(url + 'es'); s.onopen = resolve; s.onerror = reject }),
        () => import(url + 'import.js'),
        () => (0, eval)('import("' + url + 'eval.js")'),
        () => new Function('u', 'return import(u)')(url + 'function.js'),
        () => new FontFace('x', 'url(' + url + 'font)').load(),
      ];
      const results = await Promise.allSettled(tries.map((attempt) => (async () => attempt())()));
      results.map((result) => result.status)`,
    );
    sink.close();
    expect(outcome.value).toEqual(Array.from({ length: 8 }, () => 'rejected'));
    expect(hits).toEqual([]);
  });

  test('E5: hostile traffic ends the session it came from, and the page goes on', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const other = codemode.session('other');
      await other.execute('let kept = 1');
      const session = codemode.session('flood');
      const results = await Promise.all([
        session.execute(
          `await Promise.all(Array.from({ length: 3000 }, (_, i) => tools.nothing(i).catch(() => null))); 'flooded'`,
        ),
        other.execute('kept'),
      ]);
      return results.map((result) => result.value);
    });
    expect(outcome).toEqual(['flooded', 1]);
  });
});
