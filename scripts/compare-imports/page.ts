import { Codemode } from '../../src/sdk/codemode.js';

declare global {
  var importHere: (url: string, code: string) => Promise<string[]>;
  var importNatively: (url: string) => Promise<string[]>;
}

/** Imports a module in a session, and runs an expression that has it as `ns`. */
globalThis.importHere = async (url, code) => {
  await using codemode = new Codemode({
    runnerUrl: new URL('/runner.html', location.href),
    importMap: { imports: { it: url } },
    limits: { codeTimeout: 60_000 },
  });
  const result = await codemode
    .session('s')
    .execute<string>(`import * as ns from 'it'; JSON.stringify(await (${code})(ns))`);
  if (!result.ok) return [`${result.error.name}: ${result.error.message}`];
  return JSON.parse(result.value) as string[];
};

/** Imports a module in a worker of the page, which the engine runs alone. */
globalThis.importNatively = (url) =>
  new Promise((resolve) => {
    const worker = new Worker('/native.js', { type: 'module' });
    const end = (lines: string[]): void => {
      worker.terminate();
      resolve(lines);
    };
    worker.addEventListener('message', ({ data }: MessageEvent<string[]>) => end(data));
    worker.postMessage(url);
    setTimeout(() => end(['has not ended']), 60_000);
  });
