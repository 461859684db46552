import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RestoreReport } from '../../src/protocol/messages/checkpoint.js';
import { ServedKernel } from './testing/served-kernel.js';

const served = new ServedKernel();
beforeAll(() => served.start());
afterAll(() => served.close());

const group = (name: string, slot: unknown): string =>
  `{"id":1,"names":[[0,"${name}","let",${JSON.stringify(slot)}]],"nodes":[]}`;
const checkpoint = (): Promise<number> =>
  served.host.call('checkpoint', { context: served.context() }) as Promise<number>;
const merge = (lines: readonly string[], names: readonly string[], since: number): Promise<RestoreReport> =>
  served.host.call('restore', {
    context: served.context(),
    data: new TextEncoder().encode(lines.join('\n')).buffer,
    isOwn: false,
    merges: { names, since },
  }) as Promise<RestoreReport>;

it('C5: binds the changes of a thread at once, or none if one of the names has changed since', async () => {
  await served.run('let a = 1; let b = 1; let c = 1');
  const since = await checkpoint();
  expect(await merge([group('a', 2), group('made', 5)], ['a', 'made'], since)).toMatchObject({
    restored: ['a', 'made'],
  });
  expect((await served.run('[a, made]')).value).toEqual([2, 5]);
  const later = await checkpoint();
  await served.run('b = 7');
  expect(await merge([group('b', 2), group('c', 2)], ['b', 'c'], later)).toEqual({
    restored: [],
    lost: [],
    isStale: true,
  });
  expect((await served.run('[b, c]')).value).toEqual([7, 1]);
  const listed = (await served.host.call('list', { context: served.context() })) as readonly {
    name: string;
    mode: string;
  }[];
  expect(listed.map(({ name, mode }) => `${name} ${mode}`)).toEqual(['a thread', 'b async', 'c async', 'made thread']);
});
