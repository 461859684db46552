import { afterEach, describe, expect, it } from 'vitest';
import type { KernelMethod } from '../../src/protocol/methods.js';
import { readCompiled } from './modules/module-text.js';
import { ServedKernel } from './testing/served-kernel.js';

let served: ServedKernel;
afterEach(() => served.close());

describe('a served kernel', () => {
  it.each<KernelMethod>([
    'execute',
    'cancel',
    'expand',
    'store',
    'list',
    'read',
    'awaitPending',
    'checkpoint',
    'restore',
    'blockers',
  ])('refuses %s before it is started', async (method) => {
    served = new ServedKernel();
    const call = served.host.call as (method: string, message: unknown) => Promise<unknown>;
    await expect(call.call(served.host, method, { context: served.context() })).rejects.toMatchObject({
      name: 'KernelStateError',
      message: 'The kernel has not been started.',
    });
    expect(served.kernel).toBeUndefined();
  });

  it('is made by the first start, and refuses a second one', async () => {
    served = new ServedKernel();
    expect(await served.start()).toEqual({ version: '1' });
    const { kernel } = served;
    expect(kernel).toBeDefined();
    await served.run('const kept = 1');
    await expect(served.start()).rejects.toMatchObject({
      name: 'KernelStateError',
      message: 'The kernel has been started already.',
    });
    expect(served.kernel).toBe(kernel);
    expect(await served.read('kept')).toBe(1);
  });

  it('compiles for others only while it has no kernel', async () => {
    served = new ServedKernel();
    const compile = (): Promise<{ readonly data: ArrayBuffer }> =>
      served.host.call('compile', {
        context: served.context(),
        url: 'https://a.example/x.js',
        source: 'export let a = 1',
      });
    const { code, suspends } = readCompiled((await compile()).data, () => expect.unreachable());
    expect([code.includes('let a = 1'), suspends]).toEqual([true, false]);
    expect(served.kernel).toBeUndefined();
    await served.start();
    await expect(compile()).rejects.toMatchObject({ name: 'KernelStateError' });
  });
});
