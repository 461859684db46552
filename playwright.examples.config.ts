import { defineConfig, devices } from '@playwright/test';
import { launchOptions } from './e2e/fixtures/launch-options.js';

/** The sites of `examples/`, as `scripts/examples.mjs` built them last. */
export default defineConfig({
  testDir: 'e2e/examples',
  testMatch: '**/*.site.ts',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: '.cache/examples.json' }]],
  outputDir: 'test-results/examples',
  use: {
    ...devices['Desktop Chrome'],
    launchOptions,
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
  },
});
