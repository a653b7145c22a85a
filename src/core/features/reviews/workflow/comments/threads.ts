import type { MaterialVersionId, ReviewId, UserId } from '../../../../contract/ids.ts';
import type { Reader, Writer } from '../../../../platform/database/connection.ts';
import type { Permission } from '../../../users/model.ts';
import type { MaterialContent } from '../../material/contract.ts';
import { Anchor, Place, type ThreadView } from './contract.ts';
import { finderIn } from './model.ts';
import { type ThreadRow, insertPlaces, selectComments, selectPlaces, selectThreads } from './repository.ts';
import { readContent, selectVersion } from '../../material/index.ts';

/** Who asks: what they may do with a thread follows from it. */
export interface ThreadReader {
  readonly userId: UserId;
  readonly permissions: ReadonlySet<Permission>;
  /** Whether they had a hand in the version under review. */
  readonly isAuthor: boolean;
  readonly closed: boolean;
}

export function readAnchor(row: Pick<ThreadRow, 'anchor'>): Anchor {
  return Anchor.parse(JSON.parse(row.anchor));
}

/** Finds each thread's place in a version that was just submitted, and keeps it. */
export async function placeThreads(
  writer: Writer,
  reviewId: ReviewId,
  versionId: MaterialVersionId,
  content: MaterialContent,
): Promise<void> {
  const threads = await selectThreads(writer, reviewId);
  const find = finderIn(content);
  await insertPlaces(
    writer,
    threads.map((thread) => ({
      thread_id: thread.id,
      version_id: versionId,
      place: JSON.stringify(find(readAnchor(thread))),
    })),
  );
}

/** The review's threads with their comments, placed in that version. */
export async function loadThreads(
  reader: Reader,
  reviewId: ReviewId,
  versionId: MaterialVersionId,
  who: ThreadReader,
): Promise<ThreadView[]> {
  const threads = await selectThreads(reader, reviewId);
  if (threads.length === 0) return [];
  const places = new Map((await selectPlaces(reader, versionId)).map((row) => [row.thread_id, row.place]));
  const comments = Map.groupBy(await selectComments(reader, reviewId), (row) => row.thread_id);
  // A thread of a later version, looked at beside an older one.
  const missing = threads.some((thread) => thread.version_id !== versionId && !places.has(thread.id));
  const version = missing ? await selectVersion(reader, versionId) : undefined;
  const find = version === undefined ? null : finderIn(readContent(version.content));
  return threads.map((thread) => {
    const anchor = readAnchor(thread);
    const stored = places.get(thread.id);
    const place =
      stored !== undefined
        ? Place.parse(JSON.parse(stored))
        : thread.version_id === versionId || find === null
          ? ownPlace(anchor)
          : find(anchor);
    return view(thread, anchor, place, comments.get(thread.id) ?? [], who);
  });
}

function ownPlace(anchor: Anchor): Place {
  return anchor.kind === 'text'
    ? { found: 'exact', part: anchor.part, ...anchor.position }
    : { found: 'exact', part: anchor.kind === 'region' ? anchor.part : '', start: 0, end: 0 };
}

function view(
  row: ThreadRow,
  anchor: Anchor,
  place: Place,
  comments: Awaited<ReturnType<typeof selectComments>>,
  who: ThreadReader,
): ThreadView {
  return {
    id: row.id,
    versionId: row.version_id,
    anchor,
    place,
    mustFix: row.must_fix === 1,
    suggestion: row.suggestion,
    suggestionAccepted:
      row.accepted_by === null || row.accepted_at === null
        ? null
        : { by: { id: row.accepted_by, name: row.accepter_name ?? '' }, at: row.accepted_at },
    resolved:
      row.resolved_by === null || row.resolved_at === null
        ? null
        : { by: { id: row.resolved_by, name: row.resolver_name ?? '' }, at: row.resolved_at },
    by: { id: row.created_by, name: row.author_name },
    at: row.created_at,
    comments: comments.map((comment) => ({
      id: comment.id,
      by: { id: comment.user_id, name: comment.user_name },
      text: comment.text,
      at: comment.at,
    })),
    may: {
      resolve: !who.closed && mayResolve(row, who),
      acceptSuggestion:
        !who.closed &&
        row.suggestion !== null &&
        row.accepted_at === null &&
        row.resolved_at === null &&
        who.permissions.has('materials:edit'),
    },
  };
}

/** What must be fixed is taken as fixed by somebody who decides and had no hand in it; anything else by whoever takes part. */
export function mayResolve(row: Pick<ThreadRow, 'must_fix'>, who: ThreadReader): boolean {
  if (row.must_fix === 1) return who.permissions.has('reviews:decide') && !who.isAuthor;
  return who.permissions.has('reviews:comment');
}
