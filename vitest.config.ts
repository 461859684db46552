import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,workers,scripts,bench}/**/*.test.ts'],
    environment: 'node',
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
  },
});
