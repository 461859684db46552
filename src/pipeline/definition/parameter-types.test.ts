import { describe, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import { definePipeline, type Pipeline } from '../pipeline.js';
import { conditional, loop, map, parallel, stub, task } from './steps.js';

type NeedsOf<P> = P extends Pipeline<infer Needs, infer _Gives> ? Needs : never;
type GivesOf<P> = P extends Pipeline<infer _Needs, infer Gives> ? Gives : never;

const load = task('load', { run: async ({ month }: { month: string }) => ({ rows: [month] }) });
const count = task('count', { run: ({ rows }: { rows: readonly string[] }) => rows.length, returns: 'count' });

describe('D6 the types of parameters', () => {
  it('flow from step to step', () => {
    const sales = definePipeline('sales', [load, count, stub('later')]);
    expectTypeOf<NeedsOf<typeof sales>>().toEqualTypeOf<{ month: string }>();
    expectTypeOf<GivesOf<typeof sales>['count']>().toEqualTypeOf<number>();
    expectTypeOf<GivesOf<typeof sales>['rows']>().toEqualTypeOf<string[]>();
    const start = (): void => {
      sales.start({ parameters: { month: 'may', more: 1 } });
      // @ts-expect-error the first step needs a month
      sales.start();
      // @ts-expect-error which is a text
      sales.start({ parameters: { month: 5 } });
    };
    void start;
  });

  it('must be those that an earlier step gives', () => {
    const wrong = task('wrong', { run: ({ rows }: { rows: number }) => rows });
    // @ts-expect-error an earlier step gives a list of texts
    const define = (): unknown => definePipeline('sales', [load, wrong]);
    void define;
    const unknown = task('cell', { code: '5', returns: 'rows' });
    const defineUnknown = (): unknown => definePipeline('sales', [unknown, wrong]);
    void defineUnknown;
  });

  it('come from a schema', () => {
    const checked = task('t', {
      input: z.object({ month: z.string() }),
      output: z.object({ sum: z.number() }),
      run: ({ month }) => ({ sum: month.length }),
    });
    const p = definePipeline('p', [checked]);
    expectTypeOf<NeedsOf<typeof p>>().toEqualTypeOf<{ month: string }>();
    expectTypeOf<GivesOf<typeof p>['sum']>().toEqualTypeOf<number>();
    const cell = task('t', { code: '1 + 1', returns: 'two', output: z.number() });
    expectTypeOf<GivesOf<ReturnType<typeof cellPipeline>>['two']>().toEqualTypeOf<number>();
    function cellPipeline() {
      return definePipeline('p', [cell]);
    }
  });

  it('of steps without types are not known', () => {
    const p = definePipeline('p', [
      task('t', {
        run: (all) => {
          expectTypeOf(all).toEqualTypeOf<Readonly<Record<string, unknown>>>();
        },
      }),
    ]);
    const start = (): unknown => p.start();
    void start;
  });

  it('go into branches, and come out of them', () => {
    const p = definePipeline('p', [
      parallel('both', { left: [load], right: [task('size', { run: ({ n }: { n: number }) => n, returns: 'size' })] }),
    ]);
    expectTypeOf<NeedsOf<typeof p>>().toEqualTypeOf<{ month: string; n: number }>();
    expectTypeOf<GivesOf<typeof p>['size']>().toEqualTypeOf<number>();
    expectTypeOf<GivesOf<typeof p>['rows']>().toEqualTypeOf<string[]>();
  });

  it('become lists in a map, or what it reduces them to', () => {
    const look = task('look', { run: ({ city }: { city: string }) => city.length, returns: 'size' });
    const p = definePipeline('p', [map('each', { over: 'cities', as: 'city' }, [look])]);
    expectTypeOf<keyof NeedsOf<typeof p>>().toEqualTypeOf<'cities'>();
    expectTypeOf<GivesOf<typeof p>['size']>().toEqualTypeOf<readonly number[]>();
    const q = definePipeline('q', [map('each', { over: 'cities', as: 'city', reduce: (all) => all.length }, [look])]);
    expectTypeOf<GivesOf<typeof q>['size']>().toEqualTypeOf<number>();
  });

  it('of a conditional may be there, of a loop are', () => {
    const p = definePipeline('p', [conditional('c', { on: 'kind', branches: { a: [load], b: [stub('s')] } })]);
    expectTypeOf<GivesOf<typeof p>['rows']>().toEqualTypeOf<string[] | undefined>();
    const q = definePipeline('q', [loop('l', { until: 'done', max: 2 }, [load])]);
    expectTypeOf<GivesOf<typeof q>['rows']>().toEqualTypeOf<string[]>();
  });
});
