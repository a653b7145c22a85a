// Worker entries, by the name of their bundle (electron.vite.config.ts lists the same names). From sources, Node strips
// the types and a worker starts from its .ts file; in a build each entry is a file beside the chunk that asks for it.
const sources = {
  'app-worker': '../app-worker.ts',
  'job-worker': '../job-worker.ts',
  'archive-reader': '../features/archive/reader-worker.ts',
  'archive-scan-worker': '../features/archive/scan/archive-scan-worker.ts',
  'search-worker': '../features/archive/search-worker.ts',
  'scan-worker': '../features/screening/scan-worker.ts',
  'lexicon-import-worker': '../features/lexicons/import-worker.ts',
  'lexicon-try-worker': '../features/lexicons/try-worker.ts',
  'precheck-worker': '../features/reviews/precheck/precheck-worker.ts',
  'product-file-worker': '../features/products/product-file-worker.ts',
  'extract-worker': '../features/documents/extract-worker.ts',
  'approval-sheet-worker': '../features/reviews/workflow/approvals/sheet-worker.ts',
  'publication-worker': '../features/reviews/publication/publication-worker.ts',
  'handover-register-worker': '../features/handovers/signing/register/register-worker.ts',
  'handover-worker': '../features/handovers/handover-worker.ts',
  'handover-scan-worker': '../features/handovers/timeline/scan-helper-worker.ts',
  'feed-preview-worker': '../features/feeds/tables/preview-worker.ts',
  'diff-worker': '../features/reviews/diff/diff-worker.ts',
} as const;

export type WorkerName = keyof typeof sources;

/** Where a thread's code stands, and the name that the log knows the thread by. */
export interface WorkerEntry {
  readonly name: string;
  readonly url: URL;
}

export function workerEntry(name: WorkerName): WorkerEntry {
  return { name, url: workerUrl(name) };
}

/** The URL to start the worker from, in sources or in a build. */
export function workerUrl(name: WorkerName): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL(sources[name], import.meta.url)
    : new URL(`./${name}.js`, import.meta.url);
}
