import { Worker as NodeWorker } from 'node:worker_threads';
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../../scripts/find-browser.mjs';

/**
 * Something that holds one worker per script, all at once, and runs one loop at a time in one of them.
 *
 * @typedef {object} Host
 * @property {string} name
 * @property {(script: string, loop: number, share: number) => Promise<number>} run  A loop by its index, for a share of
 *   its count; gives milliseconds.
 * @property {() => Promise<void>} close
 */

/**
 * @param {Readonly<Record<string, string>>} scripts
 * @returns {Host}
 */
export function nodeHost(scripts) {
  const workers = new Map(Object.entries(scripts).map(([name, text]) => [name, new NodeWorker(text, { eval: true })]));
  return {
    name: `Node ${process.versions.node}`,
    run: (script, loop, share) =>
      new Promise((resolve, reject) => {
        const worker = /** @type {NodeWorker} */ (workers.get(script));
        const settle = (/** @type {number} */ time) => {
          worker.off('error', reject);
          resolve(time);
        };
        worker.once('message', settle).once('error', reject);
        worker.postMessage({ loop, share });
      }),
    async close() {
      await Promise.all([...workers.values()].map((worker) => worker.terminate()));
    },
  };
}

/**
 * @param {Readonly<Record<string, string>>} scripts
 * @returns {Promise<Host>}
 */
export async function chromiumHost(scripts) {
  const { executablePath } = ensureBrowser();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
  try {
    const page = await browser.newPage();
    const workers = await page.evaluateHandle(
      (texts) =>
        Object.fromEntries(
          Object.entries(texts).map(([name, text]) => [name, new Worker(URL.createObjectURL(new Blob([text])))]),
        ),
      scripts,
    );
    return {
      name: `Chromium ${browser.version().split('.')[0]}, worker`,
      run: (script, loop, share) =>
        workers.evaluate(
          (all, message) =>
            new Promise((resolve, reject) => {
              const worker = /** @type {Worker} */ (all[message.script]);
              worker.onmessage = ({ data }) => resolve(data);
              worker.onerror = (event) => reject(new Error(event.message));
              worker.postMessage(message);
            }),
          { script, loop, share },
        ),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
