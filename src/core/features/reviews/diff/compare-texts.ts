import { type Budget, createBudget } from './align.ts';
import type { DiffRow, TextDiff } from './contract.ts';
import { type ChangeKind, greaterChange } from './model.ts';
import { kindOfTextChange } from './normalise.ts';
import { type Unit, compareUnits } from './units.ts';

/**
 * What changed between two plain texts, paragraph by paragraph (a line break ends one), by words inside those that changed.
 * Never throws and, with the default budget, is done in about two seconds whatever the texts are (`coarse` says when that
 * took its toll). Call it in a worker: `createDiffPool`.
 */
export function compareTexts(oldText: string, newText: string, budget: Budget = createBudget()): TextDiff {
  return textDiff(
    compareUnits(paragraphsOf(oldText), paragraphsOf(newText), budget),
    kindOfTextChange(oldText, newText),
    budget,
  );
}

/** The diff of rows, given how the texts as wholes differ: going by rows alone, a paragraph that was parted would be news. */
export function textDiff(rows: DiffRow[], change: ChangeKind, budget: Budget): TextDiff {
  let [removed, added] = [0, 0];
  for (const row of rows) {
    // Both rows of a move have its spans: they count once.
    if (row.kind === 'moved-from') continue;
    for (const span of row.spans) {
      if (span.kind === 'removed') removed += span.oldEnd - span.oldStart;
      if (span.kind === 'added') added += span.newEnd - span.newStart;
    }
  }
  const formatting = rows.some((row) => row.formatting.length > 0) ? 'formatting-only' : 'identical';
  return { rows, change: greaterChange(change, formatting), removed, added, coarse: budget.coarse };
}

function paragraphsOf(text: string): Unit[] {
  // No text is no paragraph, so that an empty field that was filled is one addition.
  if (text === '') return [];
  let start = 0;
  return text.split('\n').map((paragraph, index) => {
    const place = { index, start, end: start + paragraph.length };
    start = place.end + 1;
    return { place, text: paragraph, key: paragraph, isImage: false };
  });
}
