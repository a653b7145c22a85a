import { defineConfig } from 'vitest/config';

// Apart from the other suites: it needs Electron's binary and a display, and `npm run test:electron` looks for both.
export default defineConfig({
  test: {
    include: ['test/electron/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
});
