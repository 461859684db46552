import { afterEach, describe, expect, it } from 'vitest';
import { HostileRealm } from './hostile-realm.js';
import { hostileSetups, pinEverything, runOrdinary } from './programs.js';

/*
 * F2: the kernel runs no code of a reader by accident. Code replaces all that it can reach, and then has the kernel do all that it
 * can do: in the worker's script as it is shipped, with what is bundled into it.
 */

const opened: HostileRealm[] = [];

async function open(setup = ''): Promise<HostileRealm> {
  const realm = await HostileRealm.open();
  opened.push(realm);
  await realm.run('let kept = 1');
  if (setup !== '') await realm.run(setup);
  return realm;
}

/** The platform reads these too: of a promise that code awaits, or calls `then` of. */
const platforms = /^(?:(?:species|constructor) of Promise|get constructor)$/;

/** Code has called `Promise.all`, which the kernel only passes on. */
const passedOn = /at Function\.all \(<anonymous>\)\n.*codemode-kernel.*\n.*Object\.apply.*\n +at eval /;

async function accidents(realm: HostileRealm): Promise<string[]> {
  return Object.entries(await realm.calls()).flatMap(([name, stack]) =>
    platforms.test(name) || passedOn.test(stack) ? [] : [`${name}: ${stack}`],
  );
}

afterEach(async () => {
  for (const realm of opened.splice(0)) await realm.close();
});

describe('a realm whose built-ins are not the platform’s', () => {
  it('F2: calls none of those that code has replaced for good, and gives what it gives elsewhere', async () => {
    const pinned = await open(pinEverything);
    const ends = await runOrdinary(pinned);
    expect(await accidents(pinned)).toEqual([]);
    expect(ends).toEqual(await runOrdinary(await open()));
    expect(await pinned.read('kept')).toBe(1);
  });

  it.each(Object.entries(hostileSetups))('F2: %s', async (_, setup) => {
    const realm = await open();
    const { error } = await realm.run(setup);
    expect(error?.name).toBeUndefined();
    await runOrdinary(realm);
    expect(await accidents(realm)).toEqual([]);
    expect(await realm.read('kept')).toBe(1);
  });
});
