import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { createLexicon } from '../engine/chat.ts';
import { generateArchive } from '../import/generate.ts';

// `countersign scan` from start to end against one thread that calls JSON.parse on every line and does nothing else, each
// in a process of its own, one after the other. Arguments: how many messages, one file for each; 1,000,000 unless said.

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const terms = 20_000;
/** A pair of words of the generated chat that stands in some 0.5 % of its messages. */
const common = '风险测评';
const mostMemory = 300;

const root = fileURLToPath(new URL('../../..', import.meta.url));
const builds = [
  { name: 'from sources', entry: join(root, 'src/cli/index.ts') },
  { name: 'from a build', entry: join(root, 'out/main/cli.js') },
]
  // A build from before there was this thread is no build of this program.
  .filter(({ name }) => name === 'from sources' || existsSync(join(root, 'out/main/archive-scan-worker.js')));

interface Measured {
  readonly seconds: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, ...arguments_: readonly string[]): Measured {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL(program, import.meta.url)), ...arguments_],
    { encoding: 'utf8', maxBuffer: 2 ** 30 },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return { seconds, stdout, stderr };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const sizes = process.argv.slice(2).map(Number);
const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-scan-'));
let isMet = true;
try {
  const lexicon = join(folder, 'terms.txt');
  // Rare characters only: a lexicon of which most chat holds nothing.
  const rare = Array.from({ length: 3_000 }, (_, index) => String.fromCharCode(0x5e00 + index)).join('');
  await writeFile(lexicon, `${common}\n${createLexicon(7, terms - 1, rare).join('\n')}\n`);
  process.stdout.write(
    `| messages | file | JSON.parse | countersign scan | ratio | peak memory | messages with a hit |\n|---|---|---|---|---|---|---|\n`,
  );
  for (const messages of sizes.length === 0 ? [1_000_000] : sizes) {
    const archive = join(folder, `${messages}.jsonl`);
    const { bytes } = await generateArchive(archive, messages);
    for (const { name, entry } of builds) {
      const runs = Array.from({ length: rounds }, () => {
        const peer = run('json-parse-child.ts', archive);
        const own = run('scan-child.ts', pathToFileURL(entry).href, 'scan', '--lexicon', lexicon, archive);
        const ids = new Set(own.stdout.split('\n').map((line) => /"line":(\d+)/.exec(line)?.[1]));
        return {
          peer: peer.seconds,
          own: own.seconds,
          ratio: own.seconds / peer.seconds,
          memory: Number(own.stderr.trim().split('\n').at(-1)),
          hits: ids.size - 1,
        };
      });
      const ratio = median(runs.map((each) => each.ratio));
      const memory = Math.max(...runs.map((each) => each.memory));
      if (ratio > 1 || memory > mostMemory) isMet = false;
      const seconds = (pick: 'peer' | 'own') => `${median(runs.map((each) => each[pick])).toFixed(1)} s`;
      process.stdout.write(
        `| ${messages.toLocaleString('en')} | ${Math.round(bytes / 2 ** 20)} MiB | ${seconds('peer')} | ${seconds('own')}, ${name} | ` +
          `${ratio.toFixed(2)} | ${memory} MiB | ${(((runs[0]?.hits ?? 0) / messages) * 100).toFixed(2)} % |\n`,
      );
    }
    await rm(archive);
  }
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
  process.stdout.write(
    `\n${terms} terms, standard folds, ${availableParallelism()} cores, load ${load}.\n\nTarget: ratio at most 1, at most ${mostMemory} MiB: ${isMet ? 'met' : 'missed'}.\n`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
if (!isMet) process.exitCode = 1;
