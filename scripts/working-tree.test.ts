import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChangedFiles, readDifferences } from './working-tree.mjs';

const run = promisify(execFile);

describe('what a run leaves in the checkout', () => {
  let root: string;
  const write = (name: string, text: string) => writeFile(path.join(root, name), text);
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...args], {
      cwd: root,
    });
  const read = async () => (await readDifferences(root)) ?? new Map<string, string>();

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'working-tree-'));
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  it('is each file that came, went or changed, and no file that was changed before', async () => {
    await git('init', '--quiet');
    await write('.gitignore', 'dist\n');
    await Promise.all(['edited', 'kept', 'removed', 'touched'].map((name) => write(name, 'old')));
    await git('add', '.');
    await git('commit', '--quiet', '-m', 'First');
    await write('edited', 'by hand');
    await write('kept', 'by hand');
    const before = await read();
    await write('edited', 'by the run');
    await write('touched', 'by the run');
    await write('a file', 'new');
    await write('dist', 'ignored');
    await rm(path.join(root, 'removed'));
    expect(findChangedFiles(before, await read())).toEqual(['a file', 'edited', 'removed', 'touched']);
  });

  it('is unknown without a repository', async () => {
    expect(await readDifferences(root)).toBeUndefined();
  });
});
