import { type Handlers, type SignedIn, requireUser } from '../../../contract/handlers.ts';
import type { MaterialVersionId, ReviewId } from '../../../contract/ids.ts';
import type { Writer } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { recordAudit } from '../../audit/index.ts';
import type { ReviewView, workflowContract } from './contract.ts';
import { acceptExemption, cancelReview, decide, reassign, tickCondition } from './decide.ts';
import { addDelegation, closeDelegation, loadDelegations } from './delegations.ts';
import { markRead } from './notice-repository.ts';
import { loadNotices } from './notices.ts';
import type { Presence } from './presence.ts';
import { loadCounts, loadQueue, loadQueueRowsFor } from './queue.ts';
import { selectReviewsOfMaterial } from './queue-repository.ts';
import { requireReview } from './facts.ts';
import { selectDeciders } from './repository.ts';
import { submitVersion } from './submit.ts';
import { loadReviewView } from './views.ts';

/** Reviews: submission, decisions, what follows from them, and who is told. */
export function createWorkflowHandlers(
  services: Services,
  presence: Presence,
  ensureChecked: (versionId: MaterialVersionId) => Promise<void>,
): Handlers<typeof workflowContract> {
  const { connection, clock } = services;
  const reader = connection.query;

  /** Runs a change of one review in its transaction, tells the screens, and answers the review as it then is. */
  async function change(user: SignedIn, run: (writer: Writer) => Promise<ReviewId>): Promise<ReviewView> {
    const view = await reader.transaction().execute(async (writer) => {
      const id = await run(writer);
      return loadReviewView(writer, id, user, clock.now(), presence.who(id));
    });
    services.emit({ type: 'changed', topics: ['reviews', 'materials', 'approvals', 'audit'] });
    return view;
  }

  return {
    async 'reviews.submit'(input, context) {
      const user = requireUser(context);
      // Before the transaction: the check takes a while, in a thread of its own.
      await ensureChecked(input.versionId);
      return change(user, (writer) => submitVersion(writer, services, user, input));
    },
    'reviews.get': ({ id }, context) =>
      loadReviewView(reader, id, requireUser(context), clock.now(), presence.who(id)),
    async 'reviews.ofMaterial'({ materialId }, context) {
      const ids = await selectReviewsOfMaterial(reader, materialId);
      return loadQueueRowsFor(reader, ids, requireUser(context).userId, clock.now());
    },
    'reviews.queue': (request, context) =>
      loadQueue(reader, requireUser(context).userId, clock.now(), request),
    'reviews.counts': (_input, context) => loadCounts(reader, requireUser(context).userId, clock.now()),

    async 'reviews.decide'(input, context) {
      const user = requireUser(context);
      return change(user, async (writer) => {
        await decide(writer, services, user, input);
        return input.reviewId;
      });
    },
    async 'reviews.acceptExemption'(input, context) {
      const user = requireUser(context);
      return change(user, async (writer) => {
        await acceptExemption(writer, services, user, input);
        return input.reviewId;
      });
    },
    async 'reviews.tickCondition'(input, context) {
      const user = requireUser(context);
      return change(user, (writer) => tickCondition(writer, services, user, input));
    },
    async 'reviews.cancel'(input, context) {
      const user = requireUser(context);
      return change(user, async (writer) => {
        await cancelReview(writer, services, user, input);
        return input.id;
      });
    },
    async 'reviews.reassign'(input, context) {
      const user = requireUser(context);
      return change(user, async (writer) => {
        await reassign(writer, services, user, input);
        return input.id;
      });
    },

    async 'reviews.look'({ id, leaving }, context) {
      const user = requireUser(context);
      await requireReview(reader, id);
      const person = { id: user.userId, name: user.displayName };
      const news = leaving ? presence.leave(id, user.userId) : presence.look(id, person);
      if (news) services.emit({ type: 'changed', topics: ['reviews'] });
      return presence.who(id).filter((other) => other.id !== user.userId);
    },
    async 'reviews.reviewers'() {
      return (await selectDeciders(reader)).map(({ id, name, branch }) => ({ id, name, branch }));
    },

    'delegations.list'(_input, context) {
      const user = requireUser(context);
      const all = user.permissions.has('reviews:manage') || user.permissions.has('audit:read');
      return loadDelegations(reader, all ? null : user.userId, clock.now());
    },
    async 'delegations.add'(input, context) {
      const user = requireUser(context);
      const view = await reader
        .transaction()
        .execute((writer) => addDelegation(writer, services, user, input));
      services.emit({ type: 'changed', topics: ['reviews', 'audit'] });
      return view;
    },
    async 'delegations.end'({ id }, context) {
      const user = requireUser(context);
      const view = await reader
        .transaction()
        .execute((writer) => closeDelegation(writer, services, user, id));
      services.emit({ type: 'changed', topics: ['reviews', 'audit'] });
      return view;
    },

    'notices.list': ({ unreadOnly }, context) => loadNotices(reader, requireUser(context).userId, unreadOnly),
    async 'notices.read'({ ids }, context) {
      const user = requireUser(context);
      await reader.transaction().execute(async (writer) => {
        const count = await markRead(writer, user.userId, ids, clock.now());
        await recordAudit(writer, clock, user, {
          action: 'notices.read',
          recordKind: 'user',
          recordId: user.userId,
          details: { count },
        });
      });
      services.emit({ type: 'changed', topics: ['reviews'] }, { sessionKey: user.sessionKey });
      return {};
    },
  };
}
