import { z } from 'zod';

import { Note } from '../../../contract/common.ts';
import {
  BlobId,
  CalendarDay,
  ContentHash,
  MaterialId,
  MaterialVersionId,
  Milliseconds,
  UserId,
} from '../../../contract/ids.ts';
import { procedure } from '../../../contract/procedure.ts';
import { ClaimedExemption, PrecheckFinding } from '../precheck/contract.ts';
import { Attachment, MaterialContent } from './content.ts';
import { channels, materialSorts, materialStates, materialTypes, productTypes } from './model.ts';

export * from './content.ts';

/** Somebody with an account, as screens name them. */
export const Who = z.object({ id: UserId, name: z.string() });
export type Who = z.output<typeof Who>;

export const MaterialRow = z.object({
  id: MaterialId,
  type: z.enum(materialTypes),
  state: z.enum(materialStates),
  /** Of the draft, as everything down to `validUntil`. */
  title: z.string(),
  channels: z.array(z.enum(channels)),
  branch: z.string(),
  campaign: z.string(),
  productType: z.enum(productTypes).nullable(),
  productName: z.string(),
  validUntil: CalendarDay.nullable(),
  createdBy: Who,
  createdAt: Milliseconds,
  updatedBy: Who,
  updatedAt: Milliseconds,
  /** The newest version; number 0 and id null before the first. */
  latestNumber: z.number().int(),
  latestVersionId: MaterialVersionId.nullable(),
  /** Whether the draft has something that the newest version has not. */
  draftDiffers: z.boolean(),
});
export type MaterialRow = z.output<typeof MaterialRow>;

/** A version without its content. */
export const VersionSummary = z.object({
  id: MaterialVersionId,
  materialId: MaterialId,
  number: z.number().int(),
  title: z.string(),
  contentHash: ContentHash,
  note: z.string(),
  createdBy: Who,
  createdAt: Milliseconds,
  /** Everyone who saved into it since the version before, its creator, and who began the material. */
  editors: z.array(Who),
  exemptions: z.number().int(),
  /** Null until it has been checked. */
  findings: z
    .object({ at: Milliseconds, block: z.number().int(), warn: z.number().int(), note: z.number().int() })
    .nullable(),
});
export type VersionSummary = z.output<typeof VersionSummary>;

export const MaterialView = MaterialRow.extend({
  retired: z.object({ at: Milliseconds, by: Who, reason: z.string() }).nullable(),
  latest: VersionSummary.nullable(),
});
export type MaterialView = z.output<typeof MaterialView>;

const Exemptions = z.array(ClaimedExemption).max(500);

export const MaterialVersion = VersionSummary.extend({
  content: MaterialContent,
  claimed: z.array(ClaimedExemption),
  found: z.array(PrecheckFinding).nullable(),
});
export type MaterialVersion = z.output<typeof MaterialVersion>;

export const MaterialDraft = z.object({
  materialId: MaterialId,
  content: MaterialContent,
  exemptions: Exemptions,
  contentHash: ContentHash,
  /** Counts every change, for ever: what is newer is told by it, not by the time. */
  revision: z.number().int(),
  savedBy: Who,
  savedAt: Milliseconds,
  /** Who saved into it since the newest version. */
  editors: z.array(Who),
  latestNumber: z.number().int(),
  differs: z.boolean(),
});
export type MaterialDraft = z.output<typeof MaterialDraft>;

export const SavedDraft = z.object({
  revision: z.number().int(),
  savedBy: Who,
  savedAt: Milliseconds,
  differs: z.boolean(),
});
export type SavedDraft = z.output<typeof SavedDraft>;

/** Which materials: every condition that is not null must hold. Retired ones come only where `states` names them. */
export const MaterialFilter = z.object({
  types: z.array(z.enum(materialTypes)).max(50).nullable().default(null),
  states: z.array(z.enum(materialStates)).max(50).nullable().default(null),
  channel: z.enum(channels).nullable().default(null),
  branch: z.string().max(200).nullable().default(null),
  productType: z.enum(productTypes).nullable().default(null),
  /** In the title; width and case are alike. */
  query: z.string().max(200).default(''),
  /** Only what the caller began or edited. */
  mine: z.boolean().default(false),
});
export type MaterialFilter = z.output<typeof MaterialFilter>;

