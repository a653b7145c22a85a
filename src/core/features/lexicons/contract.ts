import { z } from 'zod';

import { Done, Label, NoInput, Note } from '../../contract/common.ts';
import {
  BlobId,
  LexiconId,
  LexiconVersionId,
  Milliseconds,
  SuppressionId,
  TermId,
  TermKey,
} from '../../contract/ids.ts';
import { procedure } from '../../contract/procedure.ts';
import { foldNames, mostExampleMessages } from '../screening/model.ts';
import { EntryOptions, LexiconSettings, Suppression } from '../screening/rules/model.ts';
import { backtestsContract } from './backtest-contract.ts';
import { maxTermLength } from './model.ts';
import { FileSettings, SettingsChanges } from './settings-contract.ts';
import { SeverityName } from './severity-name.ts';

export { SeverityName };

/** What a person writes of a term. */
export const TermInput = z.object({
  text: z.string().min(1).max(maxTermLength),
  category: Label,
  severity: SeverityName,
  /** The rule that it rests on: law and clause, or the bank's own policy. */
  basis: z.string().max(1000).default(''),
  note: z.string().max(1000).default(''),
  enabled: z.boolean().default(true),
  /** Rule, folds, scope, exemptions, examples. */
  options: EntryOptions.prefault({}),
});
export type TermInput = z.output<typeof TermInput>;

export const TermView = TermInput.extend({
  id: TermId,
  key: TermKey,
  /** Which state of it this is: whoever changes the entry says which one they had before them. */
  revision: z.number().int(),
});
export type TermView = z.output<typeof TermView>;

export const LexiconVersionView = z.object({
  id: LexiconVersionId,
  lexiconId: LexiconId,
  /** 1, 2, 3… in the order of publication; the draft has the number that it will get. */
  number: z.number().int(),
  state: z.enum(['draft', 'published']),
  termCount: z.number().int(),
  settings: LexiconSettings,
  /** Which state of the settings this is, for `saveSettings`. */
  settingsRevision: z.number().int(),
  /** SHA-256 over the canonical form of the settings and all terms; null while it is a draft. */
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
  /** Of `same-when-folded` in a list of terms: the other term, which stands further up. */
  other: z.string().optional(),
  /** Of what was left out of a .json, which has no lines: which entry it is, from 1. */
  number: z.number().int().optional(),
});
export type LexiconWarning = z.output<typeof LexiconWarning>;

/** Something that keeps a draft from being published. */
export const DraftProblem = z.object({
  /** A key below `lexicons.ruleProblem.`: `missing-term`, `bad-pattern`, `example-fails`… */
  kind: z.string(),
  /** The entry's text; empty where the problem is in the version's settings. */
  entry: z.string(),
  termId: TermId.nullable(),
  detail: z.string(),
});
export type DraftProblem = z.output<typeof DraftProblem>;

/** One piece of a hit: what was written, and what it was read as. */
export const ExplainedStep = z.object({
  start: z.number().int(),
  end: z.number().int(),
  written: z.string(),
  read: z.string(),
  folds: z.array(z.enum(foldNames)),
});
export type ExplainedStep = z.output<typeof ExplainedStep>;

/** A hit in a sample text, with everything that explains it. */
export const TriedHit = z.object({
  /** Null for an entry that is being added. */
  termId: TermId.nullable(),
  key: TermKey.nullable(),
  term: z.string(),
  category: z.string(),
  severity: SeverityName,
  basis: z.string(),
  suggestion: z.string(),
  /** `word`, or the rule's kind. */
  rule: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  text: z.string(),
  folds: z.array(z.enum(foldNames)),
  confidence: z.number(),
  steps: z.array(ExplainedStep),
  /** The phrase that silenced it, or null: it counts. */
  silencedBy: z
    .object({
      phrase: z.string(),
      code: z.string(),
      reason: z.string(),
      /** Whose suppression it is, and until when; null: it is an exemption of the entry. */
      suppression: z.object({ owner: z.string(), expiresAt: Milliseconds }).nullable(),
    })
    .nullable(),
});
export type TriedHit = z.output<typeof TriedHit>;

