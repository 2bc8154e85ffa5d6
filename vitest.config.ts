import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'test/crash/**', 'test/bench/**'],
    testTimeout: 20_000,
    // Much of the time is spent in waiting for disks and other processes.
    maxWorkers: 2,
    // A third of the time went into loading the same modules for each file. Nothing of ours happens when it is loaded.
    isolate: false,
  },
});
