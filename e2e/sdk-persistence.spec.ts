import type { Page } from '@playwright/test';
import { countResources, expect, test } from './fixtures/test.js';

async function loadAnew(page: Page): Promise<void> {
  await page.reload();
  await page.evaluate(async () => {
    window.sdk = (await import(new URL('/dist/cdn/codemode-playground.js', location.href).href)) as typeof window.sdk;
  });
}

/** Entries of the page's database, in both of its stores. */
async function stored(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    if (!databases.some(({ name }) => name === 'codemode-playground')) return 0;
    return await new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open('codemode-playground');
      opening.addEventListener('error', () => reject(opening.error!));
      opening.addEventListener('success', () => {
        const database = opening.result;
        const transaction = database.transaction(['heads', 'groups']);
        const counts = ['heads', 'groups'].map((name) => transaction.objectStore(name).count());
        transaction.addEventListener('complete', () => {
          database.close();
          resolve(counts.reduce((sum, { result }) => sum + result, 0));
        });
      });
    });
  });
}

interface Run {
  readonly value: unknown;
  readonly recovered: {
    readonly reason: string;
    readonly behind: string[];
    readonly restored: string[];
    readonly lost: { name: string; reason: string }[];
  }[];
  readonly notices: string[];
}

/** Runs cells one after the other in a new Codemode that keeps its sessions, and leaves it open. */
async function run(page: Page, ...cells: string[]): Promise<Run> {
  return await page.evaluate(async (codes) => {
    const codemode = new window.sdk.Codemode({ persistence: 'indexeddb' });
    const session = codemode.session('s');
    const recovered: Run['recovered'] = [];
    const notices: string[] = [];
    Object.assign(window, { codemode, notices });
    session.addEventListener('recovered', ({ detail }) =>
      recovered.push(structuredClone(detail) as unknown as Run['recovered'][number]),
    );
    session.addEventListener('output', ({ detail }) => {
      if (detail.method === 'notice') notices.push(detail.text);
    });
    let value: unknown;
    for (const code of codes) {
      const result = await session.execute(code);
      value = result.error?.message ?? result.value;
    }
    return { value, recovered, notices };
  }, cells);
}

const close = async (page: Page): Promise<void> =>
  await page.evaluate(() => (window as unknown as { codemode: { close(): Promise<void> } }).codemode.close());

