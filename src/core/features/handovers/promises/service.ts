import { AppError } from '../../../contract/errors.ts';
import { type Handlers, type SignedIn, requireUser } from '../../../contract/handlers.ts';
import type { Services } from '../../../platform/services.ts';
import { recordAudit } from '../../audit/index.ts';
import type { HandoverId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import { rolesOf } from '../model.ts';
import {
  type LoadedHandover,
  ownHandover,
  partiesOf,
  requireHandover,
  requireManaged,
  sheetQueryOf,
  touchHandover,
} from '../record/index.ts';
import type { HandoverWorker } from '../worker-client.ts';
import type { promisesContract } from './contract.ts';
import { insertPromiseDecision, selectPromiseDecisions } from './repository.ts';

/** What the leaver promised customers, and what people decide on it. */
export function createPromiseService(
  services: Services,
  worker: HandoverWorker,
): Handlers<typeof promisesContract> {
  const { connection, clock } = services;
  const reader = connection.query;

  return {
    async 'handovers.promises'({ id }, context) {
      const loaded = await requireHandover(reader, requireUser(context), id);
      const { lastDay, ...answer } = await worker.ask('promises', sheetQueryOf(loaded, clock.now()));
      return { ...answer, lastDay: lastDay ?? loaded.row.last_day };
    },
    async 'handovers.decidePromise'({ id, key, ...word }, context) {
      const user = requireUser(context);
      const load = word.decision === 'kept' ? requireDone : requireManaged;
      const loaded = await load(reader, user, id);
      checkTaker(loaded, word.taker);
      const query = sheetQueryOf(loaded, clock.now());
      if ((await worker.ask('promise', { query, key })) === null) throw missing(key);
      await reader.transaction().execute(async (writer) => {
        const at = clock.now();
        await touchHandover(writer, await load(writer, user, id), at);
        const before = (await selectPromiseDecisions(writer, id)).get(key) ?? null;
        // Done is said of the task as it was given.
        const own =
          word.decision === 'kept' && before !== null
            ? { ...word, title: before.title, dueDay: before.dueDay, taker: before.taker }
            : word;
        const { decision, title, dueDay, taker, note } = own;
        await insertPromiseDecision(writer, {
          handover_id: id,
          promise_key: key,
          decision,
          title,
          due_day: dueDay,
          taker,
          note,
          decided_by: user.userId,
          decided_at: at,
        });
        await recordAudit(writer, clock, user, {
          action: 'handovers.decidePromise',
          recordKind: 'handover',
          recordId: id,
          before: { key, decision: before?.decision ?? 'reset' },
          after: { key, decision, title, dueDay, taker, note },
          details: { promise: key, decision, taker },
        });
      });
      services.emit({ type: 'changed', topics: ['handovers', 'audit'] });
      const view = await worker.ask('promise', { query, key });
      if (view === null) throw missing(key);
      return view;
    },
  };
}

/** A task may be done at any time, frozen or not, and whoever took it over says so; never whoever gave the promise. */
async function requireDone(reader: Reader, user: SignedIn, id: HandoverId): Promise<LoadedHandover> {
  const loaded = await requireHandover(reader, user, id);
  if (rolesOf(partiesOf(loaded), user.userId).includes('leaver')) throw ownHandover();
  return loaded;
}

/** Where nobody is named yet, anybody but the leaver may be given a task. */
function checkTaker({ row, takers }: LoadedHandover, taker: string | null): void {
  if (taker === null) return;
  if (taker !== row.leaver && (takers.length === 0 || takers.some((each) => each.taker === taker))) return;
  throw new AppError(
    'bad-input',
    'A task goes to a taker of this handover. Choose one, or name the person as a taker first.',
    {
      path: 'taker',
      problem: taker === row.leaver ? 'taker-is-leaver' : 'not-a-taker',
    },
  );
}

/** New imports may have brought messages in between. */
function missing(key: string): AppError {
  return new AppError('not-found', 'There is no such promise any more. Refresh the list.', { key });
}
