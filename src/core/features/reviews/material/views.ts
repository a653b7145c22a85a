import { AppError } from '../../../contract/errors.ts';
import type { MaterialId, MaterialVersionId, UserId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import type {
  MaterialCursor,
  MaterialDraft,
  MaterialFilter,
  MaterialRow,
  MaterialSort,
  MaterialVersion,
  MaterialView,
  VersionSummary,
} from './contract.ts';
import { type NamedUser, selectDraft, selectDraftEditors } from './draft-repository.ts';
import { channels } from './model.ts';
import { type MaterialRecord, countMaterials, selectMaterial, selectMaterials } from './repository.ts';
import { readContent, readExemptions, readFindings } from './stored.ts';
import {
  type VersionHead,
  selectLatestVersion,
  selectVersion,
  selectVersionEditors,
  selectVersionHead,
  selectVersionHeads,
} from './version-repository.ts';

/** The material, or `not-found`. */
export async function requireMaterial(reader: Reader, id: MaterialId): Promise<MaterialRecord> {
  const record = await selectMaterial(reader, id);
  if (record === undefined) throw new AppError('not-found', 'There is no such material.', { id });
  return record;
}

/** One page, and how many there are in all where it is the first. */
export async function listMaterials(
  reader: Reader,
  request: {
    readonly filter: MaterialFilter;
    readonly sort: MaterialSort;
    readonly after: MaterialCursor | null;
    readonly limit: number;
  },
  userId: UserId,
): Promise<{ materials: MaterialRow[]; next: MaterialCursor | null; total: number | null }> {
  const records = await selectMaterials(reader, { ...request, userId });
  const page = records.slice(0, request.limit);
  const last = records.length > request.limit ? page.at(-1) : undefined;
  return {
    materials: page.map(rowOf),
    next: last === undefined ? null : { value: sortedValue(last, request.sort.by), id: last.id },
    total: request.after === null ? await countMaterials(reader, request.filter, userId) : null,
  };
}

function sortedValue(record: MaterialRecord, by: MaterialSort['by']): string | number {
  switch (by) {
    case 'updatedAt':
      return record.updated_at;
    case 'createdAt':
      return record.created_at;
    case 'title':
      return record.title_key;
  }
}

function rowOf(record: MaterialRecord): MaterialRow {
  return {
    id: record.id,
    type: record.type,
    state: record.state,
    title: record.title,
    channels: channels.filter((channel) => record.channels.includes(`,${channel},`)),
    branch: record.branch,
    campaign: record.campaign,
    productType: record.product_type,
    productName: record.product_name,
    validUntil: record.valid_until,
    createdBy: { id: record.created_by, name: record.created_by_name },
    createdAt: record.created_at,
    updatedBy: { id: record.updated_by, name: record.updated_by_name },
    updatedAt: record.updated_at,
    latestNumber: record.latest_number,
    latestVersionId: record.latest_version_id,
    draftDiffers: record.draft_differs === 1,
  };
}

export async function loadMaterial(reader: Reader, id: MaterialId): Promise<MaterialView> {
  const record = await requireMaterial(reader, id);
  const latest = await selectLatestVersion(reader, id);
  return {
    ...rowOf(record),
    retired:
      record.retired_at === null || record.retired_by === null
        ? null
        : {
            at: record.retired_at,
            by: { id: record.retired_by, name: record.retired_by_name ?? '' },
            reason: record.retired_reason ?? '',
          },
    latest: latest === undefined ? null : await summaryOf(reader, latest),
  };
}

export async function loadDraft(reader: Reader, id: MaterialId): Promise<MaterialDraft> {
  const [material, draft] = [await requireMaterial(reader, id), await selectDraft(reader, id)];
  if (draft === undefined) throw new Error(`the material ${id} has no draft`);
  return {
    materialId: id,
    content: readContent(draft.content),
    exemptions: readExemptions(draft.exemptions),
    contentHash: draft.content_hash,
    revision: draft.revision,
    savedBy: { id: draft.updated_by, name: draft.updated_by_name },
    savedAt: draft.updated_at,
    editors: [...(await selectDraftEditors(reader, id))],
    latestNumber: material.latest_number,
    differs: material.draft_differs === 1,
  };
}

export async function listVersions(
  reader: Reader,
  { id, before, limit }: { readonly id: MaterialId; readonly before: number | null; readonly limit: number },
): Promise<{ versions: VersionSummary[]; more: boolean }> {
  await requireMaterial(reader, id);
  const heads = await selectVersionHeads(reader, id, before, limit + 1);
  const page = heads.slice(0, limit);
  const editors = await selectVersionEditors(
    reader,
    page.map((head) => head.id),
  );
  return {
    versions: page.map((head) => summary(head, editors.get(head.id) ?? [])),
    more: heads.length > limit,
  };
}

/** A version without its content, or `not-found`. */
export async function loadVersionSummary(reader: Reader, id: MaterialVersionId): Promise<VersionSummary> {
  const head = await selectVersionHead(reader, id);
  if (head === undefined) throw noSuchVersion(id);
  return summaryOf(reader, head);
}

/** A version with its content and what the pre-check found in it, or `not-found`. */
export async function loadVersion(reader: Reader, id: MaterialVersionId): Promise<MaterialVersion> {
  const row = await selectVersion(reader, id);
  if (row === undefined) throw noSuchVersion(id);
  return {
    ...(await summaryOf(reader, row)),
    content: readContent(row.content),
    claimed: readExemptions(row.exemptions),
    found: row.findings === null ? null : readFindings(row.findings),
  };
}

async function summaryOf(reader: Reader, head: VersionHead): Promise<VersionSummary> {
  const editors = await selectVersionEditors(reader, [head.id]);
  return summary(head, editors.get(head.id) ?? []);
}

function summary(head: VersionHead, editors: readonly NamedUser[]): VersionSummary {
  return {
    id: head.id,
    materialId: head.material_id,
    number: head.number,
    title: head.title,
    contentHash: head.content_hash,
    note: head.note,
    createdBy: { id: head.created_by, name: head.created_by_name },
    createdAt: head.created_at,
    editors: [...editors],
    exemptions: head.exemption_count,
    findings:
      head.precheck_at === null
        ? null
        : { at: head.precheck_at, block: head.blocks ?? 0, warn: head.warns ?? 0, note: head.notes ?? 0 },
  };
}

const noSuchVersion = (id: MaterialVersionId) =>
  new AppError('not-found', 'There is no such version of a material.', { id });
