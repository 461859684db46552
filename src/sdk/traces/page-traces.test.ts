import { expect, it } from 'vitest';
import { addTraceSource, traceSources, watchTraceSources, type TraceSource } from './page-traces.js';
import { Trace } from './trace.js';

const source = (): TraceSource => ({ trace: () => new Trace(() => []), watchTrace: () => () => undefined });

it('tells of sources that come and go, also to a listener that watches anew', () => {
  let told = 0;
  let unwatch = (): void => undefined;
  const watch = (): void => {
    unwatch();
    unwatch = watchTraceSources(() => {
      told += 1;
      watch();
    });
  };
  watch();
  const one = source();
  const remove = addTraceSource(one);
  expect([told, traceSources()]).toEqual([1, [one]]);
  remove();
  remove();
  expect([told, traceSources()]).toEqual([2, []]);
  unwatch();
  addTraceSource(source())();
  expect(told).toBe(2);
});
