import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { passSignals } from '../node-version.mjs';
import { ensureBuilt } from './build.ts';
import { fetchElectron, findElectron, hasDisplay } from './electron-binary.ts';
import { TestReport, summarize } from './test-summary.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the suite runs with, or why it can't: then its tests count as skipped. */
type Stage =
  | { readonly program: string; readonly launcher: readonly string[]; readonly reason: null }
  | { readonly program: null; readonly launcher: readonly []; readonly reason: string };

async function findStage(fetch: boolean): Promise<Stage> {
  const program = findElectron() ?? (fetch ? await fetchElectron() : null);
  if (program === null) {
    const reason = fetch
      ? "Electron's binary could not be downloaded."
      : "Electron's binary is not installed; `npm run test:electron -- --fetch` tries to download it.";
    return { program: null, launcher: [], reason };
  }
  if (hasDisplay()) return { program, launcher: [], reason: null };
  const virtual = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'xvfb-run'))
    .find((file) => existsSync(file));
  if (virtual !== undefined) return { program, launcher: [virtual, '-a'], reason: null };
  return { program: null, launcher: [], reason: 'there is no display, and no xvfb-run to make one.' };
}

function runVitest(stage: Stage, report: string): Promise<number> {
  const [command = process.execPath, ...before] = [...stage.launcher, process.execPath];
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const config = join('test', 'electron', 'vitest.config.ts');
  const options = [
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const environment = { ...process.env, ...(stage.program && { COUNTERSIGN_ELECTRON: stage.program }) };
  if (stage.program === null) delete environment['COUNTERSIGN_ELECTRON'];
  const child = spawn(command, [...before, vitest, 'run', ...options], {
    cwd: root,
    stdio: stage.program === null ? 'ignore' : 'inherit',
    env: environment,
  });
  passSignals(child);
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs the suite, prints its sum, sets the exit code. Throws when it can't build. */
export async function testElectron(): Promise<void> {
  const stage = await findStage(process.argv.includes('--fetch'));
  if (stage.program !== null) await ensureBuilt();
  const folder = await mkdtemp(join(tmpdir(), 'countersign-electron-tests-'));
  try {
    const file = join(folder, 'report.json');
    const code = await runVitest(stage, file);
    const report = TestReport.nullable().parse(JSON.parse(await readFile(file, 'utf8').catch(() => 'null')));
    if (stage.program === null && code === 0 && report !== null) {
      process.stdout.write(`Electron tests are skipped: ${stage.reason}\n`);
      process.stdout.write(`0 passed, 0 failed, ${report.numPendingTests} skipped\n`);
      return;
    }
    const summary = summarize(code, report);
    for (const line of [...summary.notes, summary.line]) process.stdout.write(`${line}\n`);
    process.exitCode = summary.exitCode;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
