import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { z } from 'zod';

import { generateArchive } from './generate.ts';

// How fast and how large an import is: `node test/benchmarks/import/import.bench.ts [MESSAGES…]`, 1,000,000 unless said.
// The yardstick is the sqlite3 shell loading the same lines into one table and cutting the same fields out into another,
// with no index, no duplicates looked for and nothing checked. Prints a Markdown table.

const Outcome = z.object({
  seconds: z.number(),
  peakMebibytes: z.number(),
  phases: z.record(z.string(), z.number()),
  counts: z.object({ state: z.literal('done'), read: z.number(), imported: z.number() }),
});

const fields = ['msgid', 'action', 'from', 'tolist', 'roomid', 'msgtime', 'msgtype', 'seq', 'text.content'];

/** Seconds that the shell takes; null where there is none. */
function shellSeconds(file: string, database: string): number | null {
  const columns = fields
    .map((field, index) => `json_extract(line, '$.${field}') AS column${index}`)
    .join(', ');
  const script = [
    // One column: no byte of the lines separates anything.
    '.mode ascii',
    String.raw`.separator "\001" "\n"`,
    'CREATE TABLE lines (line TEXT);',
    `.import ${file} lines`,
    `CREATE TABLE messages AS SELECT ${columns} FROM lines;`,
  ].join('\n');
  const started = performance.now();
  const { status } = spawnSync('sqlite3', [database], {
    input: script,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  return status === 0 ? (performance.now() - started) / 1000 : null;
}

async function importOnce(file: string): Promise<z.output<typeof Outcome>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'import-child.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return Outcome.parse(JSON.parse(await text(child.stdout)));
}

async function measure(messages: number): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
  try {
    const file = join(directory, 'archive.jsonl');
    const { bytes } = await generateArchive(file, messages);
    // Once before the clock: the file is in the page cache for both.
    const shell = shellSeconds(file, join(directory, 'shell.sqlite'));
    await rm(join(directory, 'shell.sqlite'), { force: true });
    const { seconds, peakMebibytes, phases, counts } = await importOnce(file);
    if (counts.read !== messages) throw new Error(`${counts.read} of ${messages} messages were read`);
    const phase = (name: string) => (phases[name] ?? 0).toFixed(1);
    return `| ${[
      messages.toLocaleString('en-US'),
      `${Math.round(bytes / 2 ** 20)} MiB`,
      `${seconds.toFixed(1)} s`,
      `${phase('reading')} / ${phase('indexing')}`,
      Math.round(messages / seconds).toLocaleString('en-US'),
      shell === null ? 'no sqlite3 here' : `${shell.toFixed(1)} s`,
      shell === null ? '–' : (seconds / shell).toFixed(2),
      `${peakMebibytes} MiB`,
    ].join(' | ')} |`;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const sizes = process.argv.slice(2).map(Number);
console.log(
  '| messages | file | import | reading / indexing, s | messages a second | sqlite3 shell | ratio | peak memory |',
);
console.log('|---|---|---|---|---|---|---|---|');
for (const size of sizes.length > 0 ? sizes : [1_000_000]) console.log(await measure(size));
