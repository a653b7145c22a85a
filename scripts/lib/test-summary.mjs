/**
 * Sums vitest's JSON report up in one line. A run that failed never says `0 failed`: a file that could not be loaded
 * counts as one, and so does an error outside of any test.
 * @param {number} exitCode vitest's
 * @param {null | { numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number,
 *   testResults: { name: string, status: string, assertionResults: { status: string }[] }[] }} report
 */
export function summarize(exitCode, report) {
  if (report === null) {
    return {
      line: '0 passed, 1 failed',
      exitCode: 1,
      notes: ['vitest left no report: it did not run to its end.'],
    };
  }
  const notes = [];
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  for (const file of unloaded) notes.push(`Failed outside of its tests: ${file.name}`);
  const skipped = report.numPendingTests + (report.numTodoTests ?? 0);
  const ran = report.numPassedTests + report.numFailedTests;
  let failed = report.numFailedTests + unloaded.length;
  if (exitCode !== 0 && failed === 0) {
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
