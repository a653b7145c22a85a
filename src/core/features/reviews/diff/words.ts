import { type Budget, type Pair, align, alignExactly, intern } from './align.ts';
import type { Span } from './contract.ts';
import { likenesses, pairInOrder } from './similar.ts';

// The fine level: what changed inside a pair of paragraphs. Words as Unicode's dictionary parts them; where the pair is long
// and has too many changes for that, sentence by sentence first.

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
/** A sentence ends after its mark and the quotation marks, brackets and spaces behind it. */
const sentence = /[^。！？!?；;\n]*(?:[。！？!?；;\n]+["'”’」』）)】\s]*|$)/gu;

/** What belongs to the character before it: accents, joiners, the second half of a surrogate pair. */
const joins = /^[\p{M}\u200d\udc00-\udfff]/u;

/** Sentences at least so alike are taken for one that was changed. */
const alike = 0.4;

/** Words, spaces and marks, one after another: joined they are the text. */
function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function sentencesOf(text: string): string[] {
  return (text.match(sentence) ?? []).filter((part) => part !== '');
}

interface Stretch {
  readonly kind: Span['kind'];
  readonly old: string;
  readonly new: string;
}

/** What changed from one text to the other, as spans whose offsets begin at those given. */
export function compareInside(
  oldText: string,
  newText: string,
  oldStart: number,
  newStart: number,
  budget: Budget,
): Span[] {
  const stretches = joined(tidied(stretchesOf(oldText, newText, budget)));
  const spans: Span[] = [];
  let [atOld, atNew] = [oldStart, newStart];
  for (const stretch of stretches) {
    const span = {
      kind: stretch.kind,
      oldStart: atOld,
      oldEnd: atOld + stretch.old.length,
      newStart: atNew,
      newEnd: atNew + stretch.new.length,
    };
    spans.push(span);
    [atOld, atNew] = [span.oldEnd, span.newEnd];
  }
  return spans;
}

function stretchesOf(oldText: string, newText: string, budget: Budget): Stretch[] {
  const [oldWords, newWords] = [wordsOf(oldText), wordsOf(newText)];
  const [left, right] = intern(oldWords, newWords);
  const exact = alignExactly(left, right, budget);
  if (exact !== null) return byWords(oldWords, newWords, exact);

  const [oldSentences, newSentences] = [sentencesOf(oldText), sentencesOf(newText)];
  if (oldSentences.length < 2 && newSentences.length < 2)
    return byWords(oldWords, newWords, align(left, right, budget));
  return bySentences(oldSentences, newSentences, budget);
}

function byWords(
  oldWords: readonly string[],
  newWords: readonly string[],
  pairs: readonly Pair[],
): Stretch[] {
  const stretches: Stretch[] = [];
  forGaps(pairs, oldWords.length, newWords.length, (oldFrom, oldTo, newFrom, newTo, same) => {
    stretches.push(...replacement(oldWords.slice(oldFrom, oldTo), newWords.slice(newFrom, newTo)));
    if (same) stretches.push(unchanged(oldWords[oldTo] ?? ''));
  });
  return stretches;
}

function bySentences(olds: readonly string[], news: readonly string[], budget: Budget): Stretch[] {
  const stretches: Stretch[] = [];
  const [left, right] = intern(olds, news);
  forGaps(align(left, right, budget), olds.length, news.length, (oldFrom, oldTo, newFrom, newTo, same) => {
    const [gapOld, gapNew] = [olds.slice(oldFrom, oldTo), news.slice(newFrom, newTo)];
    const changed = pairInOrder(likenesses(gapOld, gapNew, alike), gapNew.length);
    forGaps(changed, gapOld.length, gapNew.length, (fromOld, toOld, fromNew, toNew, isPair) => {
      stretches.push(
        ...replacement([gapOld.slice(fromOld, toOld).join('')], [gapNew.slice(fromNew, toNew).join('')]),
      );
      if (!isPair) return;
      const [oldWords, newWords] = [wordsOf(gapOld[toOld] ?? ''), wordsOf(gapNew[toNew] ?? '')];
      const [oldIds, newIds] = intern(oldWords, newWords);
      stretches.push(...byWords(oldWords, newWords, align(oldIds, newIds, budget)));
    });
    if (same) stretches.push(unchanged(olds[oldTo] ?? ''));
  });
  return stretches;
}

/** Calls back for each gap between pairs, and whether a pair follows it at the gap's ends. */
export function forGaps(
  pairs: readonly Pair[],
  oldLength: number,
  newLength: number,
  visit: (oldFrom: number, oldTo: number, newFrom: number, newTo: number, pairFollows: boolean) => void,
): void {
  let [atOld, atNew] = [0, 0];
  for (const [old, other] of pairs) {
    visit(atOld, old, atNew, other, true);
    [atOld, atNew] = [old + 1, other + 1];
  }
  visit(atOld, oldLength, atNew, newLength, false);
}

const unchanged = (text: string): Stretch => ({ kind: 'same', old: text, new: text });
const removed = (text: string): Stretch => ({ kind: 'removed', old: text, new: '' });
const added = (text: string): Stretch => ({ kind: 'added', old: '', new: text });

/**
 * Words that were replaced by others. The same characters may be parted into other words for what stands beside them
 * (研究|生命, 研究生|命): what both begin and end with is kept where that is a word's end on either side.
 */
function replacement(oldWords: readonly string[], newWords: readonly string[]): Stretch[] {
  const [oldText, newText] = [oldWords.join(''), newWords.join('')];
  if (oldText === newText) return oldText === '' ? [] : [unchanged(oldText)];
  if (oldText === '') return [added(newText)];
  if (newText === '') return [removed(oldText)];
  const shorter = Math.min(oldText.length, newText.length);
  let head = 0;
  while (head < shorter && oldText[head] === newText[head]) head += 1;
  const isCut = (at: number) => !joins.test(oldText.slice(at)) && !joins.test(newText.slice(at));
  head = lastEnd([...endsOf(oldWords), ...endsOf(newWords)], head, isCut);
  let tail = 0;
  while (tail < shorter - head && oldText.at(-1 - tail) === newText.at(-1 - tail)) tail += 1;
  const isTailCut = (at: number) => !joins.test(oldText.slice(oldText.length - at));
  tail = lastEnd([...endsOf(oldWords.toReversed()), ...endsOf(newWords.toReversed())], tail, isTailCut);
  return [
    unchanged(oldText.slice(0, head)),
    removed(oldText.slice(head, oldText.length - tail)),
    added(newText.slice(head, newText.length - tail)),
    unchanged(oldText.slice(oldText.length - tail)),
  ].filter((stretch) => stretch.old !== '' || stretch.new !== '');
}

function endsOf(words: readonly string[]): number[] {
  let end = 0;
  return words.map((word) => (end += word.length));
}

/** The greatest of the words' ends that isn't beyond `most`, and where both texts may be parted. */
function lastEnd(ends: readonly number[], most: number, isCut: (at: number) => boolean): number {
  return ends.reduce((last, end) => (end > last && end <= most && isCut(end) ? end : last), 0);
}

/**
 * Drops crumbs: a short stretch that happens to be the same between two larger changes (a 的, a comma) only makes them
 * harder to read. It counts as replaced when it is at most half of the smaller of the changes beside it.
 */
function tidied(stretches: readonly Stretch[]): Stretch[] {
  interface Change {
    old: string;
    new: string;
    /** The unchanged text before it. */
    readonly before: string;
  }
  const changes: Change[] = [];
  let same = '';
  let open = false;
  for (const stretch of stretches) {
    if (stretch.kind === 'same') {
      same = open ? stretch.old : same + stretch.old;
      open = false;
      continue;
    }
    const last = changes.at(-1);
    if (open && last !== undefined) {
      last.old += stretch.old;
      last.new += stretch.new;
    } else {
      changes.push({ old: stretch.old, new: stretch.new, before: same });
      same = '';
    }
    open = true;
  }
  const size = (change: Change) => Math.max(change.old.length, change.new.length);
  const kept: Change[] = [];
  for (const change of changes) {
    const last = kept.at(-1);
    if (last !== undefined && change.before.length * 2 <= Math.min(size(last), size(change))) {
      last.old += change.before + change.old;
      last.new += change.before + change.new;
    } else kept.push({ ...change });
  }
  return [
    ...kept.flatMap((change) => [unchanged(change.before), removed(change.old), added(change.new)]),
    unchanged(same),
  ];
}

/** Joins neighbours of one kind and drops what is empty. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of stretches) {
    if (stretch.old === '' && stretch.new === '') continue;
    const last = result.at(-1);
    if (last?.kind === stretch.kind)
      result[result.length - 1] = { ...last, old: last.old + stretch.old, new: last.new + stretch.new };
    else result.push(stretch);
  }
  return result;
}
