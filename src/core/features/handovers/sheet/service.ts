import { AppError } from '../../../contract/errors.ts';
import { type Handlers, type SignedIn, requireUser } from '../../../contract/handlers.ts';
import type { Services } from '../../../platform/services.ts';
import { recordAudit } from '../../audit/index.ts';
import type { HandoverClass } from '../model.ts';
import { requireManaged, sheetQueryOf, targetOf, touchHandover, unopenedQuery } from '../record/index.ts';
import type { SheetQuery } from './questions.ts';
import type { HandoverWorker } from '../worker-client.ts';
import type { HandoverTarget, RowFilter, sheetContract } from './contract.ts';
import { insertAssignments, insertExplanations } from './repository.ts';

/** Classes whose items lie in this app: assigning them here is what hands them over. */
const assignable: ReadonlySet<HandoverClass> = new Set(['materials', 'cases']);

/** The balance sheet, and what people say of its rows. */
export function createSheetHandlers(
  services: Services,
  worker: HandoverWorker,
): Handlers<typeof sheetContract> {
  const { connection, clock } = services;
  const reader = connection.query;

  /** Throws `not-found` or `forbidden` where the caller may not see it. */
  async function queryOf(target: HandoverTarget, user: SignedIn): Promise<SheetQuery> {
    const found = await targetOf(reader, user, target);
    return 'row' in found ? sheetQueryOf(found, clock.now()) : unopenedQuery(found.leaver, clock.now());
  }

  /** Throws `bad-input` where the sheet has no such rows. */
  async function checkItems(query: SheetQuery, name: HandoverClass, items: readonly string[]): Promise<void> {
    const filter: RowFilter = {
      class: name,
      outcomes: [],
      conflictsOnly: false,
      lateOnly: false,
      unexplainedOnly: false,
      query: '',
    };
    const known = new Set(await worker.ask('rowIds', { query, filter }));
    const unknown = items.filter((item) => !known.has(item)).length;
    if (unknown === 0) return;
    throw new AppError(
      'bad-input',
      `${unknown} of the chosen rows are not in the sheet. Refresh it, then choose again.`,
      { path: 'items', problem: 'not-in-sheet', count: unknown },
    );
  }

  return {
    'handovers.sheet': async ({ target }, context) =>
      worker.ask('sheet', await queryOf(target, requireUser(context))),
    'handovers.rows': async ({ target, filter, offset, limit }, context) =>
      worker.ask('rows', { query: await queryOf(target, requireUser(context)), filter, offset, limit }),
    'handovers.rowIds': async ({ target, filter }, context) =>
      worker.ask('rowIds', { query: await queryOf(target, requireUser(context)), filter }),

    async 'handovers.explain'({ handoverId, class: name, items, text }, context) {
      const user = requireUser(context);
      const chosen = [...new Set(items)];
      // Before the transaction: the worker answers in its own time.
      const managed = await requireManaged(reader, user, handoverId);
      await checkItems(sheetQueryOf(managed, clock.now()), name, chosen);
      await reader.transaction().execute(async (writer) => {
        const loaded = await requireManaged(writer, user, handoverId);
        const at = clock.now();
        await touchHandover(writer, loaded, at);
        await insertExplanations(
          writer,
          chosen.map((item) => ({
            handover_id: handoverId,
            class: name,
            item,
            text,
            explained_by: user.userId,
            explained_at: at,
          })),
        );
        await recordAudit(writer, clock, user, {
          action: 'handovers.explain',
          recordKind: 'handover',
          recordId: handoverId,
          after: { class: name, items: chosen, text },
          details: { class: name, rows: chosen.length, takenBack: text === '' },
        });
      });
      services.emit({ type: 'changed', topics: ['handovers', 'audit'] });
      return { changed: chosen.length };
    },

    async 'handovers.assign'({ handoverId, class: name, items, taker, note }, context) {
      const user = requireUser(context);
      if (!assignable.has(name))
        throw new AppError(
          'bad-input',
          'Only materials and cases are assigned here. What WeCom holds passes by its own records: import them.',
          { path: 'class', problem: 'not-assignable' },
        );
      const chosen = [...new Set(items)];
      const managed = await requireManaged(reader, user, handoverId);
      await checkItems(sheetQueryOf(managed, clock.now()), name, chosen);
      await reader.transaction().execute(async (writer) => {
        const loaded = await requireManaged(writer, user, handoverId);
        if (taker === loaded.row.leaver)
          throw new AppError('bad-input', 'The leaver can’t take over. Name somebody else.', {
            path: 'taker',
            problem: 'taker-is-leaver',
          });
        const at = clock.now();
        await touchHandover(writer, loaded, at);
        await insertAssignments(
          writer,
          chosen.map((item) => ({
            handover_id: handoverId,
            class: name,
            item,
            taker,
            note,
            assigned_by: user.userId,
            assigned_at: at,
          })),
        );
        await recordAudit(writer, clock, user, {
          action: 'handovers.assign',
          recordKind: 'handover',
          recordId: handoverId,
          after: { class: name, items: chosen, taker, note },
          details: { class: name, rows: chosen.length, taker },
        });
      });
      services.emit({ type: 'changed', topics: ['handovers', 'audit'] });
      return { changed: chosen.length };
    },
  };
}
