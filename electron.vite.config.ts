import { resolve } from 'node:path';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const from = (path: string) => resolve(import.meta.dirname, path);

// The main build holds every Node entry: the Electron host, the server, the command line and the workers. Workers are
// found by name beside the chunk that starts them (src/core/platform/worker-url.ts), so all chunks lie in one folder.
export default defineConfig({
  main: {
    build: {
      target: 'node24',
      // Every thread that opens the database loads these two: as one file they take a third of the time that their four
      // hundred modules do.
      externalizeDeps: { exclude: ['kysely', 'zod'] },
      rollupOptions: {
        input: {
          index: from('src/main/index.ts'),
          server: from('src/server/index.ts'),
          cli: from('src/cli/index.ts'),
          'app-worker': from('src/core/app-worker.ts'),
          'job-worker': from('src/core/job-worker.ts'),
          'archive-reader': from('src/core/features/archive/reader-worker.ts'),
          'archive-scan-worker': from('src/core/features/archive/scan/archive-scan-worker.ts'),
          'search-worker': from('src/core/features/archive/search-worker.ts'),
          'scan-worker': from('src/core/features/screening/scan-worker.ts'),
          'lexicon-import-worker': from('src/core/features/lexicons/import-worker.ts'),
          'lexicon-try-worker': from('src/core/features/lexicons/try-worker.ts'),
          'precheck-worker': from('src/core/features/reviews/precheck/precheck-worker.ts'),
          'product-file-worker': from('src/core/features/products/product-file-worker.ts'),
          'extract-worker': from('src/core/features/documents/extract-worker.ts'),
          'approval-sheet-worker': from('src/core/features/reviews/workflow/approvals/sheet-worker.ts'),
          'publication-worker': from('src/core/features/reviews/publication/publication-worker.ts'),
          'handover-register-worker': from('src/core/features/handovers/signing/register/register-worker.ts'),
          'handover-worker': from('src/core/features/handovers/handover-worker.ts'),
          'handover-scan-worker': from('src/core/features/handovers/timeline/scan-helper-worker.ts'),
          'feed-preview-worker': from('src/core/features/feeds/tables/preview-worker.ts'),
          'diff-worker': from('src/core/features/reviews/diff/diff-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { index: from('src/preload/index.ts') },
        // A sandboxed preload can't be an ES module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: from('src/renderer'),
    plugins: [react()],
    build: {
      target: 'chrome140',
      minify: true,
      rollupOptions: {
        input: { index: from('src/renderer/index.html') },
        // React apart from what else every screen shares: no chunk is then beyond the 500 kB that Vite warns of.
        output: {
          codeSplitting: {
            groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ }],
          },
        },
      },
    },
  },
});
