import { defineConfig } from '@playwright/test';
import base from './playwright.config.js';

/** The long tests, run by `npm run soak` and not by `npm test`. */
export default defineConfig(base, { testDir: 'e2e/soak', testMatch: '**/*.soak.ts', timeout: 0, reporter: 'list' });