test.describe('C7: persistence', () => {
  test('variables come back when the page is loaded anew, before the first run', async ({ sdkPage }) => {
    await run(
      sdkPage,
      'let n = 1; class P { x = 1 } const p = new P(); const list = [p]; function f() { return n }; const gone = new WeakMap()',
      'n = 2; p.x = 3',
    );
    await expect.poll(() => stored(sdkPage)).toBe(4);
    await loadAnew(sdkPage);
    const { value, recovered } = await run(sdkPage, '[f(), list[0] === p, p instanceof P, p.x, typeof gone]');
    expect(value).toEqual([2, true, true, 3, 'undefined']);
    expect(recovered).toEqual([
      {
        reason: 'from the storage of this browser',
        behind: [],
        restored: ['n', 'P', 'p', 'list', 'f'],
        lost: [{ name: 'gone', reason: 'it is a WeakMap' }],
      },
    ]);
    await sdkPage.evaluate(() =>
      (window as unknown as { codemode: InstanceType<typeof window.sdk.Codemode> }).codemode
        .session('s')
        .execute('n = 5; delete p.x; let late = 1')
        .then(({ ok }) => ok),
    );
    await close(sdkPage);
    await loadAnew(sdkPage);
    expect((await run(sdkPage, '[f(), "x" in p, list[0] === p, late]')).value).toEqual([5, false, true, 1]);
    await close(sdkPage);
  });

  test('reset and forget delete what is kept; forget leaves what the session has', async ({ sdkPage }) => {
    await run(sdkPage, 'let a = 1, b = { c: 1 }');
    await expect.poll(() => stored(sdkPage)).toBe(3);
    const left = await sdkPage.evaluate(async () => {
      const { codemode } = window as unknown as { codemode: InstanceType<typeof window.sdk.Codemode> };
      await codemode.session('s').forget();
      return (await codemode.session('s').execute('[a, b.c]')).value;
    });
    expect(left).toEqual([1, 1]);
    expect(await stored(sdkPage)).toBe(0);
    await sdkPage.evaluate(async () => {
      const { codemode } = window as unknown as { codemode: InstanceType<typeof window.sdk.Codemode> };
      await codemode.session('s').execute('a = 2');
    });
    await expect.poll(() => stored(sdkPage), 'what changes is kept again, with all that belongs to it').toBe(3);
    await sdkPage.evaluate(async () => {
      const { codemode } = window as unknown as { codemode: InstanceType<typeof window.sdk.Codemode> };
      await codemode.session('s').reset();
    });
    expect(await stored(sdkPage)).toBe(0);
    await loadAnew(sdkPage);
    expect(await run(sdkPage, 'typeof a')).toEqual({ value: 'undefined', recovered: [], notices: [] });
    await close(sdkPage);
  });

  test('nothing is kept unless it is asked for', async ({ sdkPage }) => {
    await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      await codemode.execute('let a = 1');
      await codemode.close();
    });
    expect(await sdkPage.evaluate(() => indexedDB.databases().then((all) => all.length))).toBe(0);
    expect(await sdkPage.evaluate(() => sessionStorage.length + localStorage.length)).toBe(0);
  });

  test('two tabs keep what is theirs, also where one is a copy of the other', async ({ openSdkPage }) => {
    const [first, second, copy] = [await openSdkPage(), await openSdkPage(), await openSdkPage()];
    await run(first, 'let a = "first"');
    await run(second, 'let a = "second"');
    const tab = await first.evaluate(() => sessionStorage.getItem('codemode-playground:tab')!);
    await copy.evaluate((value) => sessionStorage.setItem('codemode-playground:tab', value), tab);
    expect((await run(copy, 'typeof a', 'let a = "copy"')).value).toBeUndefined();
    await expect.poll(() => stored(first)).toBe(6);
    for (const [page, expected] of [
      [first, 'first'],
      [second, 'second'],
      [copy, 'copy'],
    ] as const) {
      await loadAnew(page);
      expect((await run(page, 'a')).value).toBe(expected);
      await close(page);
    }
  });

  test('two Codemodes of one page need keys of their own, and the second says so', async ({ sdkPage }) => {
    await run(sdkPage, 'let a = 1');
    const { value, notices } = await run(sdkPage, 'typeof a');
    expect(value).toBe('undefined');
    expect(notices).toEqual([
      expect.stringMatching(/will not survive .*another Codemode of this page .*persistenceKey/) as unknown,
    ]);
  });

  for (const [name, spoil, reason] of [
    [
      'a browser that blocks it',
      () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('Storage is blocked here', 'SecurityError');
        };
      },
      /Storage is blocked here/,
    ],
    [
      'a storage that is full',
      () => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('Full', 'QuotaExceededError');
        };
      },
      /is full/,
    ],
    [
      'a storage that fails while it is read',
      () => {
        IDBObjectStore.prototype.getAll = () => {
          throw new DOMException('Damaged', 'DataError');
        };
      },
      /Damaged/,
    ],
  ] as const) {
    test(`F7: ${name} costs no run, and is told once`, async ({ sdkPage }) => {
      await sdkPage.evaluate(spoil);
      const { value } = await run(sdkPage, 'let a = 1', 'a++', 'a');
      expect(value).toBe(2);
      await sdkPage.waitForFunction(() => (window as unknown as { notices: string[] }).notices.length > 0);
      const notices = await sdkPage.evaluate(async () => {
        const page = window as unknown as { codemode: InstanceType<typeof window.sdk.Codemode>; notices: string[] };
        await page.codemode.session('s').execute('a = 5');
        // Ends what was begun to be kept, and with it what could be told.
        await page.codemode.close();
        return page.notices;
      });
      expect(notices).toEqual([expect.stringMatching(reason) as unknown]);
    });
  }

  test('F7: a database that another page keeps from being deleted costs no run, and the checkpoint says that it is not stored', async ({
    sdkPage,
    openSdkPage,
  }) => {
    const other = await openSdkPage();
    await other.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open('codemode-playground', 1);
          opening.addEventListener('success', () => {
            Object.assign(window, { held: opening.result });
            resolve(undefined);
          });
        }),
    );
    await sdkPage.evaluate(
      () =>
        new Promise((resolve) => {
          indexedDB.deleteDatabase('codemode-playground').addEventListener('blocked', resolve);
        }),
    );
    const { value, notices } = await run(sdkPage, 'let a = 1', 'a + 1');
    expect(value).toBe(2);
    expect(notices).toEqual([expect.stringMatching(/will not survive .*did not open within 3,000 ms/) as unknown]);
    const isStored = await sdkPage.evaluate(async () => {
      const { codemode } = window as unknown as { codemode: InstanceType<typeof window.sdk.Codemode> };
      return (await codemode.session('s').checkpoint()).stored;
    });
    expect(isStored).toBe(false);
    await close(sdkPage);
  });

  test('what another release kept is dropped, and told', async ({ sdkPage }) => {
    await run(sdkPage, 'let a = 1');
    await expect.poll(() => stored(sdkPage)).toBe(2);
    await close(sdkPage);
    await sdkPage.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('codemode-playground');
          opening.addEventListener('success', () => {
            const database = opening.result;
            const heads = database.transaction('heads', 'readwrite').objectStore('heads');
            const cursor = heads.openCursor();
            cursor.addEventListener(
              'success',
              () => {
                cursor.result!.update({ ...cursor.result!.value, version: 99 }).addEventListener('success', () => {
                  database.close();
                  resolve();
                });
              },
              { once: true },
            );
          });
        }),
    );
    await loadAnew(sdkPage);
    const { value, notices } = await run(sdkPage, 'typeof a');
    expect(value).toBe('undefined');
    expect(notices).toEqual([expect.stringMatching(/another release \(version 99, not 3\)/) as unknown]);
    expect(await stored(sdkPage)).toBe(0);
  });

  test('B4: ten Codemodes that kept something leave no connection open', async ({ sdkPage }) => {
    const before = await countResources(sdkPage);
    const during = await sdkPage.evaluate(async () => {
      let most = 0;
      for (let round = 0; round < 10; round++) {
        const codemode = new window.sdk.Codemode({ persistence: 'indexeddb' });
        await Promise.all(
          ['a', 'b'].map((name) => codemode.session(name).execute('let x = 1; throw new Error("planned")')),
        );
        most = Math.max(most, window.sdk.liveResources().database);
        await codemode.close();
      }
      return most;
    });
    expect(during).toBe(1);
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
    // Only a connection that is closed lets the database be deleted.
    expect(
      await sdkPage.evaluate(
        () =>
          new Promise((resolve) => {
            const deleting = indexedDB.deleteDatabase('codemode-playground');
            deleting.addEventListener('success', () => resolve('deleted'));
            deleting.addEventListener('blocked', () => resolve('blocked'));
          }),
      ),
    ).toBe('deleted');
  });
});

