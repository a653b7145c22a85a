import { AppError } from '../../../contract/errors.ts';
import type { MaterialId, MaterialVersionId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import type { DiffPool } from '../diff/index.ts';
import type { ContentDiff, VariantDrift } from '../diff/contract.ts';
import type { ContentRef, MaterialContent, NamedContent } from './contract.ts';
import { loadDraft, loadVersion, requireMaterial } from './views.ts';

/** The version of a material that is approved now, or null: what the workflow answers. */
export type FindApproved = (reader: Reader, id: MaterialId) => Promise<MaterialVersionId | null>;

export interface Compared {
  readonly from: NamedContent;
  readonly to: NamedContent;
  readonly diff: ContentDiff;
}

export interface Comparer {
  /** Throws `not-found`, and `nothing-approved` where that is asked for and there is nothing. */
  compare(request: {
    readonly id: MaterialId;
    readonly from: ContentRef;
    readonly to: ContentRef;
  }): Promise<Compared>;
  /** The drift of each variant, of the content itself where one is given. */
  drift(request: {
    readonly id: MaterialId;
    readonly of: ContentRef;
    readonly content: MaterialContent | null;
  }): Promise<{ drifts: VariantDrift[] }>;
}

export function createComparer(reader: Reader, diff: DiffPool, findApproved: FindApproved): Comparer {
  async function load(id: MaterialId, ref: ContentRef): Promise<NamedContent> {
    switch (ref.kind) {
      case 'version':
        return ofVersion(reader, ref.versionId);
      case 'approved': {
        const versionId = await findApproved(reader, id);
        if (versionId !== null) return ofVersion(reader, versionId);
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
    async compare({ id, from, to }) {
      await requireMaterial(reader, id);
      const [older, newer] = [await load(id, from), await load(id, to)];
      return { from: older, to: newer, diff: await diff.compareContents(older.content, newer.content) };
    },
    async drift({ id, of, content }) {
      await requireMaterial(reader, id);
      return { drifts: await diff.driftsOf(content ?? (await load(id, of)).content) };
    },
  };
}

async function ofVersion(reader: Reader, id: MaterialVersionId): Promise<NamedContent> {
  const { number, createdBy, createdAt, contentHash, content } = await loadVersion(reader, id);
  return { versionId: id, number, revision: null, by: createdBy, at: createdAt, contentHash, content };
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
