import { RandomProgram, textOf } from '../src/compiler/instrument-random-program.js';
import { mostEvents, nativeEvents } from '../src/compiler/instrument-testing.js';
import { expect, test } from './fixtures/test.js';

const firstSeed = 20_001;
const programs = 100;

/** The program as a cell whose value is its events, one to a line, as `nativeEvents` notes them. */
function cellOf(source: string): string {
  return `{
const events = [];
const show = (value) => value instanceof TypeError ? value.name
  : value instanceof Error ? value.name + ': ' + value.message : JSON.stringify(value) ?? String(value);
const get = () => ambient.get();
const run = (value, fn) => ambient.run(value, fn);
const log = (event) => {
  if (events.length > ${mostEvents}) throw new Error('Too many events');
  events.push(show(event) + ' in ' + show(get()));
};
await (async () => {${source}})().then(
  (value) => events.push('ended ' + show(value)),
  (error) => events.push('failed ' + show(error)));
await new Promise((resolve) => { setTimeout(resolve); });
events.join('\\n');
}`;
}

test(`A1: the random programs of seeds ${firstSeed} to ${firstSeed + programs - 1} have the events and contexts in a worker that Node gives them`,
  async ({ sdkPage }) => {
    const sources = Array.from({ length: programs }, (_, index) => textOf(new RandomProgram(firstSeed + index).make()));
    const expected: string[][] = [];
    for (const source of sources) expected.push(await nativeEvents(source));
    expect(expected.flat().length).toBeGreaterThan(programs * 10);

    const seen = await sdkPage.evaluate(async (cells) => {
      const codemode = new window.sdk.Codemode();
      try {
        const session = codemode.session('programs');
        await session.execute('const ambient = new AsyncContext.Variable()');
        const results = await Promise.all(cells.map((cell) => session.execute<string>(cell)));
        return results.map(({ value, error }) => value ?? `${error?.name}: ${error?.message}`);
      } finally {
        await codemode.close();
      }
    }, sources.map(cellOf));

    for (const [index, events] of seen.entries()) {
      expect(events.split('\n'), `seed ${firstSeed + index}:\n${sources[index]}`).toEqual(expected[index]);
    }
  });
