import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parse } from 'acorn';

const { resolve } = createRequire(import.meta.url);
const rounds = 30;

const cell = `interface Order { readonly id: string; readonly total: number }
const orders: Order[] = await tools.orders.list({ client: 'a' });
const large = orders.filter((order) => order.total > 100);
for await (const page of tools.orders.pages()) console.log(page.length as number);
export async function total(list: Order[]): Promise<number> {
  let sum = 0;
  for (const { total } of list) sum += await Promise.resolve(total);
  return sum;
}
await total(large);
`;

/**
 * Least milliseconds of a warm run.
 *
 * @param {() => unknown} work
 */
function warmTime(work) {
  let least = Infinity;
  for (let round = 0; round < 2 * rounds; round++) {
    const from = performance.now();
    work();
    if (round >= rounds) least = Math.min(least, performance.now() - from);
  }
  return least;
}

/** @param {typeof import('../../src/compiler/index.js')} compiler */
export async function compileSpeeds({ compileModule, compileCell }) {
  const acorn = await readFile(resolve('acorn'), 'utf8');
  const scope = { kind: () => undefined };
  /** @type {readonly [name: string, bytes: number, milliseconds: number][]} */
  const measured = [
    [
      'acorn, parsed by acorn alone',
      acorn.length,
      warmTime(() => parse(acorn, { ecmaVersion: 'latest', sourceType: 'script' })),
    ],
    ['acorn, compiled as a module', acorn.length, warmTime(() => compileModule(acorn, { fileName: 'acorn.js' }))],
    [
      'a cell of TypeScript, compiled',
      100 * cell.length,
      warmTime(() => {
        for (let index = 0; index < 100; index++) compileCell(cell, scope, { fileName: 'cell.ts' });
      }),
    ],
  ];
  return measured.map(([name, bytes, milliseconds]) => ({ name, megabytesPerSecond: bytes / 1000 / milliseconds }));
}
