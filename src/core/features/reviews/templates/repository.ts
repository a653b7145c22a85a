import type { Insertable, Selectable, Updateable } from 'kysely';

import type { WorkflowTemplateId, WorkflowTemplateVersionId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Tables } from '../../../platform/database/schema.ts';

/** More templates than a bank has kinds of material, channels and branches that differ. */
const mostTemplates = 2_000;

export type TemplateRow = Selectable<Tables['workflow_templates']>;
export type TemplateVersionRow = NonNullable<Awaited<ReturnType<typeof selectTemplateVersion>>>;

export async function selectTemplates(reader: Reader): Promise<readonly TemplateRow[]> {
  return reader.selectFrom('workflow_templates').selectAll().orderBy('number').limit(mostTemplates).execute();
}

export async function selectTemplate(
  reader: Reader,
  id: WorkflowTemplateId,
): Promise<TemplateRow | undefined> {
  return reader.selectFrom('workflow_templates').selectAll().where('id', '=', id).executeTakeFirst();
}

function versions(reader: Reader) {
  return reader
    .selectFrom('workflow_template_versions as version')
    .innerJoin('users', 'users.id', 'version.published_by')
    .selectAll('version')
    .select('users.display_name as published_by_name');
}

export async function selectTemplateVersion(reader: Reader, id: WorkflowTemplateVersionId) {
  return versions(reader).where('version.id', '=', id).executeTakeFirst();
}

/** Newest first. */
export async function selectTemplateVersions(
  reader: Reader,
  id: WorkflowTemplateId,
): Promise<readonly TemplateVersionRow[]> {
  return versions(reader)
    .where('version.template_id', '=', id)
    .orderBy('version.number', 'desc')
    .limit(500)
    .execute();
}

/** What each template has published last, of those that have. */
export async function selectPublished(reader: Reader): Promise<readonly TemplateVersionRow[]> {
  return versions(reader)
    .innerJoin('workflow_templates as template', (join) =>
      join
        .onRef('template.id', '=', 'version.template_id')
        .onRef('template.published_version', '=', 'version.number'),
    )
    .limit(mostTemplates)
    .execute();
}

/** How many open reviews follow any version of each template. */
export async function countRunning(reader: Reader): Promise<ReadonlyMap<WorkflowTemplateId, number>> {
  const rows = await reader
    .selectFrom('reviews')
    .innerJoin('workflow_template_versions as version', 'version.id', 'reviews.template_version_id')
    .select(['version.template_id', ({ fn }) => fn.countAll<number>().as('count')])
    .where('reviews.closed_at', 'is', null)
    .groupBy('version.template_id')
    .execute();
  return new Map(rows.map((row) => [row.template_id, row.count]));
}

export async function nextTemplateNumber(reader: Reader): Promise<number> {
  const row = await reader
    .selectFrom('workflow_templates')
    .select(({ fn }) => fn.max<number | null>('number').as('last'))
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

export async function insertTemplate(
  writer: Writer,
  row: Insertable<Tables['workflow_templates']>,
): Promise<void> {
  await writer.insertInto('workflow_templates').values(row).execute();
}

export async function updateTemplate(
  writer: Writer,
  id: WorkflowTemplateId,
  change: Updateable<Tables['workflow_templates']>,
): Promise<void> {
  await writer.updateTable('workflow_templates').set(change).where('id', '=', id).execute();
}

export async function insertTemplateVersion(
  writer: Writer,
  row: Insertable<Tables['workflow_template_versions']>,
): Promise<void> {
  await writer.insertInto('workflow_template_versions').values(row).execute();
}
