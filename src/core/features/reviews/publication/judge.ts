import { kindOfTextChange } from '../diff/index.ts';
import {
  type Relation,
  type Verdict,
  alteredFrom,
  countMarketing,
  fewestShared,
  longestGreeting,
  shortestExcerpt,
  shortestWrapped,
} from './model.ts';
import { type Shingles, comparable, countShared, shinglesOf } from './shingles.ts';

/** A text, worked out once for all that it is held against. */
export interface ComparedText {
  readonly text: string;
  readonly comparable: string;
  readonly shingles: Shingles;
}

export interface Published extends ComparedText {
  /** Of a card: its title and its description, which may stand anywhere in what was approved. */
  readonly pieces: readonly string[] | null;
  readonly comparablePieces: readonly string[];
}

export interface Judgement {
  readonly verdict: Exclude<Verdict, 'no-approval'>;
  readonly relation: Relation;
  /** Share of the shingles of both that they have in common (Dice), 0 to 1. */
  readonly similarity: number;
}

export function comparedText(text: string): ComparedText {
  const own = comparable(text);
  return { text, comparable: own, shingles: shinglesOf(own) };
}

/** A text as it was published; `pieces`: the fields of a card. */
export function published(text: string, pieces: readonly string[] | null = null): Published {
  return { ...comparedText(text), pieces, comparablePieces: (pieces ?? []).map(comparable) };
}

/** What a published text is of one approved text, or null where it does not come from it. */
export function judge(text: Published, approvedText: ComparedText): Judgement | null {
  const { comparable: approved, shingles } = approvedText;
  if (text.comparable === approved) {
    const change = kindOfTextChange(approvedText.text, text.text);
    if (change === 'identical') return { verdict: 'identical', relation: 'whole', similarity: 1 };
    // Else capitals became small letters, or the other way round.
    const verdict = change === 'text' ? 'altered' : 'trivially-different';
    return { verdict, relation: 'whole', similarity: 1 };
  }
  const shared = countShared(text.shingles, shingles);
  const similarity = (2 * shared) / (text.shingles.length + shingles.length);

  const excerpt = judgeExcerpt(text, approvedText.text, approved);
  if (excerpt !== null) return { ...excerpt, relation: 'excerpt', similarity };

  if (approved.length >= shortestWrapped) {
    const place = text.comparable.indexOf(approved);
    if (place >= 0) {
      const around = text.comparable.slice(0, place) + text.comparable.slice(place + approved.length);
      const verdict = isGreeting(around) ? 'trivially-different' : 'altered';
      return { verdict, relation: 'wrapped', similarity };
    }
  }
  const needed = Math.min(fewestShared, text.shingles.length, shingles.length);
  const part = shared / Math.max(1, Math.min(text.shingles.length, shingles.length));
  if (shared < needed || part < alteredFrom) return null;
  return {
    verdict: 'altered',
    relation: relationOf(text.shingles.length, shingles.length, shared),
    similarity,
  };
}

/** A card shows an excerpt by its nature; what is typed and leaves something out may have left out the warning. */
function judgeExcerpt(
  text: Published,
  approvedText: string,
  approved: string,
): Pick<Judgement, 'verdict'> | null {
  if (text.comparable.length < shortestExcerpt) return null;
  if (text.pieces === null) return approved.includes(text.comparable) ? { verdict: 'altered' } : null;
  if (!text.comparablePieces.every((piece) => approved.includes(piece))) return null;
  const exact = text.pieces.every((piece) => approvedText.includes(piece));
  return { verdict: exact ? 'identical' : 'trivially-different' };
}

/** Words around an approved text that promise nothing: short, without figures that mean money or a rate, without marketing. */
function isGreeting(around: string): boolean {
  return (
    around.length <= longestGreeting &&
    countMarketing(around) === 0 &&
    !/\d\s*(?:%|‰|元|万|亿|个点|bp)|百分之|保本|保息|刚兑|稳赚|零风险|无风险|承诺|保证|https?:|www\./u.test(
      around,
    )
  );
}

function relationOf(publishedSize: number, approvedSize: number, shared: number): Relation {
  if (shared >= 0.9 * approvedSize && publishedSize > 1.3 * approvedSize) return 'wrapped';
  return shared >= 0.9 * publishedSize && approvedSize > 1.3 * publishedSize ? 'excerpt' : 'whole';
}
