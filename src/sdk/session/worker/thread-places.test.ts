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
