import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A browser and a gateway for each file: more at once only get in each other's way.
    maxWorkers: 2,
  },
});
