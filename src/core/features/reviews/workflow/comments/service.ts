import { AppError } from '../../../../contract/errors.ts';
import { type Handlers, type SignedIn, requireUser } from '../../../../contract/handlers.ts';
import { CommentId, ThreadId } from '../../../../contract/ids.ts';
import type { Reader, Writer } from '../../../../platform/database/connection.ts';
import type { Services } from '../../../../platform/services.ts';
import { recordAudit } from '../../../audit/index.ts';
import { type LoadedReview, loadReview } from '../facts.ts';
import { authorsOf, currentVersion } from '../model.ts';
import { settle } from '../settle.ts';
import { requireCurrent, requireOpen } from '../submit.ts';
import type { Anchor, ThreadView, commentsContract } from './contract.ts';
import { placeOf, replaceText } from './model.ts';
import { type ThreadRow, insertComment, insertThread, selectThread, updateThread } from './repository.ts';
import { type ThreadReader, loadThreads, mayResolve, readAnchor } from './threads.ts';
import {
  hashContent,
  readContent,
  readExemptions,
  saveDraft,
  selectDraft,
  selectVersion,
} from '../../material/index.ts';

/** As what somebody looks at a review's threads. */
export function readerOf(loaded: LoadedReview, user: SignedIn): ThreadReader {
  return {
    userId: user.userId,
    permissions: user.permissions,
    isAuthor: authorsOf(loaded.facts, currentVersion(loaded.facts)).has(user.userId),
    closed: loaded.row.closed_at !== null,
  };
}

/** Comments on what is under review. */
export function createCommentHandlers(services: Services): Handlers<typeof commentsContract> {
  const { connection, clock } = services;

  async function change<Result>(run: (writer: Writer) => Promise<Result>): Promise<Result> {
    const result = await connection.query.transaction().execute(run);
    services.emit({ type: 'changed', topics: ['reviews', 'materials', 'audit'] });
    return result;
  }

  async function openThread(writer: Writer, id: ThreadId) {
    const thread = await selectThread(writer, id);
    if (thread === undefined) throw new AppError('not-found', 'There is no such comment.', { id });
    const loaded = await loadReview(writer, thread.review_id);
    requireOpen(loaded);
    return { thread, loaded };
  }

  async function audit(
    writer: Writer,
    user: SignedIn,
    action: string,
    thread: Pick<ThreadRow, 'id' | 'review_id'>,
    after: unknown,
    details: Readonly<Record<string, string | boolean>> = {},
  ): Promise<void> {
    await recordAudit(writer, clock, user, {
      action: `reviews.${action}`,
      recordKind: 'review',
      recordId: thread.review_id,
      after,
      details: { threadId: thread.id, ...details },
    });
  }

  return {
    async 'reviews.threads'({ reviewId, versionId }, context) {
      const loaded = await loadReview(connection.query, reviewId);
      return loadThreads(connection.query, reviewId, versionId, readerOf(loaded, requireUser(context)));
    },

    async 'reviews.comment'({ reviewId, versionId, anchor, text, mustFix, suggestion }, context) {
      const user = requireUser(context);
      return change(async (writer) => {
        const loaded = await loadReview(writer, reviewId);
        requireOpen(loaded);
        requireCurrent(loaded, versionId);
        requireMayMark(loaded, user, mustFix);
        await requireAnchor(writer, anchor, versionId);
        if (suggestion !== null && anchor.kind !== 'text') {
          throw new AppError('bad-input', 'A suggestion needs words that it replaces.', {
            path: 'suggestion',
            problem: 'no text anchor',
          });
        }
        const id = services.ids.next(ThreadId);
        const at = clock.now();
        await insertThread(writer, {
          id,
          review_id: reviewId,
          version_id: versionId,
          anchor: JSON.stringify(anchor),
          must_fix: mustFix ? 1 : 0,
          suggestion,
          created_by: user.userId,
          created_at: at,
        });
        await say(writer, services, user, id, text);
        await audit(
          writer,
          user,
          'comment',
          { id, review_id: reviewId },
          { anchor, text, suggestion },
          { mustFix },
        );
        if (mustFix) await settle(writer, services, user, reviewId);
        return threadOf(writer, id, user);
      });
    },

    async 'reviews.reply'({ threadId, text }, context) {
      const user = requireUser(context);
      return change(async (writer) => {
        const { thread } = await openThread(writer, threadId);
        await say(writer, services, user, threadId, text);
        await audit(writer, user, 'reply', thread, { text });
        return threadOf(writer, threadId, user);
      });
    },

    async 'reviews.resolveThread'({ threadId, resolved }, context) {
      const user = requireUser(context);
      return change(async (writer) => {
        const { thread, loaded } = await openThread(writer, threadId);
        if (!mayResolve(thread, readerOf(loaded, user))) {
          throw new AppError(
            'must-fix-by-reviewer',
            'What must be fixed is resolved by a reviewer who had no hand in the version.',
            { id: threadId },
          );
        }
        await updateThread(writer, threadId, {
          resolved_by: resolved ? user.userId : null,
          resolved_at: resolved ? clock.now() : null,
        });
        await audit(writer, user, 'resolveThread', thread, { resolved }, { resolved });
        await settle(writer, services, user, thread.review_id);
        return threadOf(writer, threadId, user);
      });
    },

    async 'reviews.setMustFix'({ threadId, mustFix }, context) {
      const user = requireUser(context);
      return change(async (writer) => {
        const { thread, loaded } = await openThread(writer, threadId);
        requireMayMark(loaded, user, true);
        await updateThread(writer, threadId, { must_fix: mustFix ? 1 : 0 });
        await audit(writer, user, 'setMustFix', thread, { mustFix }, { mustFix });
        await settle(writer, services, user, thread.review_id);
        return threadOf(writer, threadId, user);
      });
    },

    async 'reviews.acceptSuggestion'({ threadId, baseRevision }, context) {
      const user = requireUser(context);
      return change(async (writer) => {
        const { thread, loaded } = await openThread(writer, threadId);
        if (thread.suggestion === null || thread.accepted_at !== null || thread.resolved_at !== null) {
          throw new AppError('conflict', 'This suggestion is not open any more.', { id: threadId });
        }
        const materialId = loaded.row.material_id;
        const draft = await selectDraft(writer, materialId);
        if (draft === undefined) throw new Error(`the material ${materialId} has no draft`);
        const content = readContent(draft.content);
        const place = placeOf(readAnchor(thread), content);
        const changed = place.found === 'orphaned' ? null : replaceText(content, place, thread.suggestion);
        if (changed === null) {
          throw new AppError(
            'suggestion-lost',
            'The words that this suggestion replaces are not in the draft any more. Write it in by hand, then resolve the comment.',
            { id: threadId },
          );
        }
        const saved = await saveDraft(writer, services, user, {
          id: materialId,
          hashed: hashContent(changed),
          exemptions: readExemptions(draft.exemptions),
          baseRevision,
        });
        await updateThread(writer, threadId, { accepted_by: user.userId, accepted_at: clock.now() });
        await audit(writer, user, 'acceptSuggestion', thread, { suggestion: thread.suggestion });
        return { thread: await threadOf(writer, threadId, user), revision: saved.revision };
      });
    },
  };
}

