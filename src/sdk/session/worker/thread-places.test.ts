import { expect, it } from 'vitest';
import { ThreadPlaces } from './thread-places.js';

it('lets so many threads in at a time, the others in their order', async () => {
  const places = new ThreadPlaces(2);
  const inside: number[] = [];
  const take = async (): Promise<() => void> => {
    const place = await places.take();
    inside.push(place.number);
    return () => place.leave();
  };
  const [first, second, third, fourth] = [take(), take(), take(), take()];
  const leave = await first;
  await second;
  expect(inside).toEqual([1, 2]);
  leave();
  leave();
  await third;
  expect(inside).toEqual([1, 2, 3]);
  (await second)();
  await fourth;
  expect(inside).toEqual([1, 2, 3, 4]);
});

it('lists what is pending in its threads with the rest, without a thread that does not answer', async () => {
  const places = new ThreadPlaces(2);
  const entry = (name: string, since: number) => ({ kind: 'timer' as const, name, runId: name, since });
  places.running.add({ request: async () => [entry('thread', 2)] as never });
  places.running.add({ request: () => Promise.reject(new Error('no answer')) });
  const names = (await places.pending([entry('last', 3), entry('first', 1)])).map(({ name }) => name);
  expect(names).toEqual(['first', 'thread', 'last']);
});
