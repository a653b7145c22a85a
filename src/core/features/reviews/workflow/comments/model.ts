import type { Block, MaterialContent, Run } from '../../material/contract.ts';
import { type ContentText, textsOf } from '../../material/model.ts';
import type { Anchor, Place, TextAnchor } from './contract.ts';

/** UTF-16 units of surroundings that a quote keeps, on either side. */
export const contextLength = 32;
/** Of an edited quote, the least share of pairs of characters that must be its own for its place to be found. */
const leastLikeness = 0.5;
/** How many places of the same quote are compared by their surroundings. */
const mostCandidates = 200;

/** The anchor for a stretch of a part's text. */
export function anchorAt(part: string, text: string, start: number, end: number): TextAnchor {
  return {
    kind: 'text',
    part,
    quote: {
      exact: text.slice(start, end),
      prefix: text.slice(Math.max(0, start - contextLength), start),
      suffix: text.slice(end, end + contextLength),
    },
    position: { start, end },
  };
}

/** Where an anchor is in a content: in its own part, else wherever its quote stands exactly once. */
export function placeOf(anchor: Anchor, content: MaterialContent): Place {
  return finderIn(content)(anchor);
}

/** `placeOf` for many anchors: the texts of a long content are put together once. */
export function finderIn(content: MaterialContent): (anchor: Anchor) => Place {
  const texts = textsOf(content);
  return (anchor) => place(anchor, content, texts);
}

function place(anchor: Anchor, content: MaterialContent, texts: readonly ContentText[]): Place {
  switch (anchor.kind) {
    case 'whole':
      return { found: 'exact', part: '', start: 0, end: 0 };
    case 'region': {
      const there = picturesOf(content).find(({ blobId }) => blobId === anchor.blobId);
      return {
        found: there === undefined ? 'orphaned' : there.part === anchor.part ? 'exact' : 'quote',
        part: there?.part ?? anchor.part,
        start: 0,
        end: 0,
      };
    }
    case 'text':
      return placeOfText(anchor, texts);
  }
}

function placeOfText(anchor: TextAnchor, texts: readonly ContentText[]): Place {
  const own = texts.find(({ part }) => part === anchor.part);
  const found = own === undefined ? null : findQuote(anchor, own.text);
  if (found !== null) return { ...found, part: anchor.part };
  // A list's entry moved, a paragraph went to a variant: the quote itself tells.
  if (anchor.quote.exact.length >= 4) {
    const elsewhere = texts.flatMap(({ part, text }) => {
      const start = text.indexOf(anchor.quote.exact);
      return start < 0 || text.includes(anchor.quote.exact, start + 1) ? [] : [{ part, start }];
    });
    const [only] = elsewhere;
    if (only !== undefined && elsewhere.length === 1)
      return { found: 'quote', ...only, end: only.start + anchor.quote.exact.length };
  }
  return { found: 'orphaned', part: anchor.part, start: 0, end: 0 };
}

/**
 * Where a quote stands in a text that may have changed: at its old place with its old words; else the same words whose
 * surroundings are most alike, of equals the nearest; else what now stands between its surroundings, where that still is much like it. Null: it is gone.
 */
export function findQuote(
  { quote, position }: Pick<TextAnchor, 'quote' | 'position'>,
  text: string,
): Pick<Place, 'found' | 'start' | 'end'> | null {
  const { exact } = quote;
  const { start, end } = position;
  if (
    text.slice(start, end) === exact &&
    text.slice(0, start).endsWith(quote.prefix) &&
    text.startsWith(quote.suffix, end)
  )
    return { found: 'exact', start, end };
  if (exact !== '') {
    const best = bestOccurrence(quote, text, start);
    if (best !== null)
      return {
        found: text.slice(start, end) === exact && best === start ? 'exact' : 'quote',
        start: best,
        end: best + exact.length,
      };
  }
  return betweenSurroundings(quote, text, start);
}

function bestOccurrence(quote: TextAnchor['quote'], text: string, near: number): number | null {
  let best: { readonly at: number; readonly score: number } | null = null;
  let at = text.indexOf(quote.exact);
  for (let count = 0; at >= 0 && count < mostCandidates; count += 1) {
    const score =
      commonEnd(text.slice(Math.max(0, at - quote.prefix.length), at), quote.prefix) +
      commonStart(
        text.slice(at + quote.exact.length, at + quote.exact.length + quote.suffix.length),
        quote.suffix,
      );
    if (
      best === null ||
      score > best.score ||
      (score === best.score && Math.abs(at - near) < Math.abs(best.at - near))
    )
      best = { at, score };
    at = text.indexOf(quote.exact, at + 1);
  }
  // A single character stands everywhere: without its surroundings it says nothing.
  if (best === null || (quote.exact.length < 2 && best.score < 4)) return null;
  return best.at;
}

