import type { DiffRow } from '../../../../core/features/reviews/diff/contract.ts';

/** Unchanged paragraphs that stay in sight before and after a change, to read it by. */
const context = 1;
/** Fewer hidden ones than this are not worth a button. */
const leastHidden = 3;

export type ShownRow =
  | { readonly kind: 'row'; readonly index: number; readonly row: DiffRow }
  /** Unchanged paragraphs that are not shown, from this row up to that. */
  | { readonly kind: 'hidden'; readonly from: number; readonly to: number };

/** A diff's rows with long unchanged stretches folded away, but those that were opened (by their first row). */
export function foldRows(rows: readonly DiffRow[], opened: ReadonlySet<number>): readonly ShownRow[] {
  const shown: ShownRow[] = [];
  const show = (from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      const row = rows[index];
      if (row !== undefined) shown.push({ kind: 'row', index, row });
    }
  };
  let index = 0;
  while (index < rows.length) {
    if (rows[index]?.kind !== 'same') {
      show(index, index + 1);
      index += 1;
      continue;
    }
    let end = index;
    while (rows[end]?.kind === 'same') end += 1;
    const from = index === 0 ? 0 : index + context;
    const to = end === rows.length ? end : end - context;
    if (to - from < leastHidden || opened.has(from)) show(index, end);
    else {
      show(index, from);
      shown.push({ kind: 'hidden', from, to });
      show(to, end);
    }
    index = end;
  }
  return shown;
}
