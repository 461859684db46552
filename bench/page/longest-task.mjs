/** @import { Page } from '@playwright/test' */

/** @typedef {{ name: string, ph: string, pid: number, tid: number, ts: number, tdur?: number }} TraceEvent */

/**
 * Milliseconds of the processor, not of the clock, that the longest task of the page's thread took between the marks of `measure`: a busy
 * machine does not change it.
 *
 * @template {object} T
 * @param {Page} page @param {() => Promise<T>} measure
 * @returns {Promise<T & { longest: number }>}
 */
export async function longestTask(page, measure) {
  const browser = await page.context().browser()?.newBrowserCDPSession();
  if (browser === undefined) throw new Error('The page has no browser.');
  /** @type {TraceEvent[]} */
  const events = [];
  browser.on('Tracing.dataCollected', ({ value }) => events.push(.../** @type {any} */ (value)));
  await browser.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'] },
  });
  const result = await measure();
  const complete = new Promise((resolve) => {
    browser.once('Tracing.tracingComplete', resolve);
  });
  await browser.send('Tracing.end');
  await complete;
  await browser.detach();
  const begin = events.find(({ name }) => name === 'shown-begin');
  const end = events.find(({ name }) => name === 'shown-end');
  if (begin === undefined || end === undefined) throw new Error('The trace has no marks.');
  const longest = events
    .filter(({ name, pid, tid }) => /\bRunTask$/.test(name) && pid === begin.pid && tid === begin.tid)
    .filter(({ ts }) => ts >= begin.ts && ts <= end.ts)
    .reduce((most, { tdur = 0 }) => Math.max(most, tdur), 0);
  return { ...result, longest: longest / 1_000 };
}
