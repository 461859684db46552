import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WireOutput } from '../../../src/protocol/messages/wire.js';
import { maxBundleBytes } from '../../../src/protocol/bounds.js';
import { ServedKernel } from '../testing/served-kernel.js';

const served = new ServedKernel();
beforeAll(() => served.start());
beforeEach(() => void (served.arrived.length = 0));
afterAll(() => served.close());

/** The entries that code wrote, each later one in the place of the one that it updates. */
const entries = (): WireOutput[] => served.arrived.filter((one): one is WireOutput => 'sequence' in one);
async function shown(code: string): Promise<WireOutput[]> {
  const report = await served.run(code);
  expect(report.error).toBeUndefined();
  return entries();
}

const named = `({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>x</b>', 'text/plain': 'x' }) })`;

describe('display', () => {
  it('G1: shows a value in the forms that it names, and as text where it names none', async () => {
    expect(await shown(`display(${named}); display('a', 1); display({ a: 1 })`)).toMatchObject([
      { method: 'display', text: 'x', bundle: { 'text/html': '<b>x</b>', 'text/plain': 'x' } },
      { method: 'display', text: 'a 1', bundle: { 'text/plain': 'a 1' } },
      { method: 'display', parts: [{ preview: { type: 'object' } }] },
    ]);
    expect(new Set(entries().map(({ id }) => id)).size).toBe(3);
  });

  it('G1: shows the value of a cell in its forms, also those of a promise', async () => {
    expect(await shown(named)).toMatchObject([{ isResult: true, bundle: { 'text/html': '<b>x</b>' } }]);
    served.arrived.length = 0;
    await shown(`({ [Symbol.for('Jupyter.display')]: async () => (await null, { 'text/markdown': '*x*' }) })`);
    expect(entries().at(-1)).toMatchObject({ isResult: true, bundle: { 'text/markdown': '*x*' } });
    expect(served.arrived.at(-1)).toMatchObject({ ok: true });
  });

  it('G1: takes a bundle: text, lists of lines, data, bytes', async () => {
    const [entry] = await shown(`
      display({ 'text/html': ['<b>', 'x</b>'], 'application/json': { a: [1] }, 'application/vnd.vegalite.v5+json': { mark: 'bar' },
        'image/png': new Uint8Array([1, 2]), 'image/jpeg': 'AQI=', 'no type': 1, 'text/plain': 'x' }, { raw: true })`);
    expect(entry!.bundle).toEqual({
      'text/html': '<b>x</b>',
      'application/json': { a: [1] },
      'application/vnd.vegalite.v5+json': { mark: 'bar' },
      'image/png': new Uint8Array([1, 2]),
      'image/jpeg': 'AQI=',
      'text/plain': 'x',
    });
  });

  it('G1: makes text of templates, and progress of numbers', async () => {
    const [html, md, svg, progress] = await shown(
      'display.html`<ul>${[1, 2].map((n) => `<li>${n}</li>`)}</ul>`; display.md`# ${"x"}`; display.svg`<svg/>`; display.progress(1, 4, "Load")',
    );
    expect(html!.bundle).toEqual({ 'text/html': '<ul><li>1</li><li>2</li></ul>' });
    expect(md!.bundle).toEqual({ 'text/markdown': '# x' });
    expect(svg!.bundle).toEqual({ 'image/svg+xml': '<svg/>' });
    expect(progress).toMatchObject({
      text: 'Load: 1 of 4 (25 %)',
      bundle: { 'application/vnd.codemode.progress+json': { done: 1, total: 4, label: 'Load' } },
    });
  });

  it('G1: updates in place, the last before the result, and few of very many', async () => {
    const all = await shown(`
      const bar = display.progress(0, 2_000); for (let n = 1; n <= 2_000; n++) bar.update(n);
      const handle = display('first'); handle.update('second'); handle.update(${named}); handle`);
    const [bar, ...rest] = all.filter(({ method }) => method === 'display');
    const latest = new Map(all.map((entry) => [entry.id, entry]));
    expect(latest.get(bar!.id)).toMatchObject({ isUpdate: true, text: '2000 of 2000 (100 %)' });
    expect(latest.get(rest.at(-1)!.id)).toMatchObject({ isUpdate: true, bundle: { 'text/html': '<b>x</b>' } });
    expect(all.length).toBeLessThan(1_000);
    expect(served.arrived.at(-1)).toMatchObject({ ok: true, value: undefined });
  });

  it('G1: updates from a later cell belong to the execution that displayed', async () => {
    await served.run('var kept = display("old")', { context: served.context('first') });
    await served.run('kept.update("new")', { context: served.context('second') });
    await served.run('await new Promise((later) => setTimeout(later, 100))');
    expect(entries().at(-1)).toMatchObject({ runId: 'first', isUpdate: true, text: 'new' });
  });

  it('G1: shows a Blob when it has been read, before the result', async () => {
    await shown(
      `display(new Blob([new Uint8Array([137, 80])], { type: 'image/png' })); display(new Blob(['<svg/>'], { type: 'image/svg+xml' }))`,
    );
    const latest = new Map(entries().map((entry) => [entry.id, entry]));
    expect([...latest.values()].map(({ bundle }) => bundle)).toEqual([
      { 'image/png': new Uint8Array([137, 80]) },
      { 'image/svg+xml': '<svg/>' },
    ]);
    expect(served.arrived.at(-1)).toMatchObject({ ok: true });
  });

  it('G1: shows a list of records as a table, and runs none of their getters', async () => {
    const [table] = await shown(`
      display([{ a: 1, b: 'x', c: new Date(0) }, { a: 2.5, d: 10n, e: undefined, get f() { throw 1 }, g: null }]); display([1, 2])`);
    expect(table!.bundle).toEqual({
      'application/vnd.dataresource+json': {
        schema: {
          fields: [
            { name: 'a', type: 'number' },
            { name: 'b', type: 'string' },
            { name: 'c', type: 'datetime' },
            { name: 'd', type: 'any' },
            { name: 'g', type: 'any' },
          ],
        },
        data: [
          { a: 1, b: 'x', c: '1970-01-01T00:00:00.000Z' },
          { a: 2.5, d: '10', g: null },
        ],
      },
    });
    expect(entries()[1]!.bundle).toEqual({ 'text/plain': expect.any(String) });
  });

  it('G1: sends 100,000 records', async () => {
    const [table] = await shown('display(Array.from({ length: 100_001 }, (_, id) => ({ id, name: `row ${id}` })))');
    const { data, total } = table!.bundle!['application/vnd.dataresource+json'] as { data: unknown[]; total: number };
    expect([data.length, total, data[99_999]]).toEqual([100_000, 100_001, { id: 99_999, name: 'row 99999' }]);
  });

  it('G1: a value that throws or lies is shown as what it is', async () => {
    const of = (body: string): string => `display({ at: 1, [Symbol.for('Jupyter.display')]${body} });`;
    const all = await shown(
      of(`() { throw new Error('no') }`) +
        of(': 5') +
        of('() { return 5 }') +
        of(`() { return { get 'text/html'() { throw new Error('no') } } }`) +
        of('() { return new Proxy({}, { ownKeys() { throw new Error("no") } }) }') +
        of(`() { return { 'application/json': { toJSON() { throw new Error('no') } } } }`) +
        of(`() { return {} }`) +
        of(`() { return Promise.reject(new Error('no')) }`),
    );
    expect(all.filter(({ method }) => method === 'display')).toHaveLength(8);
    for (const entry of all.filter(({ method }) => method === 'display'))
      expect(entry.parts).toMatchObject([{ preview: { type: 'object' } }]);
    expect(all.filter(({ method }) => method === 'error').map(({ text }) => text.split('\n')[0])).toEqual(
      Array.from({ length: 5 }, () => expect.stringContaining('What was displayed threw: Error: no')),
    );
  });

  it('C3: a value that never ends to show itself is stopped', async () => {
    const context = served.context('endless');
    const error = { name: 'CancelledError', message: 'stopped', stack: '', frames: [] };
    for (const body of [
      '() { console.log("begun"); for (;;); }',
      '() { console.log("begun"); return new Promise(() => {}) }',
    ]) {
      served.arrived.length = 0;
      const timeLimit = { milliseconds: 300, error };
      const running = served.run(`({ [Symbol.for('Jupyter.display')]${body} })`, { context, timeLimit });
      if (body.includes('Promise')) {
        await expect.poll(() => served.texts).toContain('begun');
        await served.host.call('cancel', { context, runId: 'endless', error });
      }
      expect(await running).toMatchObject({ ok: false, error: { name: 'CancelledError' } });
      expect((await served.run('1 + 1')).value).toBe(2);
    }
  });

  it('F2: runs no trap of the value of a cell, and works with patched built-ins', async () => {
    expect(await shown(`var asked = []; new Proxy({}, { get: (_, key) => void asked.push(key) })`)).toEqual([]);
    expect(await served.read('asked')).toEqual([]);
    const [entry] = await shown(`
      const { then } = Promise.prototype, { slice } = Uint8Array.prototype; let ran = 0;
      Promise.prototype.then = () => { ran++ }; Uint8Array.prototype.slice = () => { ran++ }; Object.prototype.then = undefined;
      try { display({ 'image/png': new Uint8Array([7]) }, { raw: true }) } finally {
        Promise.prototype.then = then; Uint8Array.prototype.slice = slice; delete Object.prototype.then }
      console.log(ran)`);
    expect(entry!.bundle).toEqual({ 'image/png': new Uint8Array([7]) });
    expect(served.texts.at(-1)).toBe('0');
  });

  it('F1: leaves out what is too large, and says so', async () => {
    const [notice, entry] = await shown(
      `display({ 'text/html': 'x'.repeat(${maxBundleBytes + 1}), 'text/plain': 'kept' }, { raw: true })`,
    );
    expect(notice).toMatchObject({ method: 'notice', text: expect.stringContaining('text/html') });
    expect(entry!.bundle).toEqual({ 'text/plain': 'kept' });
  });
});