function betweenSurroundings(
  quote: TextAnchor['quote'],
  text: string,
  near: number,
): Pick<Place, 'found' | 'start' | 'end'> | null {
  const before = quote.prefix.slice(-8);
  const after = quote.suffix.slice(0, 8);
  // Of two equal surroundings the one nearest to where the quote was.
  const begin = before === '' ? 0 : nearest(text, before, near - before.length);
  if (begin === null) return null;
  const start = before === '' ? 0 : begin + before.length;
  const limit = start + quote.exact.length * 2 + 32;
  const stop = after === '' ? text.length : text.indexOf(after, start);
  if (stop < 0 || stop > limit || stop <= start) return null;
  const now = text.slice(start, stop);
  return likeness(now, quote.exact) >= leastLikeness ? { found: 'fuzzy', start, end: stop } : null;
}

function nearest(text: string, part: string, near: number): number | null {
  const before = text.lastIndexOf(part, Math.max(0, near));
  const after = text.indexOf(part, Math.max(0, near));
  if (before < 0) return after < 0 ? null : after;
  if (after < 0) return before;
  return near - before <= after - near ? before : after;
}

/** Dice's coefficient over pairs of characters, 0 to 1; of single characters where there is no pair. */
function likeness(a: string, b: string): number {
  const [pairsA, pairsB] = [pairs(a), pairs(b)];
  if (pairsA.length + pairsB.length === 0) return a === b ? 1 : 0;
  const left = new Map<string, number>();
  for (const pair of pairsA) left.set(pair, (left.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of pairsB) {
    const count = left.get(pair) ?? 0;
    if (count === 0) continue;
    left.set(pair, count - 1);
    shared += 1;
  }
  return (2 * shared) / (pairsA.length + pairsB.length);
}

function pairs(text: string): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2));
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

function commonEnd(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return length;
}

function picturesOf(content: MaterialContent): readonly { readonly part: string; readonly blobId: string }[] {
  return [
    ...content.attachments.map(({ blobId }, index) => ({ part: `attachments.${index}`, blobId })),
    ...content.body.flatMap((block, index) =>
      block.kind === 'image' ? [{ part: `body.${index}`, blobId: block.blobId }] : [],
    ),
  ];
}

/**
 * The content with one stretch of a title's or body's text replaced; null where that part can't be replaced so: it is none of these,
 * or the stretch goes over the end of a block or into a picture. The new text looks like what stood at its beginning.
 */
export function replaceText(
  content: MaterialContent,
  place: Pick<Place, 'part' | 'start' | 'end'>,
  replacement: string,
): MaterialContent | null {
  const { part, start, end } = place;
  const splice = (text: string) => text.slice(0, start) + replacement + text.slice(end);
  if (part === 'title') return { ...content, title: splice(content.title) };
  if (part === 'body') {
    const body = replaceInBody(content.body, start, end, replacement);
    return body === null ? null : { ...content, body };
  }
  const variant = /^variants\.(\d+)\.(title|body)$/.exec(part);
  if (variant === null) return null;
  const index = Number(variant[1]);
  const before = content.variants[index];
  if (before === undefined) return null;
  const body = variant[2] === 'body' ? replaceInBody(before.body, start, end, replacement) : before.body;
  if (body === null) return null;
  const after = { ...before, title: variant[2] === 'title' ? splice(before.title) : before.title, body };
  return { ...content, variants: content.variants.with(index, after) };
}

function replaceInBody(
  body: readonly Block[],
  start: number,
  end: number,
  replacement: string,
): Block[] | null {
  let offset = 0;
  for (const [index, block] of body.entries()) {
    const length =
      block.kind === 'image' ? block.alt.length : block.runs.reduce((sum, { text }) => sum + text.length, 0);
    if (start <= offset + length) {
      if (block.kind === 'image' || end > offset + length || start < offset) return null;
      return body.with(index, {
        ...block,
        runs: replaceInRuns(block.runs, start - offset, end - offset, replacement),
      });
    }
    offset += length + 1;
  }
  return null;
}

function replaceInRuns(runs: readonly Run[], start: number, end: number, replacement: string): Run[] {
  const result: Run[] = [];
  let offset = 0;
  let written = false;
  for (const run of runs) {
    const [from, to] = [offset, offset + run.text.length];
    offset = to;
    const head = run.text.slice(0, Math.max(0, start - from));
    const tail = run.text.slice(Math.max(0, end - from));
    const isHere = !written && start < to;
    if (isHere) written = true;
    result.push({
      ...run,
      text:
        to <= start
          ? run.text
          : from >= end
            ? (isHere ? replacement : '') + run.text
            : head + (isHere ? replacement : '') + tail,
    });
  }
  if (!written) {
    const last = result.at(-1);
    if (last === undefined) return [{ text: replacement, marks: [], href: '' }];
    result[result.length - 1] = { ...last, text: last.text + replacement };
  }
  return result.filter(({ text }) => text !== '');
}
