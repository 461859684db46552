import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newerNode } from './newer-node.mjs';

let folder: string;
beforeEach(async () => {
  vi.spyOn(console, 'log').mockReturnValue();
  folder = await mkdtemp(path.join(tmpdir(), 'codemode-node-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** As npm would leave it, for whatever platform. */
async function install(into: string): Promise<void> {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform === 'darwin' && process.arch === 'arm64' ? 'bin-' : ''}${platform}-${process.arch}`;
  const bin = path.join(into, 'node_modules', name, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(path.join(bin, process.platform === 'win32' ? 'node.exe' : 'node'), 'newer');
}

describe('a newer Node', () => {
  it('is the one at hand where that is new enough', async () => {
    expect(await newerNode({ version: '24.0.0' })).toBe(process.execPath);
  });

  it('is installed once', async () => {
    const cache = path.join(folder, 'cache');
    let installs = 0;
    const once = async (into: string): Promise<void> => {
      installs += 1;
      await install(into);
    };
    const executable = await newerNode({ version: '20.19.0', cache, install: once });
    expect(await readFile(executable!, 'utf8')).toBe('newer');
    expect(await newerNode({ version: '20.19.0', cache, install: once })).toBe(executable);
    expect(installs).toBe(1);
  });

  it('is none where it can’t be installed, which is tried again', async () => {
    const cache = path.join(folder, 'cache');
    const offline = (): Promise<void> => Promise.reject(new Error('offline'));
    expect(await newerNode({ version: '20.19.0', cache, install: offline })).toBeUndefined();
    expect(console.log).toHaveBeenLastCalledWith(expect.stringContaining('offline'));
    expect(await newerNode({ version: '20.19.0', cache, install })).toMatch(/node/);
  });
});
