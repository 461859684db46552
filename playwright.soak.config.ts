import { defineConfig } from '@playwright/test';
import base from './playwright.config.js';

// Read by `e2e/fixtures/repetitions.ts`, in the processes of the workers too. 0 tries the script itself, with the counts of `npm test`.
process.env['CODEMODE_SOAK'] ??= '1';

/** The long tests, run by `npm run soak` and not by `npm test`, and those specs that have longer versions of their tests. */
export default defineConfig(base, {
  testDir: 'e2e',
  testMatch: [
    'soak/*.soak.ts',
    '{context-interleaving,context-programs,repl-vectors,sdk-cancel,sdk-floods,sdk-many-sessions,sdk-stops}.spec.ts',
  ],
  timeout: 0,
  reporter: 'list',
});
