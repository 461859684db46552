import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from './find-browser.mjs';

let folder: string;
const inFolder = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'codemode-browser-'));
  await writeFile(inFolder('google-chrome'), '#!/bin/sh\n', { mode: 0o755 });
  await writeFile(inFolder('chromium-browser'), '#!/bin/sh\n', { mode: 0o755 });
  await writeFile(inFolder('chromium'), 'not executable', { mode: 0o644 });
});

afterAll(() => rm(folder, { recursive: true }));

describe('the browser of the tests', () => {
  it('is the one that is named', () => {
    expect(findBrowser({ CODEMODE_BROWSER: inFolder('google-chrome'), PATH: folder })).toEqual({
      source: 'environment',
      executablePath: inFolder('google-chrome'),
    });
  });

  it('is never another than the one that is named', () => {
    expect(() => findBrowser({ CODEMODE_BROWSER: inFolder('nothing'), PATH: folder })).toThrow(/CODEMODE_BROWSER/);
  });

  it('is else the first of the system that can be run', () => {
    expect(findBrowser({ PATH: `${inFolder('missing')}${path.delimiter}${folder}` })).toEqual({
      source: 'system',
      executablePath: inFolder('chromium-browser'),
    });
  });

  it("is not the system's where there is none", () => {
    expect(findBrowser({ PATH: inFolder('missing') })?.source).not.toBe('system');
  });
});
