import { z } from 'zod';

import { Label, Note, Person } from '../../../contract/common.ts';
import { ContentHash, HandoverId, HandoverSnapshotId, Milliseconds } from '../../../contract/ids.ts';
import { languages } from '../../../contract/language.ts';
import { procedure } from '../../../contract/procedure.ts';
import { handoverClasses, handoverStates, outcomes, partyRoles } from '../model.ts';
import { HandoverTarget } from '../sheet/contract.ts';
import {
  FrozenFigures,
  FrozenFinding,
  FrozenHandover,
  FrozenParties,
  FrozenPromise,
  FrozenRow,
} from './document.ts';
import { signingRefusals } from './model.ts';

const Refusal = z.enum(signingRefusals);
const Password = z.string().min(1).max(1_000);

export const Signature = z.object({
  role: z.enum(partyRoles),
  /** The userid of the leaver or taker; empty for the supervisor. */
  party: z.string(),
  by: Person,
  hash: ContentHash,
  reservations: z.string(),
  /** Why the leaver did not sign; then `by` recorded it. */
  absence: z.string().nullable(),
  signedAt: Milliseconds,
});
export type Signature = z.output<typeof Signature>;

export const SnapshotView = z.object({
  id: HandoverSnapshotId,
  /** 1, 2, … within the handover. */
  number: z.number().int(),
  /** SHA-256 of the frozen sheet's canonical JSON. */
  hash: ContentHash,
  /** How many rows were unexplained, each with an explanation in writing. */
  unexplained: z.number().int(),
  frozenBy: Person,
  frozenAt: Milliseconds,
  reopened: z.object({ by: Person, at: Milliseconds, reason: z.string() }).nullable(),
  signatures: z.array(Signature),
});
export type SnapshotView = z.output<typeof SnapshotView>;

/** Where the signing stands, and what the caller may do about it. */
export const SigningView = z.object({
  id: HandoverId,
  state: z.enum(handoverStates),
  /** The frozen sheet that is being signed or was; null while the handover is open. */
  current: SnapshotView.nullable(),
  /** In the order of the register. */
  seats: z.array(
    z.object({
      role: z.enum(partyRoles),
      party: z.string(),
      /** The person's name as far as anybody named it, else the userid. */
      name: z.string(),
      /** Whether an account can sign for this seat. */
      account: Person.nullable(),
      signature: Signature.nullable(),
      /** Why the caller can't sign here; null: they can. */
      refusal: Refusal.nullable(),
    }),
  ),
  may: z.object({
    /** Null: it can be done. What is unexplained is looked at when it is frozen. */
    freeze: Refusal.nullable(),
    recordAbsence: Refusal.nullable(),
    reopen: Refusal.nullable(),
    certificate: Refusal.nullable(),
    /** The register as a workbook. */
    table: Refusal.nullable(),
  }),
});
export type SigningView = z.output<typeof SigningView>;

/** A frozen sheet without its rows. */
export const SnapshotDetail = SnapshotView.extend({
  handoverId: HandoverId,
  /** Whether the stored bytes still have this hash. */
  intact: z.boolean(),
  parties: FrozenParties,
  classes: z.record(z.enum(handoverClasses), FrozenFigures),
  risk: FrozenHandover.shape.risk,
  /** With the first two hundred pieces of evidence each, as of a live sheet. */
  findings: z.array(FrozenFinding),
  promises: z.array(FrozenPromise),
});

export const exportKinds = ['register', 'certificate'] as const;
export const exportFormats = ['pdf', 'xlsx'] as const;

const ExportedFile = z.object({ fileName: Label, mediaType: z.string(), base64: z.base64() });

export const signingContract = {
  'handovers.signing': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({ id: HandoverId }),
    output: SigningView,
  }),
  /**
   * Freezes the sheet, with explanations, findings and promises, as what the parties sign. Refused with `handover-refused` and
   * why in `details.reason`: `unexplained-left` with `count` while rows have no explanation.
   */
  'handovers.freeze': procedure({
    kind: 'mutation',
    permission: 'handovers:manage',
    input: z.object({ id: HandoverId, revision: z.number().int() }),
    output: SigningView,
  }),
  /**
   * Signs in one's own place over the hash that was shown; the signer's password is asked for again (21 CFR 11.200). The last
   * signature makes the handover `signed`.
   */
  'handovers.sign': procedure({
    kind: 'mutation',
    permission: 'handovers:sign',
    input: z.object({
      snapshotId: HandoverSnapshotId,
      hash: ContentHash,
      role: z.enum(partyRoles),
      party: z.string().max(200),
      reservations: Note.default(''),
      password: Password,
    }),
    output: SigningView,
  }),
  /** Records in the leaver's place that, and why, the leaver does not sign. */
  'handovers.recordAbsence': procedure({
    kind: 'mutation',
    permission: 'handovers:sign',
    input: z.object({
      snapshotId: HandoverSnapshotId,
      hash: ContentHash,
      reason: Note.min(1),
      password: Password,
    }),
    output: SigningView,
  }),
  /** Opens it again. What was frozen and signed stays on record and counts no more. */
  'handovers.reopen': procedure({
    kind: 'mutation',
    permission: 'handovers:manage',
    input: z.object({ id: HandoverId, reason: Note.min(1) }),
    output: SigningView,
  }),
  /** All frozen sheets of a handover, newest first. */
  'handovers.snapshots': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({ id: HandoverId }),
    output: z.array(SnapshotView),
  }),
  'handovers.snapshot': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({ id: HandoverSnapshotId }),
    output: SnapshotDetail,
  }),
  /** Rows of one class as they were frozen. */
  'handovers.snapshotRows': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({
      id: HandoverSnapshotId,
      class: z.enum(handoverClasses),
      outcomes: z.array(z.enum(outcomes)).default([]),
      text: z.string().trim().max(100).default(''),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({ rows: z.array(FrozenRow), total: z.number().int() }),
  }),
  /**
   * The handover register (PDF, XLSX) of a frozen sheet, or of the sheet as it stands now, marked as a draft (`snapshotId` null), also
   * for a leaver for whom no handover is opened;
   * the exit certificate (PDF) of a snapshot that everybody has signed: else refused with `not-signed`. On record in the audit log; the
   * leaver's account gets no workbook (`no-table-for-leaver`).
   */
  'handovers.export': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z
      .object({
        target: HandoverTarget,
        snapshotId: HandoverSnapshotId.nullable().default(null),
        kind: z.enum(exportKinds),
        format: z.enum(exportFormats).default('pdf'),
        language: z.enum(languages).default('zh-CN'),
      })
      .refine(({ kind, format }) => kind !== 'certificate' || format === 'pdf', {
        error: 'a certificate is a PDF',
        path: ['format'],
      }),
    output: ExportedFile,
  }),
  /**
   * The frozen sheet itself, byte for byte: its SHA-256 is the hash that was signed, so that a register or certificate can be checked
   * without this app. On record and refused to the leaver's account, as the workbook is; `workspace-damaged` where it was altered.
   */
  'handovers.frozenFile': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({ snapshotId: HandoverSnapshotId, language: z.enum(languages).default('zh-CN') }),
    output: ExportedFile,
  }),
};