async function say(
  writer: Writer,
  services: Pick<Services, 'ids' | 'clock'>,
  user: SignedIn,
  threadId: ThreadId,
  text: string,
): Promise<void> {
  await insertComment(writer, {
    id: services.ids.next(CommentId),
    thread_id: threadId,
    user_id: user.userId,
    text,
    at: services.clock.now(),
  });
}

/** That something must be fixed is for a reviewer to say, and to take back, who had no hand in the version. */
function requireMayMark(loaded: LoadedReview, user: SignedIn, mustFix: boolean): void {
  const { permissions, isAuthor } = readerOf(loaded, user);
  if (!mustFix || (permissions.has('reviews:decide') && !isAuthor)) return;
  throw new AppError(
    'must-fix-by-reviewer',
    'Whether something must be fixed is said by a reviewer who had no hand in the version.',
    {},
  );
}

/** A comment points to what is there: its quote stands at its position. */
async function requireAnchor(
  writer: Writer,
  anchor: Anchor,
  versionId: LoadedReview['row']['version_id'],
): Promise<void> {
  const version = await selectVersion(writer, versionId);
  const place = version === undefined ? null : placeOf(anchor, readContent(version.content));
  if (place?.found === 'exact') return;
  throw new AppError('bad-input', 'The comment points to words that are not in this version.', {
    path: 'anchor',
    problem: 'not there',
  });
}

async function threadOf(reader: Reader, id: ThreadId, user: SignedIn): Promise<ThreadView> {
  const row = await selectThread(reader, id);
  if (row === undefined) throw new Error(`there is no thread ${id}`);
  const loaded = await loadReview(reader, row.review_id);
  const threads = await loadThreads(
    reader,
    row.review_id,
    currentVersion(loaded.facts).id,
    readerOf(loaded, user),
  );
  const found = threads.find((thread) => thread.id === id);
  if (found === undefined) throw new Error(`there is no thread ${id}`);
  return found;
}
