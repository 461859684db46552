import { Codemode } from '../../../src/sdk/codemode.js';

/** Milliseconds of an import, told by the code that imports. */
const timed = (name: string): string =>
  `const from = performance.now(); const ns = await import(${JSON.stringify(name)}); [performance.now() - from, Object.keys(ns).length]`;

export interface Imports {
  readonly native: number;
  readonly first: number;
  readonly second: number;
  readonly names: readonly number[];
}

declare global {
  var bench: { imports(url: string): Promise<Imports> };
}

globalThis.bench = {
  /** Imports one package by the browser, by a first session and by a second one. */
  async imports(url) {
    await using codemode = new Codemode({
      runnerUrl: new URL('/runner.html', location.href),
      importMap: { imports: { it: url } },
    });
    const run = async (session: string): Promise<readonly [number, number]> => {
      const named = codemode.session(session);
      await named.execute('1');
      const result = await named.execute<readonly [number, number]>(timed('it'));
      if (!result.ok) throw new Error(result.error.message);
      return result.value;
    };
    const first = await run('first');
    // What a session compiled itself is compiled for the others by then.
    await run('between');
    const second = await run('second');
    const from = performance.now();
    const native = (await import(url)) as object;
    return {
      native: performance.now() - from,
      first: first[0],
      second: second[0],
      names: [Object.keys(native).length, first[1], second[1]],
    };
  },
};
