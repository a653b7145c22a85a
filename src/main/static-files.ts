import { realpath, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

export function contentTypeOf(file: string): string {
  return contentTypes[extname(file).toLowerCase()] ?? 'application/octet-stream';
}

/**
 * The file below `directory` that a URL's path names, or null. The path is taken literally: whatever could mean
 * another place (`..` in any encoding, backslashes, drive letters, alternate streams, NUL, hidden files, symbolic
 * links) names nothing.
 */
export async function resolveStaticFile(directory: string, urlPath: string): Promise<string | null> {
  const segments = segmentsOf(urlPath);
  if (segments === null) return null;
  try {
    const root = await realpath(directory);
    const file = join(root, ...segments);
    // A link below the folder resolves to another path than the one asked for, wherever it leads.
    if ((await realpath(file)) !== file) return null;
    return (await stat(file)).isFile() ? file : null;
  } catch {
    return null;
  }
}

function segmentsOf(urlPath: string): readonly string[] | null {
  let path: string;
  try {
    path = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (!path.startsWith('/')) return null;
  if (path === '/') return ['index.html'];
  const segments = path.slice(1).split('/');
  return segments.every(isPlainName) ? segments : null;
}

/** Names that Vite writes, and no others: letters, digits, `-`, `_`, and dots that don't come first or last. */
function isPlainName(segment: string): boolean {
  return /^[\w-]+(?:\.[\w-]+)*$/.test(segment);
}
