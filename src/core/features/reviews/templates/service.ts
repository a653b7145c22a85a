import { AppError } from '../../../contract/errors.ts';
import { type Handlers, type SignedIn, requireUser } from '../../../contract/handlers.ts';
import { Milliseconds, WorkflowTemplateId, WorkflowTemplateVersionId } from '../../../contract/ids.ts';
import type { Writer } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { canonicalJson, contentHash, recordAudit } from '../../audit/index.ts';
import type { TemplateContent, templatesContract } from './contract.ts';
import { problemsOf } from './model.ts';
import {
  type TemplateRow,
  insertTemplate,
  insertTemplateVersion,
  nextTemplateNumber,
  selectPublished,
  selectTemplateVersions,
  updateTemplate,
} from './repository.ts';
import { readStarterTemplates } from './starters.ts';
import {
  loadTemplate,
  loadTemplates,
  readTemplate,
  requireTemplate,
  templateFor,
  templateVersionView,
} from './views.ts';

/** Workflow templates: a draft each, and published versions, which never change. */
export function createTemplateHandlers(services: Services): Handlers<typeof templatesContract> {
  const reader = services.connection.query;

  async function change<Result>(run: (writer: Writer) => Promise<Result>): Promise<Result> {
    const result = await reader.transaction().execute(run);
    services.emit({ type: 'changed', topics: ['templates', 'audit'] });
    return result;
  }

  return {
    'templates.list': () => loadTemplates(reader),
    async 'templates.versions'({ id }) {
      await requireTemplate(reader, id);
      return (await selectTemplateVersions(reader, id)).map(templateVersionView);
    },
    'templates.choose': (applicant) => templateFor(reader, applicant),

    async 'templates.create'({ content }, context) {
      const user = requireUser(context);
      return change(async (writer) =>
        loadTemplate(writer, await createTemplate(writer, services, user, content)),
      );
    },

    async 'templates.saveDraft'({ id, content, expectedUpdatedAt }, context) {
      const user = requireUser(context);
      return change(async (writer) => {
        const before = await requireUnchanged(writer, id, expectedUpdatedAt);
        await updateTemplate(writer, id, {
          draft: JSON.stringify(content),
          updated_at: after(before, services),
        });
        await recordAudit(writer, services.clock, user, {
          action: 'templates.saveDraft',
          recordKind: 'template',
          recordId: id,
          before: before.draft === null ? undefined : readTemplate(before.draft),
          after: content,
          details: { name: content.name },
        });
        return loadTemplate(writer, id);
      });
    },

    async 'templates.discardDraft'({ id }, context) {
      const user = requireUser(context);
      return change(async (writer) => {
        const before = await requireTemplate(writer, id);
        if (before.draft === null || before.published_version === null) {
          throw new AppError('conflict', 'There is no draft beside what is published.', { id });
        }
        await updateTemplate(writer, id, { draft: null, updated_at: after(before, services) });
        await recordAudit(writer, services.clock, user, {
          action: 'templates.discardDraft',
          recordKind: 'template',
          recordId: id,
          before: readTemplate(before.draft),
        });
        return loadTemplate(writer, id);
      });
    },

    async 'templates.publish'({ id, expectedUpdatedAt }, context) {
      const user = requireUser(context);
      return change(async (writer) => {
        await publish(writer, services, user, await requireUnchanged(writer, id, expectedUpdatedAt));
        return loadTemplate(writer, id);
      });
    },

    async 'templates.setActive'({ id, active }, context) {
      const user = requireUser(context);
      return change(async (writer) => {
        const before = await requireTemplate(writer, id);
        await updateTemplate(writer, id, { active: active ? 1 : 0, updated_at: after(before, services) });
        await recordAudit(writer, services.clock, user, {
          action: 'templates.setActive',
          recordKind: 'template',
          recordId: id,
          before: { active: before.active === 1 },
          after: { active },
          details: { active },
        });
        return loadTemplate(writer, id);
      });
    },

    async 'templates.addStarters'(_input, context) {
      const user = requireUser(context);
      const starters = await readStarterTemplates(services.resources);
      return change(async (writer) => {
        await addStarterTemplates(writer, services, user, starters);
        return loadTemplates(writer);
      });
    },
  };
}

