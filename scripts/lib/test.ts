import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { passSignals } from '../node-version.mjs';
import { ensureBuilt } from './build.ts';
import { TestReport, summarize } from './test-summary.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const passed = process.argv.slice(2);

function runVitest(report: string, built: boolean): Promise<number> {
  const program = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn(process.execPath, [program, 'run', ...reporters, ...passed], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...(built ? { COUNTERSIGN_BUILT_WORKERS: '1' } : {}) },
  });
  passSignals(child);
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

async function browserNotice(): Promise<string | null> {
  const { browserForTests } = await import('../../test/support/browser.ts');
  const browser = browserForTests();
  return browser.executable === null ? `Browser tests are skipped: ${browser.reason}` : null;
}

/** Runs the tests that the command line names, prints their sum, sets the exit code. Throws when it can't build. */
export async function runTests(): Promise<void> {
  // Unit tests need no build, and a person who asks for them alone wants them at once.
  const unitOnly = passed.some((word) => word === 'unit' || word === '--project=unit');
  if (!unitOnly) await ensureBuilt();
  const notice = unitOnly ? null : await browserNotice();
  const folder = await mkdtemp(join(tmpdir(), 'countersign-tests-'));
  try {
    const report = join(folder, 'report.json');
    const code = await runVitest(report, !unitOnly);
    const summary = summarize(
      code,
      TestReport.nullable().parse(JSON.parse(await readFile(report, 'utf8').catch(() => 'null'))),
    );
    for (const line of [...summary.notes, ...(notice === null ? [] : [notice])])
      process.stdout.write(`${line}\n`);
    process.stdout.write(`${summary.line}\n`);
    process.exitCode = summary.exitCode;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
