import { join } from 'node:path';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const gateway = 'http://127.0.0.1:8080';
const worker = 'push-worker';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Nothing inlined: the content security policy allows files of our own origin, and no data: URLs.
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        index: join(import.meta.dirname, 'index.html'),
        [worker]: join(import.meta.dirname, 'push', `${worker}.ts`),
      },
      output: {
        // A worker keeps its address from version to version, and serves the pages below it.
        entryFileNames: ({ name }) => (name === worker ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/api': { target: gateway, ws: true } } },
});