/** Adds and publishes the templates whose name is not there yet. */
async function addStarterTemplates(
  writer: Writer,
  services: Pick<Services, 'clock' | 'ids'>,
  user: SignedIn,
  starters: readonly TemplateContent[],
): Promise<void> {
  const names = new Set(
    (await loadTemplates(writer)).map(({ published, draft }) => (published?.content ?? draft)?.name),
  );
  const missing = starters.filter(({ name }) => !names.has(name));
  await recordAudit(writer, services.clock, user, {
    action: 'templates.addStarters',
    recordKind: 'template',
    recordId: 'starters',
    details: { count: missing.length },
  });
  for (const content of missing) {
    const id = await createTemplate(writer, services, user, content);
    await publish(writer, services, user, await requireTemplate(writer, id));
  }
}

async function createTemplate(
  writer: Writer,
  services: Pick<Services, 'clock' | 'ids'>,
  user: SignedIn,
  content: TemplateContent,
): Promise<WorkflowTemplateId> {
  const id = services.ids.next(WorkflowTemplateId);
  const at = services.clock.now();
  await insertTemplate(writer, {
    id,
    number: await nextTemplateNumber(writer),
    active: 1,
    draft: JSON.stringify(content),
    published_version: null,
    created_by: user.userId,
    created_at: at,
    updated_at: at,
  });
  await recordAudit(writer, services.clock, user, {
    action: 'templates.create',
    recordKind: 'template',
    recordId: id,
    after: content,
    details: { name: content.name },
  });
  return id;
}

async function publish(
  writer: Writer,
  services: Pick<Services, 'clock' | 'ids'>,
  user: SignedIn,
  row: TemplateRow,
): Promise<void> {
  if (row.draft === null) {
    throw new AppError('conflict', 'Nothing differs from what is published.', { id: row.id });
  }
  const content = readTemplate(row.draft);
  const [problem] = problemsOf(content);
  if (problem !== undefined) {
    throw new AppError(
      'template-invalid',
      `This template can't be published yet (${problem.kind}). Correct it first.`,
      { problem: problem.kind, stage: problem.stage },
    );
  }
  const published = await selectPublished(writer);
  const taken = published.find(
    (other) => other.template_id !== row.id && readTemplate(other.content).name === content.name,
  );
  if (taken !== undefined) {
    throw new AppError('name-taken', `There is already a template named ${content.name}.`, {
      name: content.name,
    });
  }
  const number = (row.published_version ?? 0) + 1;
  const hash = contentHash(content) ?? '';
  await insertTemplateVersion(writer, {
    id: services.ids.next(WorkflowTemplateVersionId),
    template_id: row.id,
    number,
    content: canonicalJson(content),
    content_hash: hash,
    published_by: user.userId,
    published_at: services.clock.now(),
  });
  await updateTemplate(writer, row.id, {
    draft: null,
    published_version: number,
    updated_at: after(row, services),
  });
  await recordAudit(writer, services.clock, user, {
    action: 'templates.publish',
    recordKind: 'template',
    recordId: row.id,
    after: content,
    details: { name: content.name, version: number, contentHash: hash },
  });
}

async function requireUnchanged(
  writer: Writer,
  id: WorkflowTemplateId,
  expectedUpdatedAt: Milliseconds,
): Promise<TemplateRow> {
  const row = await requireTemplate(writer, id);
  if (row.updated_at !== expectedUpdatedAt) {
    throw new AppError('conflict', 'Somebody changed this template meanwhile. Look at it again.', { id });
  }
  return row;
}

/** Later than the change before it, also within one millisecond: `expectedUpdatedAt` tells two states apart by it. */
function after(row: TemplateRow, { clock }: Pick<Services, 'clock'>): Milliseconds {
  return Milliseconds.parse(Math.max(clock.now(), row.updated_at + 1));
}
