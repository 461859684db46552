import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';

/**
 * A Chromium for the end-to-end tests.
 *
 * @typedef {{ source: 'environment' | 'system' | 'playwright', executablePath: string }} FoundBrowser
 */

const systemNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** @param {string} name */
function isExecutable(name) {
  try {
    accessSync(name, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The browser named by `CODEMODE_BROWSER`, else the system's, else Playwright's own.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {FoundBrowser | undefined}
 */
export function findBrowser(environment = process.env) {
  const named = environment['CODEMODE_BROWSER'];
  if (named) {
    if (!isExecutable(named)) throw new Error(`CODEMODE_BROWSER is "${named}", and that is no executable file.`);
    return { source: 'environment', executablePath: named };
  }
  const folders = (environment['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  for (const name of systemNames) {
    const folder = folders.find((candidate) => isExecutable(path.join(candidate, name)));
    if (folder) return { source: 'system', executablePath: path.join(folder, name) };
  }
  const own = chromium.executablePath();
  return existsSync(own) ? { source: 'playwright', executablePath: own } : undefined;
}

/** Whether the browser starts: a downloaded browser may lack libraries of the system. */
const starts = (/** @type {FoundBrowser | undefined} */ browser) =>
  browser !== undefined && spawnSync(browser.executablePath, ['--version'], { timeout: 30_000 }).status === 0;

function installWithPlaywright() {
  const cli = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
    'cli.js',
  );
  execFileSync(process.execPath, [cli, 'install', 'chromium'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 300_000,
  });
}

function installWithApt() {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (/** @type {string[]} */ ...args) => {
    const [command, ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    execFileSync(/** @type {string} */ (command), rest, { stdio: ['ignore', 'inherit', 'inherit'] });
  };
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation');
}

/**
 * Finds a browser. Where there is none, it installs Playwright's, or else Debian's package.
 *
 * @returns {FoundBrowser}
 */
export function ensureBrowser() {
  const found = findBrowser();
  if (found && (found.source !== 'playwright' || starts(found))) return found;
  for (const [name, install] of /** @type {const} */ ([
    ["Playwright's Chromium", installWithPlaywright],
    ["Debian's chromium package", installWithApt],
  ])) {
    console.log(`No browser found: installing ${name} …`);
    try {
      install();
      const installed = findBrowser();
      if (installed && starts(installed)) return installed;
      console.log(`${name} does not start here.`);
    } catch (error) {
      console.log(`${name} could not be installed: ${error instanceof Error ? error.message : error}`);
    }
  }
  throw new Error('No browser for the end-to-end tests. Install Chromium, or name one in CODEMODE_BROWSER.');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { source, executablePath } = ensureBrowser();
  console.log(`${executablePath} (${source})`);
}
