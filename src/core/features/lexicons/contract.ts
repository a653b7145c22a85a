import { z } from 'zod';

import { Done, Label, NoInput, Note } from '../../contract/common.ts';
import { BlobId, LexiconId, LexiconVersionId, Milliseconds, TermId, TermKey } from '../../contract/ids.ts';
import { procedure } from '../../contract/procedure.ts';
import { maxTermLength, severities } from './model.ts';

export const SeverityName = z.enum(severities);
export const foldNames = ['width', 'case', 'invisible'] as const;

/** What a person writes of a term. */
export const TermInput = z.object({
  text: z.string().min(1).max(maxTermLength),
  category: Label,
  severity: SeverityName,
  /** The rule that it rests on: law and clause, or the bank's own policy. */
  basis: z.string().max(1000).default(''),
  note: z.string().max(1000).default(''),
  enabled: z.boolean().default(true),
});
export type TermInput = z.output<typeof TermInput>;

export const TermView = TermInput.extend({ id: TermId, key: TermKey });
export type TermView = z.output<typeof TermView>;

export const LexiconVersionView = z.object({
  id: LexiconVersionId,
  lexiconId: LexiconId,
  /** 1, 2, 3… in the order of publication; the draft has the number that it will get. */
  number: z.number().int(),
  state: z.enum(['draft', 'published']),
  termCount: z.number().int(),
  /** SHA-256 over the canonical form of all terms; null while it is a draft. */
  contentHash: z.string().nullable(),
  createdAt: Milliseconds,
  createdBy: z.string(),
  publishedAt: Milliseconds.nullable(),
  publishedBy: z.string().nullable(),
});
export type LexiconVersionView = z.output<typeof LexiconVersionView>;

export const LexiconView = z.object({
  id: LexiconId,
  name: z.string(),
  description: z.string(),
  origin: z.enum(['starter', 'user']),
  /** False: screening leaves it out. */
  active: z.boolean(),
  published: LexiconVersionView.nullable(),
  draft: LexiconVersionView.nullable(),
});
export type LexiconView = z.output<typeof LexiconView>;

/** Something about a lexicon that works but deserves a look, such as a one-character term. */
export const LexiconWarning = z.object({
  /** A key below `lexicons.warning.`: `one-character`, `empty-term`, `duplicate`, `too-many-terms`… */
  kind: z.string(),
  line: z.number().int().nullable(),
  text: z.string(),
});
export type LexiconWarning = z.output<typeof LexiconWarning>;

export const lexiconsContract = {
  'lexicons.list': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: NoInput,
    output: z.array(LexiconView),
  }),
  'lexicons.versions': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: z.object({ lexiconId: LexiconId }),
    output: z.array(LexiconVersionView),
  }),
  'lexicons.terms': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: z.object({
      versionId: LexiconVersionId,
      query: z.string().max(200).default(''),
      category: z.string().max(200).nullable().default(null),
      severity: SeverityName.nullable().default(null),
      offset: z.number().int().nonnegative().default(0),
      limit: z.number().int().min(1).max(1000).default(200),
    }),
    output: z.object({
      terms: z.array(TermView),
      total: z.number().int(),
      categories: z.array(z.string()),
    }),
  }),
  'lexicons.create': procedure({
    kind: 'mutation',
    permission: 'lexicons:edit',
    input: z.object({ name: Label, description: Note.default('') }),
    output: LexiconView,
  }),
  /** Another `active` than before needs `lexicons:publish` as well: it changes what screening finds. */
  'lexicons.update': procedure({
    kind: 'mutation',
    permission: 'lexicons:edit',
    input: z.object({ id: LexiconId, name: Label, description: Note, active: z.boolean() }),
    output: LexiconView,
  }),
  /** Copies the published version's terms into a draft; answers the draft that there is when there is one. */
  'lexicons.startDraft': procedure({
    kind: 'mutation',
    permission: 'lexicons:edit',
    input: z.object({ lexiconId: LexiconId }),
    output: LexiconView,
  }),
  'lexicons.discardDraft': procedure({
    kind: 'mutation',
    permission: 'lexicons:edit',
    input: z.object({ lexiconId: LexiconId }),
    output: LexiconView,
  }),
  /** Adds (no id) or changes (id) one term of a draft. */
  'lexicons.saveTerm': procedure({
    kind: 'mutation',
    permission: 'lexicons:edit',
    input: z.object({ versionId: LexiconVersionId, id: TermId.nullable(), term: TermInput }),
    output: z.object({ term: TermView, warnings: z.array(LexiconWarning) }),
  }),
  'lexicons.removeTerms': procedure({
    kind: 'mutation',
    permission: 'lexicons:edit',
    input: z.object({ versionId: LexiconVersionId, ids: z.array(TermId).min(1).max(10_000) }),
    output: Done,
  }),
  /** Reads a .txt, .csv or .json file into the lexicon's draft (started when there is none). */
  'lexicons.importTerms': procedure({
    kind: 'mutation',
    permission: 'lexicons:edit',
    input: z.object({
      lexiconId: LexiconId,
      blobId: BlobId,
      fileName: z.string().min(1).max(255),
      mode: z.enum(['add', 'replace']).default('add'),
      /** For files that don't say (a .txt): what every term gets. */
      category: Label.default('未分类'),
      severity: SeverityName.default('medium'),
    }),
    output: z.object({
      lexicon: LexiconView,
      added: z.number().int(),
      updated: z.number().int(),
      unchanged: z.number().int(),
      skipped: z.number().int(),
      warnings: z.array(LexiconWarning),
    }),
  }),
  'lexicons.export': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: z.object({ versionId: LexiconVersionId, format: z.enum(['txt', 'csv', 'json']) }),
    output: z.object({ fileName: z.string(), mediaType: z.string(), content: z.string() }),
  }),
  'lexicons.publish': procedure({
    kind: 'mutation',
    permission: 'lexicons:publish',
    input: z.object({ lexiconId: LexiconId, versionId: LexiconVersionId }),
    output: z.object({ lexicon: LexiconView, warnings: z.array(LexiconWarning) }),
  }),
};
