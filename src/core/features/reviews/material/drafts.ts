import { AppError } from '../../../contract/errors.ts';
import type { SignedIn } from '../../../contract/handlers.ts';
import type { MaterialId } from '../../../contract/ids.ts';
import type { Writer } from '../../../platform/database/connection.ts';
import { recordAudit } from '../../audit/index.ts';
import type { ClaimedExemption } from '../precheck/model.ts';
import { MaterialContent, type SavedDraft } from './contract.ts';
import {
  type DraftHead,
  addDraftEditor,
  selectDraftEditors,
  selectDraftHead,
  updateDraft,
} from './draft-repository.ts';
import { type MaterialServices, requireFiles } from './files.ts';
import { searchKey } from './model.ts';
import { type MaterialRecord, updateMaterial } from './repository.ts';
import { type HashedContent, hashContent, readContent, storedExemptions } from './stored.ts';
import { selectLatestVersion, selectVersion } from './version-repository.ts';
import { requireMaterial } from './views.ts';

/** A pause after which the same person's autosaves count as a new series: as long as a tea break. */
const seriesPause = 10 * 60_000;

/** What lists show of a content. */
export function listedColumns({ title, fields }: MaterialContent) {
  return {
    title,
    title_key: searchKey(title),
    channels: `,${fields.channels.map((channel) => `${channel},`).join('')}`,
    branch: fields.branch,
    campaign: fields.campaign,
    product_type: fields.productType,
    product_name: fields.productName,
    valid_until: fields.validUntil,
  };
}

/** The material, where it may still be changed: `material-retired` where it may not. */
export async function requireEditable(writer: Writer, id: MaterialId): Promise<MaterialRecord> {
  const material = await requireMaterial(writer, id);
  if (material.retired_at !== null) {
    throw new AppError(
      'material-retired',
      'This material was taken out of use and can no longer be changed. Copy it to go on with its text.',
      { id },
    );
  }
  return material;
}

export async function requireHead(writer: Writer, id: MaterialId): Promise<DraftHead> {
  const head = await selectDraftHead(writer, id);
  if (head === undefined) throw new Error(`the material ${id} has no draft`);
  return head;
}

/** Throws unless the caller has seen the newest revision. */
export function requireRevision(head: DraftHead, baseRevision: number): void {
  if (head.revision === baseRevision) return;
  throw new AppError(
    'draft-conflict',
    `${head.updated_by_name} saved this draft meanwhile (revision ${head.revision}). Your text was not saved over it: merge the two, then save.`,
    {
      by: head.updated_by_name,
      userId: head.updated_by,
      at: head.updated_at,
      revision: head.revision,
    },
  );
}

/**
 * Saves the whole draft as its next revision. Nothing happens where it is as it was: also when a save whose answer was lost
 * comes again. Throws `draft-conflict`, `material-retired`, `not-found`, `bad-input` where the type is another or a file is
 * not the material's.
 */
export async function saveDraft(
  writer: Writer,
  services: MaterialServices,
  user: SignedIn,
  request: {
    readonly id: MaterialId;
    readonly hashed: HashedContent;
    readonly exemptions: readonly ClaimedExemption[];
    readonly baseRevision: number;
  },
): Promise<SavedDraft> {
  const { id, hashed, baseRevision } = request;
  const material = await requireEditable(writer, id);
  const head = await requireHead(writer, id);
  const exemptions = storedExemptions(request.exemptions);
  if (head.content_hash === hashed.hash && head.exemptions === exemptions) {
    return savedDraft(head, material.draft_differs === 1);
  }
  requireRevision(head, baseRevision);
  if (hashed.content.type !== material.type) {
    throw new AppError('bad-input', 'A material keeps its type. Copy it to make another type of it.', {
      path: 'content.type',
      problem: 'type-changed',
    });
  }
  await requireFiles(writer, services, user, { id, content: hashed.content });
  return replaceDraft(writer, services, user, { head, hashed, exemptions, action: 'materials.saveDraft' });
}

/** Puts what the newest version has, or an empty content, back into the draft. */
export async function discardDraft(
  writer: Writer,
  services: MaterialServices,
  user: SignedIn,
  { id, baseRevision }: { readonly id: MaterialId; readonly baseRevision: number },
): Promise<void> {
  const material = await requireEditable(writer, id);
  const head = await requireHead(writer, id);
  requireRevision(head, baseRevision);
  const version =
    material.latest_version_id === null ? undefined : await selectVersion(writer, material.latest_version_id);
  const hashed = hashContent(
    version === undefined ? MaterialContent.parse({ type: material.type }) : readContent(version.content),
  );
  const exemptions = version?.exemptions ?? storedExemptions([]);
  if (head.content_hash === hashed.hash && head.exemptions === exemptions) return;
  await replaceDraft(writer, services, user, { head, hashed, exemptions, action: 'materials.discardDraft' });
}

async function replaceDraft(
  writer: Writer,
  services: MaterialServices,
  user: SignedIn,
  change: {
    readonly head: DraftHead;
    readonly hashed: HashedContent;
    readonly exemptions: string;
    readonly action: 'materials.saveDraft' | 'materials.discardDraft';
  },
): Promise<SavedDraft> {
  const { head, hashed, exemptions, action } = change;
  const id = head.material_id;
  const now = services.clock.now();
  const revision = head.revision + 1;
  const pause = now - head.updated_at;
  const editors = await selectDraftEditors(writer, id);
  const sameSeries =
    head.updated_by === user.userId &&
    // Also where the clock was set back.
    Math.abs(pause) < seriesPause &&
    // A version ends the series: it clears the draft's editors.
    editors.some((editor) => editor.id === user.userId);
  const seriesFrom = sameSeries ? head.series_from : revision;
  const latest = await selectLatestVersion(writer, id);
  const differs = latest?.content_hash !== hashed.hash || latest.exemptions !== exemptions;
  await updateDraft(writer, id, {
    content: hashed.json,
    content_hash: hashed.hash,
    exemptions,
    revision,
    series_from: seriesFrom,
    updated_by: user.userId,
    updated_at: now,
  });
  await addDraftEditor(writer, id, user.userId);
  await updateMaterial(writer, id, {
    ...listedColumns(hashed.content),
    updated_by: user.userId,
    updated_at: now,
    draft_differs: differs ? 1 : 0,
  });
  await recordAudit(writer, services.clock, user, {
    action,
    recordKind: 'material',
    recordId: id,
    before: { contentHash: head.content_hash, exemptions: head.exemptions },
    after: { contentHash: hashed.hash, exemptions },
    details: { revision, seriesFrom, contentHash: hashed.hash },
  });
  return {
    revision,
    savedBy: { id: user.userId, name: user.displayName },
    savedAt: now,
    differs,
  };
}

function savedDraft(head: DraftHead, differs: boolean): SavedDraft {
  return {
    revision: head.revision,
    savedBy: { id: head.updated_by, name: head.updated_by_name },
    savedAt: head.updated_at,
    differs,
  };
}