export const SuppressionView = Suppression.extend({
  id: SuppressionId,
  owner: z.string(),
  reason: z.string(),
  /** From then on it no longer holds. */
  expiresAt: Milliseconds,
  createdAt: Milliseconds,
  /** Set when it was ended before its time. */
  endedAt: Milliseconds.nullable(),
  endedBy: z.string().nullable(),
});
export type SuppressionView = z.output<typeof SuppressionView>;

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
  /** One entry of a version, by its id or its text, and its place in the whole list; null where the version has none such. */
  'lexicons.term': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: z.object({
      versionId: LexiconVersionId,
      by: z.union([z.strictObject({ id: TermId }), z.strictObject({ text: z.string().max(maxTermLength) })]),
    }),
    output: TermView.extend({ place: z.number().int() }).nullable(),
  }),
  /**
   * Adds (no id) or changes (id, and the revision that was changed) one term of a draft. Where somebody else changed or removed
   * it since, `changed-meanwhile`: details say who and when, and the revision that it has now.
   */
  'lexicons.saveTerm': procedure({
    kind: 'mutation',
    permission: 'lexicons:edit',
    input: z
      .object({
        versionId: LexiconVersionId,
        id: TermId.nullable(),
        revision: z.number().int().nonnegative().nullable().default(null),
        term: TermInput,
      })
      .refine(({ id, revision }) => (id === null) === (revision === null), {
        path: ['revision'],
        message: 'a change names the revision that it changes, a new entry names none',
      }),
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
      settings: FileSettings,
      warnings: z.array(LexiconWarning),
    }),
  }),
  /**
   * What importing this file would do about the settings in it, in either mode. A file that can't be read is refused as
   * `importTerms` refuses it. Stores nothing.
   */
  'lexicons.previewImport': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: z.object({ lexiconId: LexiconId, blobId: BlobId, fileName: z.string().min(1).max(255) }),
    output: z.object({ settings: z.object({ add: FileSettings, replace: FileSettings }) }),
  }),
  'lexicons.export': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: z.object({ versionId: LexiconVersionId, format: z.enum(['txt', 'csv', 'json']) }),
    output: z.object({
      fileName: z.string(),
      mediaType: z.string(),
      content: z.string(),
      /** What the format has no place for: rules in a table, all but texts in a .txt. */
      warnings: z.array(LexiconWarning),
    }),
  }),
  'lexicons.publish': procedure({
    kind: 'mutation',
    permission: 'lexicons:publish',
    input: z.object({ lexiconId: LexiconId, versionId: LexiconVersionId }),
    output: z.object({ lexicon: LexiconView, warnings: z.array(LexiconWarning) }),
  }),
  /** The built-in aliases: words, and the forms that an entry with the fold `look-alikes` finds for them. */
  'lexicons.builtInAliases': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: NoInput,
    output: z.array(z.object({ target: z.string(), written: z.array(z.string()) })),
  }),
  /**
   * Folds, aliases (own, and built-in ones that are off) and components of a draft, in place of those of `revision`;
   * `changed-meanwhile` as in `saveTerm`.
   */
  'lexicons.saveSettings': procedure({
    kind: 'mutation',
    permission: 'lexicons:edit',
    input: z.object({
      versionId: LexiconVersionId,
      revision: z.number().int().nonnegative(),
      settings: LexiconSettings,
    }),
    output: LexiconView,
  }),
  /** Screens a sample text with a version, for the rule workbench. Stores nothing. */
  'lexicons.tryText': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: z.object({
      versionId: LexiconVersionId,
      /** Messages of one sender, in order; more than one to try what is split across messages. */
      texts: z.array(z.string().max(100_000)).min(1).max(mostExampleMessages),
      speaker: z.enum(['employee', 'customer']).default('employee'),
      channel: z.enum(['single', 'group']).default('single'),
      /** `HH:MM` in the workspace's time zone; null: now. */
      time: z.string().max(5).nullable().default(null),
      /** An entry as it is being edited, in place of the stored one of this id (null: beside the others). */
      entry: z.object({ id: TermId.nullable(), term: TermInput }).nullable().default(null),
    }),
    output: z.object({
      /** By text, in the order given: a hit that is split stands with its last part. */
      hits: z.array(
        TriedHit.extend({
          index: z.number().int(),
          parts: z.array(
            z.object({
              index: z.number().int(),
              start: z.number().int(),
              end: z.number().int(),
              text: z.string(),
            }),
          ),
        }),
      ),
      problems: z.array(DraftProblem),
      /** Most hits listed are 1,000; how many more there were. */
      more: z.number().int(),
      /** How many hits each entry has that count, listed or not; entries without one are left out. */
      counts: z.array(z.object({ term: z.string(), count: z.number().int() })),
    }),
  }),
  /** What would keep this draft from being published: broken rules, failing examples. */
  'lexicons.checkDraft': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: z.object({ versionId: LexiconVersionId }),
    output: z.object({ problems: z.array(DraftProblem), examples: z.number().int() }),
  }),
  /** What publishing this draft changes in the lexicon's settings; null where nothing, or nothing was published before. */
  'lexicons.settingsChanges': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: z.object({ versionId: LexiconVersionId }),
    output: SettingsChanges.nullable(),
  }),
  'lexicons.suppressions': procedure({
    kind: 'query',
    permission: 'lexicons:read',
    input: z.object({ ended: z.boolean().default(false) }).prefault({}),
    output: z.array(SuppressionView),
  }),
  'lexicons.addSuppression': procedure({
    kind: 'mutation',
    permission: 'lexicons:publish',
    input: z.object({
      suppression: Suppression,
      reason: z.string().trim().min(1).max(1000),
      expiresAt: Milliseconds,
    }),
    output: SuppressionView,
  }),
  'lexicons.endSuppression': procedure({
    kind: 'mutation',
    permission: 'lexicons:publish',
    input: z.object({ id: SuppressionId }),
    output: SuppressionView,
  }),
  ...backtestsContract,
};
