import type { MaterialContent, Variant } from '../material/contract.ts';
import { textOfBody } from '../material/model.ts';
import { type Budget, createBudget } from './align.ts';
import { changeKindOfBodies } from './change-kind.ts';
import { compareBodies } from './compare-bodies.ts';
import type { TextDiff, VariantDrift } from './contract.ts';
import { greaterChange } from './model.ts';
import { kindOfTextChange, normaliseForComparison } from './normalise.ts';

/**
 * How far a channel's variant has gone from the master's body. What stands elsewhere in the variant is kept; what differs in
 * white space, width or looks alone is no drift. `index` is the variant's place in its content.
 */
export function driftOf(
  master: Pick<MaterialContent, 'title' | 'body'>,
  variant: Variant,
  index = 0,
  budget: Budget = createBudget(),
): VariantDrift {
  const [masterText, variantText] = [textOfBody(master.body), textOfBody(variant.body)];
  const diff = compareBodies(master.body, variant.body, budget);
  const missing = rangesOf(diff, 'removed', masterText);
  const added = rangesOf(diff, 'added', variantText);
  const whole = lengthOf(masterText);
  const lost = missing.reduce((sum, { start, end }) => sum + lengthOf(masterText.slice(start, end)), 0);
  // A variant without a title of its own goes without one, as a message does.
  const titleChange = variant.title === '' ? 'identical' : kindOfTextChange(master.title, variant.title);
  return {
    channel: variant.channel,
    index,
    kept: whole === 0 ? 1 : Math.max(0, (whole - lost) / whole),
    change: greaterChange(titleChange, changeKindOfBodies(master.body, variant.body)),
    titleChanged: titleChange === 'text',
    missing,
    added,
    coarse: diff.coarse,
  };
}

/** The drift of each variant of a content, in the content's order. */
export function driftsOf(content: MaterialContent): VariantDrift[] {
  const budget = createBudget();
  return content.variants.map((variant, index) => driftOf(content, variant, index, budget));
}

const lengthOf = (text: string) => normaliseForComparison(text).replaceAll(/\s/gu, '').length;

/** Stretches that stand on one side only, in the order of their text; neighbours joined, trifles left out. */
function rangesOf(diff: TextDiff, kind: 'removed' | 'added', text: string): { start: number; end: number }[] {
  const spans = diff.rows
    .filter(
      (row) =>
        row.kind !== 'moved-from' && row.change !== 'whitespace-only' && row.change !== 'punctuation-width',
    )
    .flatMap((row) => row.spans.filter((span) => span.kind === kind))
    .map((span) =>
      kind === 'removed'
        ? { start: span.oldStart, end: span.oldEnd }
        : { start: span.newStart, end: span.newEnd },
    )
    .toSorted((a, b) => a.start - b.start);
  const ranges: { start: number; end: number }[] = [];
  for (const { start, end } of spans) {
    const last = ranges.at(-1);
    if (last !== undefined && text.slice(last.end, start).trim() === '') last.end = end;
    else ranges.push({ start, end });
  }
  return ranges.filter(({ start, end }) => lengthOf(text.slice(start, end)) > 0);
}
