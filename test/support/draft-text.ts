/** A long text that only this revision has, so that half of one or a mixture of two is seen. */
export function draftText(revision: number): string {
  return `修订 ${revision}。`.repeat(4_000);
}
