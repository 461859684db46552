import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashFiles } from './hash-files.mjs';

describe('the hash over files', () => {
  let root: string;
  const write = (name: string, text: string) => writeFile(path.join(root, name), text);

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'hash-files-'));
    await mkdir(path.join(root, 'src/inner'), { recursive: true });
    await write('src/a.ts', 'a');
    await write('src/inner/b.ts', 'b');
    await write('package.json', '{}');
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  const inputs = ['src', 'package.json', 'absent'];

  it('stays the same, and changes with a content, a name and a file that comes or goes', async () => {
    const hashes = [await hashFiles(root, inputs)];
    expect(await hashFiles(root, inputs)).toBe(hashes[0]);
    await write('src/inner/b.ts', 'c');
    hashes.push(await hashFiles(root, inputs));
    await rename(path.join(root, 'src/a.ts'), path.join(root, 'src/c.ts'));
    hashes.push(await hashFiles(root, inputs));
    await write('src/d.ts', '');
    hashes.push(await hashFiles(root, inputs));
    await rm(path.join(root, 'package.json'));
    hashes.push(await hashFiles(root, inputs));
    expect(new Set(hashes).size).toBe(5);
  });

  it('leaves out what is skipped, folders with all that is in them', async () => {
    const isSkipped = (name: string) => name === 'src/inner';
    const before = await hashFiles(root, inputs, isSkipped);
    await write('src/inner/b.ts', 'c');
    expect(await hashFiles(root, inputs, isSkipped)).toBe(before);
    await write('src/a.ts', 'c');
    expect(await hashFiles(root, inputs, isSkipped)).not.toBe(before);
  });
});
