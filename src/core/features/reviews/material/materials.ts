import { AppError } from '../../../contract/errors.ts';
import type { SignedIn } from '../../../contract/handlers.ts';
import { MaterialId, type MaterialVersionId, type UserId } from '../../../contract/ids.ts';
import type { Writer } from '../../../platform/database/connection.ts';
import { recordAudit } from '../../audit/index.ts';
import { MaterialContent } from './contract.ts';
import {
  addDraftEditor,
  insertDraft,
  insertFile,
  selectDraft,
  selectDraftEditors,
  selectFiles,
} from './draft-repository.ts';
import { listedColumns, requireEditable } from './drafts.ts';
import { type MaterialServices, requireFiles } from './files.ts';
import type { MaterialType } from './model.ts';
import { insertMaterial, retire } from './repository.ts';
import { hashContent, readContent, storedExemptions } from './stored.ts';
import { selectEditorsUpTo, selectVersion } from './version-repository.ts';
import { requireMaterial } from './views.ts';

/** Begins a material: empty, with the content, or with a copy of another's draft or version, its files included. */
export async function createMaterial(
  writer: Writer,
  services: MaterialServices,
  user: SignedIn,
  request: {
    readonly type: MaterialType;
    readonly content: MaterialContent | null;
    readonly copyOf: { readonly id: MaterialId; readonly versionId: MaterialVersionId | null } | null;
  },
): Promise<MaterialId> {
  const { type, copyOf } = request;
  if (request.content !== null && copyOf !== null) {
    throw new AppError('bad-input', 'Give a content or what to copy, not both.', {
      path: 'copyOf',
      problem: 'content-and-copy',
    });
  }
  if (request.content !== null && request.content.type !== type) {
    throw new AppError('bad-input', 'The content is of another type than the material.', {
      path: 'content.type',
      problem: 'type-changed',
    });
  }
  const source =
    copyOf === null
      ? (request.content ?? MaterialContent.parse({ type }))
      : { ...(await copiedContent(writer, copyOf)), type };
  const hashed = hashContent(source);
  const exemptions = storedExemptions([]);
  const id = services.ids.next(MaterialId);
  const now = services.clock.now();
  await insertMaterial(writer, {
    id,
    type,
    ...listedColumns(hashed.content),
    created_by: user.userId,
    created_at: now,
    updated_by: user.userId,
    updated_at: now,
    latest_version_id: null,
    draft_differs: 1,
    retired_at: null,
    retired_by: null,
    retired_reason: null,
  });
  if (copyOf !== null) {
    for (const file of await selectFiles(writer, copyOf.id)) {
      await insertFile(writer, { ...file, material_id: id, added_by: user.userId, added_at: now });
    }
  }
  await requireFiles(writer, services, user, { id, content: hashed.content });
  await insertDraft(writer, {
    material_id: id,
    content: hashed.json,
    content_hash: hashed.hash,
    exemptions,
    revision: 1,
    series_from: 1,
    updated_by: user.userId,
    updated_at: now,
  });
  await addDraftEditor(writer, id, user.userId);
  if (copyOf !== null)
    for (const author of await authorsOfCopied(writer, copyOf)) await addDraftEditor(writer, id, author);
  await recordAudit(writer, services.clock, user, {
    action: 'materials.create',
    recordKind: 'material',
    recordId: id,
    after: { contentHash: hashed.hash, exemptions },
    details: { type, contentHash: hashed.hash, copyOf: copyOf?.id ?? null },
  });
  return id;
}

async function copiedContent(
  writer: Writer,
  { id, versionId }: { readonly id: MaterialId; readonly versionId: MaterialVersionId | null },
): Promise<MaterialContent> {
  await requireMaterial(writer, id);
  const source = versionId === null ? await selectDraft(writer, id) : await selectVersion(writer, versionId);
  if (source === undefined || source.material_id !== id) {
    throw new AppError('not-found', 'There is no such version of this material.', { id: versionId });
  }
  return readContent(source.content);
}

/** Whose words a copy has: nobody approves their own because somebody else copied them. */
async function authorsOfCopied(
  writer: Writer,
  { id, versionId }: { readonly id: MaterialId; readonly versionId: MaterialVersionId | null },
): Promise<readonly UserId[]> {
  if (versionId !== null) return selectEditorsUpTo(writer, versionId);
  const latest = (await requireMaterial(writer, id)).latest_version_id;
  const saved = (await selectDraftEditors(writer, id)).map((editor) => editor.id);
  return latest === null ? saved : [...saved, ...(await selectEditorsUpTo(writer, latest))];
}

/** Takes a material out of use. Throws `material-in-review` while reviewers have it before them. */
export async function retireMaterial(
  writer: Writer,
  services: MaterialServices,
  user: SignedIn,
  { id, reason }: { readonly id: MaterialId; readonly reason: string },
): Promise<void> {
  const material = await requireEditable(writer, id);
  if (material.state === 'in-review') {
    throw new AppError(
      'material-in-review',
      'This material is under review. Withdraw it from review first.',
      { id },
    );
  }
  await retire(writer, id, { by: user.userId, at: services.clock.now(), reason });
  await recordAudit(writer, services.clock, user, {
    action: 'materials.retire',
    recordKind: 'material',
    recordId: id,
    before: { state: material.state },
    after: { state: 'retired', reason },
    details: { was: material.state, reason },
  });
}
