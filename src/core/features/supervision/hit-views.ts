import { AppError } from '../../contract/errors.ts';
import type { HitId, PersonId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import type { MessageField, PersonView } from '../archive/contract.ts';
import { loadContext, loadPeople } from '../archive/index.ts';
import { fieldsOf, maskPersonalData } from '../archive/model.ts';
import { type Severity, severities } from '../lexicons/model.ts';
import type { HitDetail, HitFilter, HitRow, HitSort } from './contract.ts';
import { selectHistory } from './disposition-repository.ts';
import {
  type HitRecord,
  countHits,
  selectHitIds,
  selectHits,
  selectHitsOfMessages,
  selectTermSource,
  selectTexts,
} from './hit-repository.ts';
import { excerptAround, maxListedHits } from './model.ts';

/** All ids of a list in order, up to the limit. */
export async function listHits(
  reader: Reader,
  filter: HitFilter,
  sort: HitSort,
): Promise<{ ids: HitId[]; total: number; limited: boolean }> {
  const found = await selectHitIds(reader, filter, sort, maxListedHits);
  const limited = found.length > maxListedHits;
  return {
    ids: found.slice(0, maxListedHits),
    total: limited ? await countHits(reader, filter) : found.length,
    limited,
  };
}

/** The rows of these hits in the order asked for; ids that don't exist are left out. */
export async function loadHitRows(reader: Reader, ids: readonly HitId[]): Promise<HitRow[]> {
  const rows = new Map((await toRows(reader, await selectHits(reader, ids))).map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/** One hit with everything that a reviewer needs to decide it. Looking at it changes nothing. */
export async function loadHit(reader: Reader, id: HitId, around: number): Promise<HitDetail> {
  const [record] = await selectHits(reader, [id]);
  if (record === undefined) throw new AppError('not-found', 'There is no such hit.', { hitId: id });
  const context = await loadContext(reader, record.message_id, around);
  const message = context.find((entry) => entry.id === record.message_id);
  const source = await selectTermSource(reader, record.term_id, record.version_id);
  if (message === undefined || source === undefined) {
    throw new Error(`hit ${id} points to a message or lexicon version that is not there`);
  }
  const records = await selectHitsOfMessages(
    reader,
    context.map((entry) => entry.id),
  );
  const rows = await toRows(reader, [record, ...records.filter((other) => other.id !== id)]);
  const hit = rows[0];
  if (hit === undefined) throw new Error(`hit ${id} could not be read`);
  return {
    hit,
    basis: source.basis,
    lexicon: {
      id: source.lexiconId,
      name: source.name,
      versionId: record.version_id,
      version: source.version,
    },
    message,
    context,
    neighbours: rows.slice(1),
    history: (await selectHistory(reader, id)).map((entry) => ({
      id: entry.id,
      hitId: id,
      decision: entry.decision,
      reasonCode: entry.reasonCode,
      note: entry.note,
      by: entry.byName,
      at: entry.at,
      undoes: entry.undoes,
    })),
  };
}

async function toRows(reader: Reader, records: readonly HitRecord[]): Promise<HitRow[]> {
  const senderIds = [...new Set(records.flatMap((record) => record.sender_id ?? []))];
  const people = new Map<PersonId, PersonView>(
    senderIds.length === 0 ? [] : (await loadPeople(reader, senderIds)).map((person) => [person.id, person]),
  );
  const messageIds = [...new Set(records.map((record) => record.message_id))];
  const messages = new Map(
    (await selectTexts(reader, messageIds)).map((row) => [
      row.id,
      { ...row, fields: fieldsOf(row.kind, row.body, row.text) },
    ]),
  );
  return records.map((record) => {
    const message = messages.get(record.message_id);
    if (message === undefined) throw new Error(`hit ${record.id} points to a message that is not there`);
    const field = message.fields.find((entry) => entry.path === record.field && holds(entry, record));
    return {
      id: record.id,
      messageId: record.message_id,
      msgid: message.msgid,
      conversationId: record.conversation_id,
      conversationKey: message.conversationKey,
      sender: record.sender_id === null ? null : (people.get(record.sender_id) ?? null),
      sentAt: record.sent_at,
      term: record.term,
      category: record.category,
      severity: severityAt(record.severity),
      field: record.field,
      start: record.start,
      end: record.end,
      text: record.text,
      folds: [...record.folds],
      state: record.state,
      decidedBy: record.decided_by_name,
      decidedAt: record.decided_at,
      reasonCode: record.reason_code,
      ...(field === undefined
        ? { excerpt: record.text, excerptStart: 0 }
        : excerptAround(field.text, record.start, record.end, maskPersonalData)),
    };
  });
}

/** Two fields of a message may have the same path (a record inside a record): the hit is where its text is. */
function holds(field: MessageField, record: HitRecord): boolean {
  return field.text.slice(record.start, record.end) === record.text;
}

function severityAt(rank: number): Severity {
  const severity = severities[rank];
  if (severity === undefined) throw new Error(`there is no severity of rank ${rank}`);
  return severity;
}
