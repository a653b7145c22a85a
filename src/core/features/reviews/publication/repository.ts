import type { Insertable } from 'kysely';

import type {
  MaterialVersionId,
  MessageId,
  Milliseconds,
  PublicationRunId,
  FindingId,
} from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Tables } from '../../../platform/database/schema.ts';
import type { ApprovedPart } from './texts.ts';

/** Approved versions whose texts were not read yet, in the order of their approval. */
export async function selectUnreadVersions(reader: Reader): Promise<readonly MaterialVersionId[]> {
  const rows = await reader
    .selectFrom('approvals')
    .leftJoin('publication_versions as read', 'read.version_id', 'approvals.version_id')
    .select('approvals.version_id')
    .where('read.version_id', 'is', null)
    .orderBy('approvals.approved_at')
    .execute();
  return [...new Set(rows.map((row) => row.version_id))];
}

/** Keeps a version's texts, unless another thread has done so meanwhile. */
export async function storeTexts(
  writer: Writer,
  versionId: MaterialVersionId,
  parts: readonly ApprovedPart[],
  at: Milliseconds,
): Promise<void> {
  const known = await writer
    .selectFrom('publication_versions')
    .select('version_id')
    .where('version_id', '=', versionId)
    .executeTakeFirst();
  if (known !== undefined) return;
  await writer.insertInto('publication_versions').values({ version_id: versionId, at }).execute();
  if (parts.length === 0) return;
  await writer
    .insertInto('publication_texts')
    .values(parts.map(({ part, text }) => ({ version_id: versionId, part, text })))
    .execute();
}

export async function insertCheck(
  writer: Writer,
  row: Insertable<Tables['publication_checks']>,
): Promise<void> {
  await writer.insertInto('publication_checks').values(row).execute();
}

/** The newest first. */
export async function selectChecks(reader: Reader, limit: number) {
  return reader
    .selectFrom('publication_checks as checks')
    .innerJoin('users', 'users.id', 'checks.checked_by')
    .leftJoin('approvals', 'approvals.id', 'checks.approval_id')
    .selectAll('checks')
    .select(['users.display_name as by_name', 'approvals.number', 'approvals.material_id'])
    .orderBy('checks.checked_at', 'desc')
    .orderBy('checks.id', 'desc')
    .limit(limit)
    .execute();
}

export type RunRecord = Awaited<ReturnType<typeof selectRuns>>[number];

/** The newest first. */
export async function selectRuns(reader: Reader, limit: number) {
  return runs(reader).orderBy('runs.started_at', 'desc').orderBy('runs.id', 'desc').limit(limit).execute();
}

export async function selectRun(reader: Reader, id: PublicationRunId) {
  return runs(reader).where('runs.id', '=', id).executeTakeFirst();
}

function runs(reader: Reader) {
  return reader
    .selectFrom('publication_runs as runs')
    .innerJoin('jobs', 'jobs.id', 'runs.job_id')
    .innerJoin('users', 'users.id', 'runs.started_by')
    .selectAll('runs')
    .select([
      'jobs.state as job_state',
      'jobs.finished_at as job_finished_at',
      'users.display_name as started_by_name',
    ]);
}

export async function insertRun(writer: Writer, row: Insertable<Tables['publication_runs']>): Promise<void> {
  await writer.insertInto('publication_runs').values(row).execute();
}

export async function finishRun(writer: Writer, id: PublicationRunId, at: Milliseconds): Promise<void> {
  await writer
    .updateTable('publication_runs')
    .set({ state: 'done', finished_at: at })
    .where('id', '=', id)
    .execute();
}

/** Up to which message runs that passed none over have looked. */
export async function selectCoverage(reader: Reader): Promise<number> {
  const row = await reader.selectFrom('publication_coverage').select('matched_to').executeTakeFirst();
  return row?.matched_to ?? 0;
}

export async function selectNewestMessage(reader: Reader): Promise<number> {
  const row = await reader
    .selectFrom('messages')
    .select(({ fn }) => fn.max<MessageId | null>('id').as('id'))
    .executeTakeFirst();
  return row?.id ?? 0;
}

/** One message as it was stored. */
export async function selectMessage(reader: Reader, id: MessageId) {
  return reader
    .selectFrom('messages')
    .select(['id', 'kind', 'text', 'body', 'sent_at'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** What a finding holds against its message. */
export async function selectFindingEvidence(reader: Reader, id: FindingId) {
  return reader
    .selectFrom('findings')
    .leftJoin('publication_texts as texts', 'texts.id', 'findings.text_id')
    .leftJoin('approvals', 'approvals.id', 'findings.approval_id')
    .leftJoin('material_versions as version', 'version.id', 'approvals.version_id')
    .leftJoin('approval_withdrawals as withdrawal', 'withdrawal.approval_id', 'approvals.id')
    .select([
      'findings.message_id',
      'findings.article',
      'findings.verdict',
      'findings.relation',
      'findings.similarity',
      'findings.standing',
      'texts.part',
      'texts.text as approved_text',
      'approvals.id as approval_id',
      'approvals.number',
      'approvals.material_id',
      'approvals.version_id',
      'approvals.approved_at',
      'approvals.expires_at',
      'version.number as version_number',
      'version.title',
      'withdrawal.at as withdrawn_at',
    ])
    .where('findings.id', '=', id)
    .executeTakeFirst();
}
