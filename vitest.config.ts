import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,workers,scripts,bench}/**/*.test.ts'],
    environment: 'node',
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
    // Only a test that hangs takes as long, also on a busy machine.
    testTimeout: 60_000,
  },
});
