import { AppError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../contract/handlers.ts';
import type { MaterialId, MaterialVersionId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import type { DiffPool } from '../diff/index.ts';
import { loadDraft, loadVersion, requireMaterial } from '../material/index.ts';
import type { ContentRef, NamedContent, comparisonContract } from './contract.ts';

/** The version of a material that is approved now, or null: what the workflow answers. */
export type FindApproved = (reader: Reader, id: MaterialId) => Promise<MaterialVersionId | null>;

/** Compares contents of materials with each other, and variants with their master, in the thread that compares. */
export function createComparisonHandlers(
  reader: Reader,
  diff: DiffPool,
  findApproved: FindApproved,
): Handlers<typeof comparisonContract> {
  async function load(id: MaterialId, ref: ContentRef): Promise<NamedContent> {
    switch (ref.kind) {
      case 'version':
        return ofVersion(reader, id, ref.versionId);
      case 'approved': {
        const versionId = await findApproved(reader, id);
        if (versionId !== null) return ofVersion(reader, id, versionId);
        throw new AppError(
          'nothing-approved',
          'Nothing of this material is approved now. Compare with one of its versions.',
          { id },
        );
      }
      case 'draft':
        return ofDraft(reader, id);
    }
  }

  return {
    async 'materials.compare'({ id, from, to }) {
      await requireMaterial(reader, id);
      const [older, newer] = [await load(id, from), await load(id, to)];
      return { from: older, to: newer, diff: await diff.compareContents(older.content, newer.content) };
    },
    async 'materials.drift'({ id, of, content }) {
      await requireMaterial(reader, id);
      return { drifts: await diff.driftsOf(content ?? (await load(id, of)).content) };
    },
  };
}

async function ofVersion(
  reader: Reader,
  id: MaterialId,
  versionId: MaterialVersionId,
): Promise<NamedContent> {
  const { materialId, number, createdBy, createdAt, contentHash, content } = await loadVersion(
    reader,
    versionId,
  );
  if (materialId !== id)
    throw new AppError('not-found', 'This material has no such version.', { id: versionId });
  return { versionId, number, revision: null, by: createdBy, at: createdAt, contentHash, content };
}

async function ofDraft(reader: Reader, id: MaterialId): Promise<NamedContent> {
  const draft = await loadDraft(reader, id);
  return {
    versionId: null,
    number: draft.latestNumber,
    revision: draft.revision,
    by: draft.savedBy,
    at: draft.savedAt,
    contentHash: draft.contentHash,
    content: draft.content,
  };
}
