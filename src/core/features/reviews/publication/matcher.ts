import type {
  PublicationSource,
  StoredApproval,
  StoredText,
} from '../../../platform/database/sqlite/publication-source.ts';
import { type ComparedText, type Judgement, type Published, judge } from './judge.ts';
import {
  type FindingKind,
  type Standing,
  type Verdict,
  findingOf,
  standingAt,
  standings,
  verdicts,
} from './model.ts';
import type { TextIndex } from './text-index.ts';

/** What a published text is of one approved text. */
export interface Judged extends Judgement {
  readonly text: Omit<StoredText, 'text'>;
}

export interface Match extends Judged {
  readonly approval: StoredApproval;
  /** What the approval was worth at that time. */
  readonly standing: Standing;
}

export interface Outcome {
  readonly verdict: Verdict;
  readonly finding: FindingKind | null;
  /** The best one first, one for each version; empty where there is no approval. */
  readonly matches: readonly Match[];
}

/** Candidates that are held against the published text in full: a template's thousand versions share their passages. */
const mostCandidates = 16;

/** All approved texts that a published one comes from, in no order, whatever their approvals are worth. */
export function judgeAll(
  index: TextIndex,
  textOf: (id: number) => { readonly text: Judged['text']; readonly compared: ComparedText },
  text: Published,
): readonly Judged[] {
  const ids = new Set(index.equal(text.comparable));
  // The very text: no other can be nearer.
  if (ids.size === 0 || text.pieces !== null) {
    for (const piece of new Set([text.comparable, ...text.comparablePieces]))
      for (const id of index.candidates(piece, mostCandidates))
        for (const like of index.likes(id)) ids.add(like);
  }
  return [...ids].flatMap((id) => {
    const { text: approved, compared } = textOf(id);
    const judgement = judge(text, compared);
    return judgement === null ? [] : [{ ...judgement, text: approved }];
  });
}

/** The best of what was judged, one for each version, as of the time of publication. */
export function settleOutcome(
  judged: readonly Judged[],
  approvalsOf: PublicationSource['approvals'],
  at: number,
): Outcome {
  const best = new Map<string, Match>();
  for (const each of judged) {
    for (const approval of approvalsOf(each.text.versionId)) {
      const match = { ...each, approval, standing: standingAt(approval, at) };
      const known = best.get(each.text.versionId);
      if (known === undefined || compare(match, known) < 0) best.set(each.text.versionId, match);
    }
  }
  const matches = [...best.values()].toSorted(compare);
  const verdict = matches[0]?.verdict ?? 'no-approval';
  return { verdict, finding: findingOf(verdict, matches[0]?.standing ?? null), matches };
}

/** The verdict first, then whether the approval held, how much they share, and the newest. */
function compare(left: Match, right: Match): number {
  return (
    verdicts.indexOf(left.verdict) - verdicts.indexOf(right.verdict) ||
    // Among texts that were altered the nearest is the one it came from, whatever its approval is worth.
    (left.verdict === 'altered' ? right.similarity - left.similarity : 0) ||
    standings.indexOf(left.standing) - standings.indexOf(right.standing) ||
    right.similarity - left.similarity ||
    right.approval.approvedAt - left.approval.approvedAt ||
    left.text.id - right.text.id
  );
}