export const MaterialSort = z.object({
  by: z.enum(materialSorts).default('updatedAt'),
  descending: z.boolean().default(true),
});
export type MaterialSort = z.output<typeof MaterialSort>;

/** Where a page ended: the sorted value of its last row, and its id. */
export const MaterialCursor = z.object({ value: z.union([z.string(), z.number()]), id: MaterialId });
export type MaterialCursor = z.output<typeof MaterialCursor>;

export const materialsContract = {
  'materials.list': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({
      filter: MaterialFilter.prefault({}),
      sort: MaterialSort.prefault({}),
      /** `next` of the page before. */
      after: MaterialCursor.nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({
      materials: z.array(MaterialRow),
      next: MaterialCursor.nullable(),
      /** How many there are in all; only on the first page. */
      total: z.number().int().nullable(),
    }),
  }),
  'materials.get': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ id: MaterialId }),
    output: MaterialView,
  }),
  /** Begins a material: empty, with a content, or with that of another one (its draft, or one of its versions). */
  'materials.create': procedure({
    kind: 'mutation',
    permission: 'materials:edit',
    input: z.object({
      type: z.enum(materialTypes),
      content: MaterialContent.nullable().default(null),
      copyOf: z
        .object({ id: MaterialId, versionId: MaterialVersionId.nullable().default(null) })
        .nullable()
        .default(null),
    }),
    output: MaterialView,
  }),
  'materials.draft': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ id: MaterialId }),
    output: MaterialDraft,
  }),
  /**
   * Saves the draft whole, durably. `draft-conflict` where `baseRevision` is not the newest: details say whose save came
   * first (`by`, `userId`), when (`at`) and the `revision`; `materials.draft` has its content. Saving what is there already
   * changes nothing.
   */
  'materials.saveDraft': procedure({
    kind: 'mutation',
    permission: 'materials:edit',
    input: z.object({
      id: MaterialId,
      content: MaterialContent,
      exemptions: Exemptions.default([]),
      baseRevision: z.number().int(),
    }),
    output: SavedDraft,
  }),
  /** Puts the newest version's content back into the draft, or nothing where there is no version. */
  'materials.discardDraft': procedure({
    kind: 'mutation',
    permission: 'materials:edit',
    input: z.object({ id: MaterialId, baseRevision: z.number().int() }),
    output: MaterialDraft,
  }),
  /** Makes a version of the draft. Where nothing changed since the newest one, answers that, with `created` false. */
  'materials.saveVersion': procedure({
    kind: 'mutation',
    permission: 'materials:edit',
    input: z.object({ id: MaterialId, baseRevision: z.number().int(), note: Note.default('') }),
    output: z.object({ version: VersionSummary, created: z.boolean() }),
  }),
  /** Newest first. `before` is the last number of the page before. */
  'materials.versions': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({
      id: MaterialId,
      before: z.number().int().nullable().default(null),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ versions: z.array(VersionSummary), more: z.boolean() }),
  }),
  'materials.version': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ id: MaterialVersionId }),
    output: MaterialVersion,
  }),
  /**
   * Lets the material's contents name an uploaded file, and has its text read. Put the answer into the draft's attachments, or
   * its `blobId` into a picture. `file-empty`, `file-too-large`.
   */
  'materials.attach': procedure({
    kind: 'mutation',
    permission: 'materials:edit',
    input: z.object({ id: MaterialId, blobId: BlobId, name: z.string().min(1).max(1_000) }),
    output: Attachment,
  }),
  /**
   * What the pre-check finds in the draft, or in `content` as an editor has it open. A file that is not read yet is a finding;
   * `changed` with the topic `materials` says when it is.
   */
  'materials.precheck': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ id: MaterialId, content: MaterialContent.nullable().default(null) }),
    output: z.object({ contentHash: ContentHash, findings: z.array(PrecheckFinding) }),
  }),
  /** One of the material's pictures, to be shown. `not-found`, `file-too-large`, `file-not-recognised`. */
  'materials.picture': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ id: MaterialId, blobId: BlobId }),
    output: z.object({ mediaType: z.string(), base64: z.string() }),
  }),
  /** Takes a material out of use, for good. Not while it is under review. */
  'materials.retire': procedure({
    kind: 'mutation',
    permission: 'materials:edit',
    input: z.object({ id: MaterialId, reason: Note.min(1) }),
    output: MaterialView,
  }),
};
