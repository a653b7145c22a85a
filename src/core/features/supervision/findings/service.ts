import { AppError } from '../../../contract/errors.ts';
import { type Handlers, requireUser } from '../../../contract/handlers.ts';
import type { FindingId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { loadContext, loadPeople } from '../../archive/index.ts';
import { maskPersonalData } from '../../archive/model.ts';
import type { FindingRow, findingsContract } from './contract.ts';
import { decideFindings, undoFindings } from './decisions.ts';
import {
  type FindingRecord,
  countFindings,
  selectFindingIds,
  selectFindings,
  selectHistory,
} from './repository.ts';

/** Most findings that one list names. */
const maxListed = 100_000;
/** Characters of a message in a list. */
const excerptLength = 120;

/** Findings of runs over the archive: lists, one with its conversation, decisions. */
export function createFindingHandlers(services: Services): Handlers<typeof findingsContract> {
  const { connection, clock } = services;
  const reader = connection.query;
  const announce = () => services.emit({ type: 'changed', topics: ['findings', 'audit'] });

  return {
    async 'findings.ids'({ filter }) {
      const ids = await selectFindingIds(reader, filter, maxListed + 1);
      const limited = ids.length > maxListed;
      return {
        ids: ids.slice(0, maxListed),
        total: limited ? await countFindings(reader, filter) : ids.length,
        limited,
      };
    },
    'findings.rows': ({ ids }) => loadRows(reader, ids),
    async 'findings.get'({ id, context }) {
      const [finding] = await loadRows(reader, [id]);
      if (finding === undefined) throw new AppError('not-found', 'There is no such finding.', { id });
      return {
        finding,
        context: await loadContext(reader, finding.messageId, context),
        history: (await selectHistory(reader, id)).map(({ byName, ...entry }) => ({ ...entry, by: byName })),
      };
    },
    async 'findings.decide'(input, context) {
      const user = requireUser(context);
      const { ids, dispositionIds } = await reader
        .transaction()
        .execute((writer) => decideFindings(writer, clock, user, input));
      announce();
      return { findings: await loadRows(reader, ids), dispositionIds: [...dispositionIds] };
    },
    async 'findings.undo'({ dispositionIds }, context) {
      const user = requireUser(context);
      const ids = await reader
        .transaction()
        .execute((writer) => undoFindings(writer, clock, user, dispositionIds));
      announce();
      return { findings: await loadRows(reader, ids) };
    },
  };
}

/** The rows in the order asked for; ids that don't exist are left out. */
async function loadRows(reader: Reader, ids: readonly FindingId[]): Promise<FindingRow[]> {
  const records = await selectFindings(reader, ids);
  const senders = [...new Set(records.flatMap((record) => record.sender_id ?? []))];
  const people = new Map(
    senders.length === 0 ? [] : (await loadPeople(reader, senders)).map((person) => [person.id, person]),
  );
  const rows = new Map(
    records.map((record) => [
      record.id,
      rowOf(record, record.sender_id === null ? null : (people.get(record.sender_id) ?? null)),
    ]),
  );
  return ids.flatMap((id) => rows.get(id) ?? []);
}

function rowOf(record: FindingRecord, sender: FindingRow['sender']): FindingRow {
  return {
    id: record.id,
    kind: record.kind,
    messageId: record.message_id,
    messageKind: record.message_kind,
    conversationId: record.conversation_id,
    sender,
    sentAt: record.sent_at,
    verdict: record.verdict,
    relation: record.relation,
    similarity: record.similarity,
    approvalId: record.approval_id,
    number: record.number,
    standing: record.standing,
    excerpt: maskPersonalData(record.beginning).slice(0, excerptLength).replaceAll('\u001E', ' '),
    state: record.state,
    decidedBy: record.decided_by_name,
    decidedAt: record.decided_at,
    reasonCode: record.reason_code,
  };
}
