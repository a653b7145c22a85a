/** The rows with one of them changed. */
export function replaced<Row extends object>(
  rows: readonly Row[],
  index: number,
  change: Partial<Row>,
): Row[] {
  return rows.map((row, each) => (each === index ? { ...row, ...change } : row));
}
