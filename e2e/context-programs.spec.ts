import type { Page } from '@playwright/test';
import { RandomProgram, textOf } from '../src/compiler/testing/random-program.js';
import { eventsOf, mostEvents, nativeEvents, nativeProgram } from '../src/compiler/testing/instrumented-programs.js';
import { repetitions } from './fixtures/repetitions.js';
import { expect, test } from './fixtures/test.js';

const firstSeed = 20_001;
const programs = repetitions({ test: 60, soak: 1_000 });

/** Text that runs a program and gives its events, one to a line, as `nativeEvents` notes them. */
function eventsText(
  source: string,
  { get, run, event }: { readonly get: string; readonly run: string; readonly event: string },
): string {
  return `const events = [];
const show = (value) => value instanceof TypeError ? value.name
  : value instanceof Error ? value.name + ': ' + value.message : JSON.stringify(value) ?? String(value);
const get = ${get};
const run = ${run};
const log = (event) => {
  if (events.length > ${mostEvents}) throw new Error('Too many events');
  events.push(${event});
};
await (async () => {${source}})().then(
  (value) => events.push('ended ' + show(value)),
  (error) => events.push('failed ' + show(error)));
await new Promise((resolve) => { setTimeout(resolve); });
`;
}

/** The program as a cell whose value is its events. */
function cellOf(source: string, withContexts = true): string {
  const text = eventsText(source, {
    get: withContexts ? '() => ambient.get()' : '() => undefined',
    run: '(value, fn) => ambient.run(value, fn)',
    event: withContexts ? `show(event) + ' in ' + show(get())` : 'show(event)',
  });
  return `{\n${text}events.join('\\n');\n}`;
}

/** The program as it is, for the page: nothing there compiles it. */
function functionOf(source: string): string {
  return `(async () => {${eventsText(source, { get: '() => undefined', run: '(_value, fn) => fn()', event: 'show(event)' })}return events.join('\\n');})`;
}

/** Values of cells of one session, as many at once as its port lets through. */
function valuesOf(page: Page, cells: readonly string[]): Promise<string[]> {
  return page.evaluate(async (sources) => {
    const codemode = new window.sdk.Codemode();
    try {
      const session = codemode.session('programs');
      await session.execute('const ambient = new AsyncContext.Variable()');
      const values: string[] = [];
      for (let at = 0; at < sources.length; at += 60) {
        const results = await Promise.all(sources.slice(at, at + 60).map((source) => session.execute<string>(source)));
        values.push(...results.map(({ value, error }) => value ?? `${error?.name}: ${error?.message}`));
      }
      return values;
    } finally {
      await codemode.close();
    }
  }, cells);
}

/** Events of programs that run as they are in the page, one after the other: whatever its engine says is right. */
function eventsInPage(page: Page, sources: readonly string[]): Promise<string[][]> {
  return page.evaluate(async (texts) => {
    const events: string[][] = [];
    for (const text of texts)
      events.push((await (new Function(`return ${text}`)() as () => Promise<string>)()).split('\n'));
    return events;
  }, sources.map(functionOf));
}

/** Events of a program in Node, without contexts, as `eventsInPage` gives them. */
async function eventsInNode(source: string): Promise<string[]> {
  const events = await eventsOf(nativeProgram(source), { get: () => undefined, run: (_value, fn) => fn() });
  return events.map((event) => event.replace(/ in undefined$/, ''));
}

test(`A1: the random programs of seeds ${firstSeed} to ${firstSeed + programs - 1} have the events and contexts in a worker that Node gives them`, async ({
  sdkPage,
}) => {
  const sources = Array.from({ length: programs }, (_, index) => textOf(new RandomProgram(firstSeed + index).make()));
  const expected: string[][] = [];
  for (const source of sources) expected.push(await nativeEvents(source));
  expect(expected.flat().length).toBeGreaterThan(programs * 10);
  const seen = await valuesOf(
    sdkPage,
    sources.map((source) => cellOf(source)),
  );
  // Engines of other versions differ in rare programs: there Node's events say nothing about this browser.
  const inPage = await eventsInPage(sdkPage, sources);
  let compared = 0;
  for (const [index, events] of seen.entries()) {
    if (inPage[index]!.join('\n') !== (await eventsInNode(sources[index]!)).join('\n')) continue;
    compared++;
    expect(events.split('\n'), `seed ${firstSeed + index}:\n${sources[index]}`).toEqual(expected[index]);
  }
  expect(compared).toBeGreaterThanOrEqual(programs * 0.95);
});

test('A1: those that also use what only the newest engines know have the order in a worker that the page gives them', async ({
  sdkPage,
}) => {
  const sources = Array.from({ length: programs }, (_, index) =>
    textOf(new RandomProgram(firstSeed + index, true).make()),
  );
  const expected = await eventsInPage(sdkPage, sources);
  expect(sources.join('').split('await using ').length).toBeGreaterThan(programs / 2);
  const seen = await valuesOf(
    sdkPage,
    sources.map((source) => cellOf(source, false)),
  );
  for (const [index, events] of seen.entries()) {
    expect(events.split('\n'), `seed ${firstSeed + index}:\n${sources[index]}`).toEqual(expected[index]);
  }
});
