import type { SignedIn } from '../../../contract/handlers.ts';
import { type MaterialId, MaterialVersionId, type UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import { recordAudit } from '../../audit/index.ts';
import type { VersionSummary } from './contract.ts';
import { clearDraftEditors, selectDraft, selectDraftEditors } from './draft-repository.ts';
import { requireEditable, requireHead, requireRevision } from './drafts.ts';
import { type MaterialServices, attachersOf } from './files.ts';
import { updateMaterial } from './repository.ts';
import { readExemptions } from './stored.ts';
import {
  insertVersion,
  selectEditorsUpTo,
  selectLatestVersion,
  selectVersionEditors,
  selectVersionHead,
} from './version-repository.ts';
import { loadVersionSummary } from './views.ts';

/**
 * Makes a version of the draft as it stands at `baseRevision`. Where content and claimed exemptions are those of the newest
 * version, that one is answered, with `created` false. Throws `draft-conflict`, `material-retired`, `not-found`.
 */
export async function saveVersion(
  writer: Writer,
  services: MaterialServices,
  user: SignedIn,
  request: { readonly id: MaterialId; readonly baseRevision: number; readonly note: string },
): Promise<{ version: VersionSummary; created: boolean }> {
  const { id, baseRevision, note } = request;
  const material = await requireEditable(writer, id);
  requireRevision(await requireHead(writer, id), baseRevision);
  const draft = await selectDraft(writer, id);
  if (draft === undefined) throw new Error(`the material ${id} has no draft`);
  const latest = await selectLatestVersion(writer, id);
  if (latest?.content_hash === draft.content_hash && latest.exemptions === draft.exemptions) {
    return { version: await loadVersionSummary(writer, latest.id), created: false };
  }
  const versionId = services.ids.next(MaterialVersionId);
  const number = (latest?.number ?? 0) + 1;
  const now = services.clock.now();
  const saved = await selectDraftEditors(writer, id);
  const editors = new Set<UserId>([
    ...saved.map((editor) => editor.id),
    ...(await attachersOf(writer, id, draft.content)),
    user.userId,
    material.created_by,
  ]);
  await insertVersion(
    writer,
    {
      id: versionId,
      material_id: id,
      number,
      title: material.title,
      content: draft.content,
      content_hash: draft.content_hash,
      exemptions: draft.exemptions,
      exemption_count: readExemptions(draft.exemptions).length,
      note,
      created_by: user.userId,
      created_at: now,
      findings: null,
      blocks: null,
      warns: null,
      notes: null,
      precheck_at: null,
    },
    [...editors],
  );
  await clearDraftEditors(writer, id);
  await updateMaterial(writer, id, {
    latest_number: number,
    latest_version_id: versionId,
    draft_differs: 0,
    updated_by: user.userId,
    updated_at: now,
  });
  await recordAudit(writer, services.clock, user, {
    action: 'materials.saveVersion',
    recordKind: 'material',
    recordId: id,
    before:
      latest === undefined ? undefined : { contentHash: latest.content_hash, exemptions: latest.exemptions },
    after: { contentHash: draft.content_hash, exemptions: draft.exemptions },
    details: {
      version: number,
      versionId,
      contentHash: draft.content_hash,
      editors: editors.size,
      revision: draft.revision,
    },
  });
  return { version: await loadVersionSummary(writer, versionId), created: true };
}

/** Who had a hand in a version, for the rule that nobody approves their own work. All of it is permanent. */
export interface VersionHands {
  /** Who made the version. */
  readonly preparer: UserId;
  /**
   * Everyone who saved into it since the version before or attached what it names, its preparer, who began the material, and for a
   * first version everyone who edited what it was copied from.
   */
  readonly editors: readonly UserId[];
  /** These, and everyone who edited a version before it: what they wrote may still stand in it. */
  readonly everyEditor: readonly UserId[];
}

/** Null where there is no such version. */
export async function handsOf(reader: Reader, id: MaterialVersionId): Promise<VersionHands | null> {
  const head = await selectVersionHead(reader, id);
  if (head === undefined) return null;
  const editors = await selectVersionEditors(reader, [id]);
  return {
    preparer: head.created_by,
    editors: (editors.get(id) ?? []).map((editor) => editor.id),
    everyEditor: await selectEditorsUpTo(reader, id),
  };
}
