import { defineConfig } from 'vite';
import { withoutMonacoStyles } from './scripts/build/monaco-styles-plugin.mjs';
import { documentation } from './scripts/build/documentation/plugin.mjs';
import { thirdPartyNotices } from './scripts/build/notices.mjs';
import { ownExports } from './scripts/build/own-exports-plugin.mjs';
import { runnerPage } from './scripts/build/runner-plugin.mjs';

const notices = thirdPartyNotices();

/** The static site, and the development server. Relative addresses throughout, so that it works from any folder. */
export default defineConfig({
  base: './',
  plugins: [
    documentation(),
    ownExports(),
    runnerPage(notices.collect),
    withoutMonacoStyles(),
    notices.collect(),
    notices.emit(),
  ],
  worker: { format: 'es', plugins: () => [notices.collect()] },
  optimizeDeps: { entries: ['index.html'] },
  build: {
    outDir: 'site',
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 20_000,
    rolldownOptions: { checks: { pluginTimings: false, ineffectiveDynamicImport: false } },
  },
});
