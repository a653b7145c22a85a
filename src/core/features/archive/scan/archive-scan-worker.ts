import { enableCompileCache, flushCompileCache } from 'node:module';

// A thread's modules are compiled anew in each thread. Node keeps what it compiled for the next one, but only of modules
// that are loaded after it was told to; and a thread that is stopped from outside writes nothing unless told before.

// Where the command line said to; a folder that others may write to is no place for code.
if (process.env['NODE_COMPILE_CACHE'] !== undefined) enableCompileCache();
await import('./serve-segments.ts');
flushCompileCache();
