import { existsSync } from 'node:fs';
import { defineConfig, devices, firefox, webkit } from '@playwright/test';
import { launchOptions } from './e2e/fixtures/launch-options.js';

/** Each worker serves the built site itself, on a port of its own: see `e2e/fixtures`. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  workers: 2,
  // Nothing waits for a time: these only end what hangs, on a machine that is busy too.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: '.cache/e2e.json' }]],
  use: {
    // Of what a test did and what its pages requested. Pictures of every step cost as much as the tests: `--trace on` takes them.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    viewport: { width: 1280, height: 800 },
  },
  projects: [
    { name: 'chromium', use: { ...devices['Desktop Chrome'], launchOptions } },
    ...[
      { name: 'firefox', type: firefox },
      { name: 'webkit', type: webkit },
    ]
      .filter(({ type }) => existsSync(type.executablePath()))
      .map(({ name }) => ({ name, use: { browserName: name as 'firefox' | 'webkit' } })),
  ],
});
