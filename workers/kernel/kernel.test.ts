import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SendableError } from '../../src/protocol/messages/wire.js';
import type { ObjectPreview } from '../../src/protocol/previews/preview.js';
import { ServedKernel } from './testing/served-kernel.js';

const served = new ServedKernel();
beforeAll(() => served.start());
afterAll(() => served.close());

const stopped: SendableError = { name: 'CancelledError', message: 'The execution was stopped', stack: '', frames: [] };
const call = (method: 'list' | 'awaitPending' | 'blockers' | 'checkpoint') =>
  served.host.call(method, { context: served.context() });

describe('the kernel', () => {
  it('reports a value, and reads a name that is bound to it', async () => {
    const report = await served.run('const answer: number = 42; answer');
    expect(report).toMatchObject({ ok: true, value: 42, preview: { type: 'number' }, pending: 0 });
    expect(await served.read('answer')).toBe(42);
    expect(await served.read('nobody')).toBeUndefined();
  });

  it('reports an error with its frames at lines of the reader', async () => {
    const report = await served.run('const before = 1;\nthrow new TypeError("no")', { fileName: 'bad.ts' });
    expect(report).toMatchObject({ ok: false, value: undefined, error: { name: 'TypeError', message: 'no' } });
    expect(report.error!.frames[0]).toMatchObject({ file: 'bad.ts', line: 2 });
    expect(await served.read('before')).toBe(1);
  });

  it('reports the position of code that does not compile, and runs nothing of it', async () => {
    const report = await served.run('var neverBound = 1;\nlet = ;', { fileName: 'broken.ts' });
    expect(report).toMatchObject({ ok: false, error: { position: { fileName: 'broken.ts', line: 2 } }, pending: 0 });
    expect(await served.read('neverBound')).toBeUndefined();
  });

  it('C8: sends output before the result that ends it', async () => {
    served.arrived.length = 0;
    const report = await served.run('console.log("first"); console.warn({ second: 2 }); 3');
    expect(served.arrived).toMatchObject([{ text: 'first' }, { level: 'warn' }, report]);
  });

  it('replaces built-ins by what has their texts', async () => {
    const code = '[eval, Function, Proxy, Proxy.revocable, Function.prototype.toString, (async () => {}).constructor]';
    const { value } = await served.run(`${code}.map((fn) => String(fn).replace(/\\s+/g, ' '))`);
    const names = ['eval', 'Function', 'Proxy', 'revocable', 'toString', 'AsyncFunction'];
    expect(value).toEqual(names.map((name) => `function ${name}() { [native code] }`));
  });

  it('gives code its globals', async () => {
    expect(
      await served.run('[config.city, typeof tools, context.runId]', { context: served.context('me') }),
    ).toMatchObject({
      value: ['Oslo', 'object', 'me'],
    });
  });

  it('F2: compiles the text of whatever a timer gets in place of a function', async () => {
    const code = `await new Promise((done) => { globalThis.fire = done; setTimeout({ toString: () => 'fire(context.runId)' }) })`;
    expect(await served.run(code, { context: served.context('timed') })).toMatchObject({ value: 'timed' });
  });

  it('counts promises that names hold, and binds their values when it waits for them', async () => {
    const report = await served.run(
      'let release; const slow = new Promise((done) => (release = done)); const done = Promise.resolve(1)',
    );
    expect(report).toMatchObject({ ok: true, pending: 1 });
    expect(await call('blockers')).toMatchObject({ blockers: ['promises are pending: slow'] });
    const values = call('awaitPending');
    await served.run('release("late")');
    expect(await values).toEqual({ slow: 'late' });
    expect(await served.read('slow')).toBe('late');
  });

  it('F8: tells when code begins, if it is asked to, and whether it has left work', async () => {
    served.running.length = 0;
    const context = served.context('told');
    const report = await served.run('var ticking = setInterval(() => {}, 1_000); 1', { context, announces: true });
    expect(report).toMatchObject({ ok: true, leavesWork: true });
    expect(served.running).toEqual(['told']);
    expect(await served.host.call('pending', { context })).toEqual({ mayRun: true, count: 1 });
    expect(await served.run('clearInterval(ticking)')).not.toHaveProperty('leavesWork');
    expect(served.running).toEqual(['told']);
    expect(await served.host.call('pending', { context })).toEqual({ mayRun: false, count: 0 });
  });

  it('F8: stops what ended executions have left, and the waits for it', async () => {
    await served.run(`
      var ticks = 0, endless = Promise.race([]), aborted = 0;
      context.signal.addEventListener('abort', () => aborted++);
      setInterval(() => ticks++, 1);
    `);
    const values = call('awaitPending');
    await served.host.call('cancelPending', { context: served.context(), error: stopped });
    expect(await values).toEqual({});
    expect(await served.read('aborted')).toBe(1);
    expect(await served.host.call('pending', { context: served.context() })).toEqual({ mayRun: false, count: 0 });
    expect(await served.run('1 + 1')).toMatchObject({ value: 2 });
  });

  it('stops an execution that waits, and lets its finally run', async () => {
    const context = served.context('stopped');
    const report = served.run('try { await new Promise(() => {}) } finally { globalThis.cleaned = true }', { context });
    await vi.waitUntil(async () =>
      ((await call('blockers')) as { blockers: string[] }).blockers.includes('code is running'),
    );
    expect(await served.host.call('cancel', { context, runId: 'stopped', error: stopped })).toBe(true);
    expect(await report).toMatchObject({ ok: false, error: { name: 'CancelledError' } });
    expect(globalThis).toHaveProperty('cleaned', true);
    expect(await served.host.call('cancel', { context, runId: 'stopped', error: stopped })).toBe(false);
  });

  it('ends a loop that runs longer than its time limit, though the code catches the error', async () => {
    const error: SendableError = { ...stopped, name: 'ExecutionTimeoutError', message: 'too long' };
    const report = await served.run('for (;;) { try { for (;;); } catch {} }', {
      timeLimit: { milliseconds: 20, error },
    });
    expect(report).toMatchObject({ ok: false, error: { name: 'ExecutionTimeoutError', message: 'too long' } });
  });

  it('ends a loop of a cell whose cancel flag is set', async () => {
    served.cancelled.set(1_000);
    expect(await served.run('for (;;);', { cell: 1_000 })).toMatchObject({ error: { name: 'CancelledError' } });
  });

  it('rolls back what a failed transaction bound', async () => {
    await served.run('let balance = { amount: 5 }');
    const report = await served.run('balance.amount = 0; throw 1', { transaction: 'rollback-on-failure' });
    expect(report.ok).toBe(false);
    expect(await served.read('balance')).toEqual({ amount: 5 });
  });

  it('does not tell its own replacements of globals as changes', async () => {
    await served.run('globalThis.own = 1');
    expect(await call('checkpoint')).toEqual(expect.any(Number));
    const { lost } = served.checkpoints.at(-1)!;
    expect(lost.map(({ reason }) => reason).join()).toMatch(/own/);
    expect(lost.map(({ reason }) => reason).join()).not.toContain('Proxy');
  });

  it('sends a checkpoint of what it holds', async () => {
    await served.run('const kept = { list: [1, 2] }');
    served.checkpoints.length = 0;
    expect(await call('checkpoint')).toEqual(expect.any(Number));
    await served.run('kept.list.push(3)');
    await call('checkpoint');
    expect(served.checkpoints.flatMap(({ groups }) => groups.flatMap(({ names }) => names))).toContain('kept');
  });

  it('expands a value that it has shown, and refuses one that it has not', async () => {
    const { preview } = await served.run('({ deep: { deeper: { deepest: { end: 1 } } } })');
    const handle = JSON.stringify(preview).match(/"handle":"([^"]+)"/)![1]!;
    expect(await served.host.call('expand', { context: served.context(), handle })).toMatchObject({ type: 'object' });
    await expect(served.host.call('expand', { context: served.context(), handle: '999999' })).rejects.toMatchObject({
      name: 'ExpiredPreviewError',
    });
  });

  it('binds a value that it has shown to a free name, as it is', async () => {
    const store = (handle: string): Promise<string> => served.host.call('store', { context: served.context(), handle });
    const { preview } = await served.run(
      'let temp1 = 0; globalThis.temp2 = 0; const shown = { get read() { return 7 } }; shown',
      {
        fileName: 'shown.ts',
      },
    );
    const { handle } = preview as ObjectPreview;
    served.checkpoints.length = 0;
    expect(await store(handle!)).toBe('temp3');
    expect(served.checkpoints.flatMap(({ groups }) => groups.flatMap(({ names }) => names))).toContain('temp3');
    expect(await served.run('temp3 === shown')).toMatchObject({ value: true });
    expect(await store(handle!)).toBe('temp4');
    await served.run('temp3 = 1; let temp4 = 2');
    const expanded = await served.host.call('expand', { context: served.context(), handle: handle! });
    const getter = (expanded as ObjectPreview).properties!.find(({ name }) => name === 'read')!.value as ObjectPreview;
    await expect(store(getter.handle!)).rejects.toMatchObject({ name: 'TypeError' });
    await expect(store('999999')).rejects.toMatchObject({ name: 'ExpiredPreviewError' });
    const entries = await served.host.call('list', { context: served.context() });
    expect(entries.find(({ name }) => name === 'shown')!.fileName).toBe('shown.ts');
    expect(entries.find(({ name }) => name === 'temp3')).not.toHaveProperty('fileName');
  });

  it('reports an error that nobody caught, once', async () => {
    served.arrived.length = 0;
    served.kernel!.reportUncaught('uncaught', new Error('late'));
    await vi.waitUntil(() => served.texts.length > 0);
    expect(served.texts).toEqual([expect.stringContaining('Error: late')]);
  });

  it.each([
    ['as a value', 'let { proxy, revoke } = Proxy.revocable({}, {}); revoke(); proxy'],
    ['bound to a name', 'let revoked = Proxy.revocable({}, {}); revoked.revoke(); let held = revoked.proxy; 1'],
  ])('F2: reports at once with a revoked proxy %s', async (_, code) => {
    expect(await served.run(code)).toMatchObject({ ok: true, pending: 0 });
  });

  it('F2: reports a revoked proxy that nobody caught', async () => {
    served.arrived.length = 0;
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    served.kernel!.reportUncaught('unhandledrejection', proxy);
    await vi.waitUntil(() => served.texts.length > 0);
    expect(served.texts).toEqual([expect.stringContaining('Uncaught (in promise)')]);
  });

  it.each([
    ['made with new', 'new Proxy({ a: 1 }, handler)'],
    [
      'made by the native function that a descriptor holds',
      'Object.getOwnPropertyDescriptor(Proxy, "revocable").value({ a: 1 }, handler).proxy',
    ],
  ])('F2: runs no trap of a proxy that is shown and expanded: one %s', async (_, source) => {
    await served.run('var traps = []; var handler = new Proxy({}, { get: (_, trap) => void traps.push(trap) })');
    const { preview } = await served.run(source);
    const handle = JSON.stringify(preview).match(/"handle":"([^"]+)"/)![1]!;
    await served.host.call('expand', { context: served.context(), handle });
    await served.run(`throw ${source}`);
    expect(await served.read('traps')).toEqual([]);
  });

  it('F2: asks no constructor of the realm what an error of the compiler is', async () => {
    const code = `
      var asked = 0;
      Object.defineProperty(SyntaxError, Symbol.hasInstance, { configurable: true, value: () => ++asked > 0 });
      var caught; try { eval('let = ;') } catch (error) { caught = error }
      delete SyntaxError[Symbol.hasInstance];
      [asked, Object.getPrototypeOf(caught) === SyntaxError.prototype]`;
    expect(await served.run(code)).toMatchObject({ value: [0, true] });
  });

  it('F2: asks a thrown value nothing that runs code of the reader', async () => {
    served.arrived.length = 0;
    const traps: string[] = [];
    const trapped = new Proxy(
      {},
      new Proxy({}, { get: (_, trap) => void traps.push(String(trap)) }) as ProxyHandler<object>,
    );
    served.kernel!.reportUncaught('uncaught', trapped);
    await vi.waitUntil(() => served.texts.length > 0);
    expect(traps).toEqual([]);
  });
});
