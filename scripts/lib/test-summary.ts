import { z } from 'zod';

/** What is used of vitest's JSON report. */
export const TestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string().default(''),
          /** Of a test that passed: why its first try didn't. */
          failureMessages: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
});
export type TestReport = z.output<typeof TestReport>;

export interface TestSummary {
  /** The line that continuous integration reads. */
  readonly line: string;
  readonly exitCode: 0 | 1;
  /** What to print above it. */
  readonly notes: readonly string[];
}

/** The tests that passed at a second try: they count as passed, and are named so that nobody overlooks them. */
function retriedTests(report: TestReport): readonly string[] {
  return report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === 'passed' && test.failureMessages.length > 0)
      .map((test) => {
        const why = test.failureMessages[0]?.split('\n')[0] ?? '';
        return `Passed only when tried again: ${test.fullName} (${file.name}): ${why}`;
      }),
  );
}

/**
 * Sums a run up in one line. A run that failed never says `0 failed`: a file that could not be loaded counts as one, and
 * so does an error outside of any test. `report` is null where vitest left none.
 */
export function summarize(vitestExitCode: number, report: TestReport | null): TestSummary {
  if (report === null) {
    return {
      line: '0 passed, 1 failed',
      exitCode: 1,
      notes: ['vitest left no report: it did not run to its end.'],
    };
  }
  const notes: string[] = [];
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  for (const file of unloaded) notes.push(`Failed outside of its tests: ${file.name}`);
  notes.push(...retriedTests(report));
  const skipped = report.numPendingTests + report.numTodoTests;
  const ran = report.numPassedTests + report.numFailedTests;
  let failed = report.numFailedTests + unloaded.length;
  if (vitestExitCode !== 0 && failed === 0) {
    failed = 1;
    notes.push('An error happened outside of the tests; vitest names it above.');
  }
  if (ran === 0 && failed === 0) {
    failed = 1;
    notes.push('No test ran.');
  }
  const line = `${report.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return { line, exitCode: failed > 0 ? 1 : 0, notes };
}
