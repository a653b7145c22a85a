import { AppError } from '../../../contract/errors.ts';
import type { WorkflowTemplateId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import { TemplateContent, type TemplateVersionView, type TemplateView } from './contract.ts';
import { type Applicant, chooseTemplate, problemsOf } from './model.ts';
import {
  type TemplateRow,
  type TemplateVersionRow,
  countRunning,
  selectPublished,
  selectTemplate,
  selectTemplates,
} from './repository.ts';

export function readTemplate(json: string): TemplateContent {
  return TemplateContent.parse(JSON.parse(json));
}

export function templateVersionView(row: TemplateVersionRow): TemplateVersionView {
  return {
    id: row.id,
    templateId: row.template_id,
    number: row.number,
    content: readTemplate(row.content),
    contentHash: row.content_hash,
    publishedAt: row.published_at,
    publishedBy: row.published_by_name,
  };
}

export async function loadTemplates(reader: Reader): Promise<TemplateView[]> {
  const published = new Map((await selectPublished(reader)).map((row) => [row.template_id, row]));
  const running = await countRunning(reader);
  return (await selectTemplates(reader)).map((row) =>
    view(row, published.get(row.id), running.get(row.id) ?? 0),
  );
}

function view(row: TemplateRow, published: TemplateVersionRow | undefined, running: number): TemplateView {
  const draft = row.draft === null ? null : readTemplate(row.draft);
  return {
    id: row.id,
    number: row.number,
    active: row.active === 1,
    published: published === undefined ? null : templateVersionView(published),
    draft,
    problems: draft === null ? [] : problemsOf(draft).map((problem) => ({ ...problem })),
    runningReviews: running,
    updatedAt: row.updated_at,
  };
}

export async function loadTemplate(reader: Reader, id: WorkflowTemplateId): Promise<TemplateView> {
  const found = (await loadTemplates(reader)).find((template) => template.id === id);
  if (found === undefined) throw new AppError('not-found', 'There is no such workflow template.', { id });
  return found;
}

export async function requireTemplate(reader: Reader, id: WorkflowTemplateId): Promise<TemplateRow> {
  const row = await selectTemplate(reader, id);
  if (row === undefined) throw new AppError('not-found', 'There is no such workflow template.', { id });
  return row;
}

/** The published template that a review of such a material takes; null where none applies. */
export async function templateFor(reader: Reader, applicant: Applicant): Promise<TemplateVersionView | null> {
  const active = new Map(
    (await selectTemplates(reader)).filter(({ active }) => active === 1).map((row) => [row.id, row.number]),
  );
  const candidates = (await selectPublished(reader)).flatMap((row) => {
    const number = active.get(row.template_id);
    return number === undefined ? [] : [{ number, version: templateVersionView(row) }];
  });
  return (
    chooseTemplate(
      candidates.map(({ number, version }) => ({ number, content: version.content, version })),
      applicant,
    )?.version ?? null
  );
}
