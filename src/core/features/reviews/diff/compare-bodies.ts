import type { Block, Run } from '../material/contract.ts';
import { marks as everyMark, textOfBlock } from '../material/model.ts';
import { type Budget, createBudget } from './align.ts';
import { changeKindOfBodies } from './change-kind.ts';
import { textDiff } from './compare-texts.ts';
import type { DiffRow, FormatChange, TextDiff } from './contract.ts';
import { greaterChange } from './model.ts';
import { type Unit, compareUnits } from './units.ts';

type TextBlock = Exclude<Block, { kind: 'image' }>;

/** What changed between two bodies: as `compareTexts`, by blocks, with changes of form, links and pictures. */
export function compareBodies(
  olds: readonly Block[],
  news: readonly Block[],
  budget: Budget = createBudget(),
): TextDiff {
  const rows = compareUnits(unitsOf(olds), unitsOf(news), budget);
  const origins = new Map(
    rows.flatMap((row) => (row.kind === 'moved-from' ? [[row.move, row.old?.index]] : [])),
  );
  const formed = rows.map((row): DiffRow => {
    const oldIndex = row.kind === 'moved-to' ? origins.get(row.move) : row.old?.index;
    const [old, other] = [olds[oldIndex ?? -1], news[row.new?.index ?? -1]];
    if (old === undefined || other === undefined) return row;
    const formatting = formatChanges(old, other, row);
    if (formatting.length === 0) return row;
    const change = greaterChange(row.change, formatting.some(isSubstance) ? 'text' : 'formatting-only');
    return { ...row, kind: row.kind === 'same' ? 'changed' : row.kind, change, formatting };
  });
  return textDiff(formed, changeKindOfBodies(olds, news), budget);
}

function unitsOf(body: readonly Block[]): Unit[] {
  let start = 0;
  return body.map((block, index) => {
    const text = textOfBlock(block);
    const place = { index, start, end: start + text.length };
    start = place.end + 1;
    const isImage = block.kind === 'image';
    return { place, text, key: isImage ? `image ${block.blobId} ${text}` : `text ${text}`, isImage };
  });
}

/** Other bytes, another target, and what is struck through or no longer is, say something else. */
function isSubstance(change: FormatChange): boolean {
  switch (change.kind) {
    case 'block':
      return false;
    case 'marks':
      return [...change.added, ...change.removed].includes('strike');
    case 'link':
    case 'image':
      return true;
  }
}

function formatChanges(old: Block, other: Block, row: DiffRow): FormatChange[] {
  if (old.kind === 'image' || other.kind === 'image') {
    return old.kind === 'image' && other.kind === 'image' && old.blobId !== other.blobId
      ? [{ kind: 'image', from: old.blobId, to: other.blobId }]
      : [];
  }
  const changes: FormatChange[] = [];
  if (old.kind !== other.kind || old.level !== other.level)
    changes.push({
      kind: 'block',
      from: { kind: old.kind, level: old.level },
      to: { kind: other.kind, level: other.level },
    });
  return [...changes, ...runChanges(old, other, row)];
}

/** Changes of looks and links of the letters that are the same on both sides. */
function runChanges(old: TextBlock, other: TextBlock, row: DiffRow): FormatChange[] {
  const changes: FormatChange[] = [];
  const newBase = row.new?.start ?? 0;
  const oldBase = row.spans[0]?.oldStart ?? 0;
  for (const span of row.spans) {
    if (span.kind !== 'same') continue;
    let at = 0;
    const length = span.newEnd - span.newStart;
    while (at < length) {
      const from = runAt(old.runs, span.oldStart - oldBase + at);
      const to = runAt(other.runs, span.newStart - newBase + at);
      if (from === null || to === null) break;
      const step = Math.min(from.left, to.left, length - at);
      const range = { start: span.newStart + at, end: span.newStart + at + step };
      for (const change of between(from.run, to.run, range)) addChange(changes, change);
      at += step;
    }
  }
  return changes;
}

/** The run that holds a place of a block's text, and how much of the run follows from there. */
function runAt(runs: readonly Run[], place: number): { readonly run: Run; readonly left: number } | null {
  let end = 0;
  for (const run of runs) {
    end += run.text.length;
    if (place < end) return { run, left: end - place };
  }
  return null;
}

function between(from: Run, to: Run, range: { start: number; end: number }): FormatChange[] {
  const added = everyMark.filter((mark) => to.marks.includes(mark) && !from.marks.includes(mark));
  const removed = everyMark.filter((mark) => from.marks.includes(mark) && !to.marks.includes(mark));
  return [
    ...(added.length + removed.length > 0 ? [{ kind: 'marks' as const, ...range, added, removed }] : []),
    ...(from.href === to.href ? [] : [{ kind: 'link' as const, ...range, from: from.href, to: to.href }]),
  ];
}

/** Adds a change, or lets the last one of the same sort go on. */
function addChange(changes: FormatChange[], change: FormatChange): void {
  const at = changes.findLastIndex(
    (last) =>
      (last.kind === 'marks' &&
        change.kind === 'marks' &&
        last.end === change.start &&
        last.added.join() === change.added.join() &&
        last.removed.join() === change.removed.join()) ||
      (last.kind === 'link' &&
        change.kind === 'link' &&
        last.end === change.start &&
        last.from === change.from &&
        last.to === change.to),
  );
  const last = changes[at];
  if (last === undefined || !('end' in last) || !('end' in change)) changes.push(change);
  else changes[at] = { ...last, end: change.end };
}
