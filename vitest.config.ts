import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'test/crash/**', 'test/bench/**'],
    testTimeout: 20_000,
  },
});
