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
import { comparable, countShared, shinglesOf } from './shingles.ts';

/** A published text, worked out once for all the approved ones it is held against. */
export interface Published {
  readonly text: string;
  /** Of a card: its title and its description, which may stand anywhere in what was approved. */
  readonly pieces: readonly string[] | null;
  readonly comparable: string;
  readonly comparablePieces: readonly string[];
  readonly shingles: ReadonlySet<number>;
}

export interface Judgement {
  readonly verdict: Exclude<Verdict, 'no-approval'>;
  readonly relation: Relation;
  /** Share of the shingles of both that they have in common (Dice), 0 to 1. */
  readonly similarity: number;
}

/** A text as it was published; `pieces`: the fields of a card. */
export function published(text: string, pieces: readonly string[] | null = null): Published {
  const own = comparable(text);
  return {
    text,
    pieces,
    comparable: own,
    comparablePieces: (pieces ?? []).map(comparable),
    shingles: shinglesOf(own),
  };
}

/** What a published text is of one approved text, or null where it does not come from it. */
export function judge(text: Published, approvedText: string): Judgement | null {
  const change = kindOfTextChange(approvedText, text.text);
  if (change === 'identical') return { verdict: 'identical', relation: 'whole', similarity: 1 };
  if (change !== 'text') return { verdict: 'trivially-different', relation: 'whole', similarity: 1 };

  const approved = comparable(approvedText);
  const shingles = shinglesOf(approved);
  const shared = countShared(text.shingles, shingles);
  const similarity = (2 * shared) / (text.shingles.size + shingles.size);

  const excerpt = judgeExcerpt(text, approvedText, approved);
  if (excerpt !== null) return { ...excerpt, relation: 'excerpt', similarity };

  if (approved.length >= shortestWrapped) {
    const place = text.comparable.indexOf(approved);
    if (place >= 0) {
      const around = text.comparable.slice(0, place) + text.comparable.slice(place + approved.length);
      const verdict = isGreeting(around) ? 'trivially-different' : 'altered';
      return { verdict, relation: 'wrapped', similarity };
    }
  }
  const needed = Math.min(fewestShared, text.shingles.size, shingles.size);
  const part = shared / Math.max(1, Math.min(text.shingles.size, shingles.size));
  if (shared < needed || part < alteredFrom) return null;
  return { verdict: 'altered', relation: relationOf(text.shingles.size, shingles.size, shared), similarity };
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