test('C7: a playground that persists shows what came back, and forgets what a closed tab had', async ({ sdkPage }) => {
  const open = async (): Promise<void> => {
    await sdkPage.evaluate(async () => {
      document.body.innerHTML = '<codemode-playground persist></codemode-playground>';
      const playground = document.querySelector('codemode-playground')!;
      for (const name of ['one', 'two']) playground.openTab({ name, code: `typeof a === 'undefined' ? 'none' : a` });
    });
  };
  const values = async (): Promise<unknown[]> =>
    await sdkPage.evaluate(async () => {
      const playground = document.querySelector('codemode-playground')!;
      const found: unknown[] = [];
      for (const tab of playground.tabs) found.push((await playground.run(tab)).value);
      return found;
    });
  await open();
  await sdkPage.evaluate(async () => {
    const playground = document.querySelector('codemode-playground')!;
    for (const tab of playground.tabs) {
      const check = tab.code;
      playground.setCode(`let a = '${tab.name}'`, tab);
      await playground.run(tab);
      playground.setCode(check, tab);
    }
  });
  await expect.poll(() => stored(sdkPage)).toBe(4);
  await loadAnew(sdkPage);
  await open();
  expect(await values()).toEqual(['one', 'two']);
  await expect(sdkPage.getByText('Restored: a.')).toBeVisible();
  await sdkPage.evaluate(async () => {
    const playground = document.querySelector('codemode-playground')!;
    await playground.closeTab(playground.tabs[1]!);
  });
  await loadAnew(sdkPage);
  await open();
  expect(await values()).toEqual(['one', 'none']);
});
