import { AppError } from '../../contract/errors.ts';
import type { HitId, PersonId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import type { MessageField, PersonView } from '../archive/contract.ts';
import { loadContext, loadPeople } from '../archive/index.ts';
import { fieldsOf, maskPersonalData } from '../archive/model.ts';
import { optionsOf, settingsOf, withNamedEntries } from '../lexicons/index.ts';
import type { MatchStep, ScreenerEntry } from '../screening/index.ts';
import { type Severity, severities } from '../lexicons/model.ts';
import type { HitDetail, HitFilter, HitPart, HitRow, HitSort } from './contract.ts';
import { selectHistory } from './disposition-repository.ts';
import type { ExplainHit, FieldOfHit } from './explain-hit.ts';
import {
  type HitRecord,
  type StoredPart,
  type TermSource,
  countHits,
  selectEntries,
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
export async function loadHit(
  reader: Reader,
  explain: ExplainHit,
  id: HitId,
  around: number,
): Promise<HitDetail> {
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
  const options = optionsOf(source.options);
  const fields = await loadFields(reader, record);
  return {
    hit,
    rule: options.rule?.kind ?? 'word',
    steps: maskSteps(await explain(await loadEntries(reader, record, source), fields), fields),
    parts: record.parts.map((part, index) => partView(part, fields[index]?.text ?? '')),
    suggestion: options.suggestion,
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

/** The entry that found the hit, and those that its rule refers to, as the version of then has them. */
async function loadEntries(
  reader: Reader,
  record: HitRecord,
  source: TermSource,
): Promise<readonly [ScreenerEntry, ...ScreenerEntry[]]> {
  const settings = settingsOf(source.settings);
  const own: ScreenerEntry = { text: record.term, options: optionsOf(source.options), settings };
  return withNamedEntries(own, async (texts) =>
    (await selectEntries(reader, record.version_id, texts)).map((row) => ({
      text: row.text,
      options: optionsOf(row.options),
      settings,
    })),
  );
}

/** The fields that the hit is in: its own, or those of its parts, with the hit's place in each. */
async function loadFields(reader: Reader, record: HitRecord): Promise<readonly FieldOfHit[]> {
  const places =
    record.parts.length > 0
      ? record.parts
      : [{ messageId: record.message_id, field: record.field, start: record.start, end: record.end }];
  const texts = new Map(
    (
      await selectTexts(
        reader,
        places.map((place) => place.messageId),
      )
    ).map((row) => [row.id, row]),
  );
  return places.map(({ messageId, field, start, end }) => {
    const row = texts.get(messageId);
    const found = fieldsOf(row?.kind ?? '', row?.body ?? null, row?.text ?? '').find((entry) =>
      record.parts.length > 0 ? entry.path === field && entry.text.length >= end : holdsAt(entry, record),
    );
    if (found === undefined)
      throw new Error(`message ${messageId} has no field ${field} for hit ${record.id}`);
    return { text: found.text, start, end };
  });
}

function partView(part: StoredPart, fieldText: string): HitPart {
  return { ...part, text: maskedSlice({ text: fieldText, start: part.start, end: part.end }) };
}

/** What is written there, masked as it is among what stands around it. */
function maskedSlice({ text, start, end }: FieldOfHit): string {
  const { excerpt, excerptStart } = excerptAround(text, start, end, maskPersonalData);
  return excerpt.slice(excerptStart, excerptStart + end - start);
}

/** The steps without the personal data in them; where there is some, what it reads as would say it too. */
function maskSteps(steps: readonly MatchStep[], fields: readonly FieldOfHit[]): HitDetail['steps'] {
  const masked = fields.map(maskedSlice).join('');
  const from = fields.length === 1 ? (fields[0]?.start ?? 0) : 0;
  return steps.map((step) => {
    const written = masked.slice(step.start - from, step.end - from);
    const read = written === step.written ? step.read : written;
    return { ...step, written, read, folds: [...step.folds] };
  });
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
    const field = message.fields.find((entry) => holdsAt(entry, record));
    const { excerpt, excerptStart } =
      field === undefined
        ? { excerpt: maskPersonalData(record.text), excerptStart: 0 }
        : excerptAround(field.text, record.start, record.end, maskPersonalData);
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
      // What a detector finds is personal data: masked as the text around it is.
      text: excerpt.slice(excerptStart, excerptStart + record.text.length),
      folds: [...record.folds],
      confidence: record.confidence,
      state: record.state,
      decidedBy: record.decided_by_name,
      decidedAt: record.decided_at,
      reasonCode: record.reason_code,
      excerpt,
      excerptStart,
    };
  });
}

/** Two fields of a message may have the same path (a record inside a record): the hit is where its text is. */
function holdsAt(field: MessageField, record: HitRecord): boolean {
  return field.path === record.field && field.text.slice(record.start, record.end) === record.text;
}

function severityAt(rank: number): Severity {
  const severity = severities[rank];
  if (severity === undefined) throw new Error(`there is no severity of rank ${rank}`);
  return severity;
}
