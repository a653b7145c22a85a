import { z } from 'zod';

import { NoInput, Note } from '../../contract/common.ts';
import {
  BlobId,
  CalendarDay,
  ConversationId,
  ImportFileId,
  ImportId,
  JobId,
  MessageId,
  Milliseconds,
  PersonId,
  QuarantineId,
  SearchId,
} from '../../contract/ids.ts';
import { procedure } from '../../contract/procedure.ts';
import { feedKinds } from '../feeds/model.ts';
import { importKinds } from './model.ts';

/** `employee` has a WeCom account of ours, `customer` is `wm…`, `partner` (another company's member) is `wo…`. */
export const personKinds = ['employee', 'customer', 'partner'] as const;

export const PersonView = z.object({
  id: PersonId,
  /** The id in WeCom: a userid, `wm…` or `wo…`. */
  externalId: z.string(),
  kind: z.enum(personKinds),
  /** From a roster; null while only the id is known. */
  name: z.string().nullable(),
  branch: z.string().nullable(),
  position: z.string().nullable(),
});
export type PersonView = z.output<typeof PersonView>;

export const ConversationView = z.object({
  id: ConversationId,
  kind: z.enum(['single', 'group']),
  /** The room's id; null for a conversation of two. */
  roomId: z.string().nullable(),
  /** Up to five members, employees first; `memberCount` has the true number. */
  members: z.array(PersonView),
  memberCount: z.number().int(),
  messageCount: z.number().int(),
  firstAt: Milliseconds,
  lastAt: Milliseconds,
  /** The newest message's first words, personal data masked. */
  preview: z.string(),
  openHits: z.number().int(),
});
export type ConversationView = z.output<typeof ConversationView>;

/**
 * A piece of a message that a person typed or was shown, and that is therefore screened: `text.content`,
 * `link.title`, `chatrecord.item[0].content`… Hits point into one of these.
 */
export const MessageField = z.object({ path: z.string(), text: z.string() });
export type MessageField = z.output<typeof MessageField>;

export const MessageView = z.object({
  id: MessageId,
  msgid: z.string(),
  conversationId: ConversationId.nullable(),
  sender: PersonView.nullable(),
  recipients: z.array(PersonView),
  sentAt: Milliseconds,
  action: z.string(),
  /** The msgtype as it stands in the archive; `switch` for action switch. */
  kind: z.string(),
  /** Text fields, personal data replaced by `*` of the same length unless revealed. */
  fields: z.array(MessageField),
  /** The message's body as parsed JSON (masked likewise), for rendering kinds other than text. Null for plain text. */
  body: z.json().nullable(),
  /** True where something in `fields` or `body` was masked. */
  masked: z.boolean(),
  /** Set on a message that a later `revoke` refers to. */
  revokedAt: Milliseconds.nullable(),
  /** Set on a `revoke`: what it revokes, when that is in the archive. */
  revokes: MessageId.nullable(),
  source: z.object({ importId: ImportId, fileName: z.string(), line: z.number().int() }),
});
export type MessageView = z.output<typeof MessageView>;

export const ImportKind = z.enum(importKinds);
export const ImportCounts = z.object({
  read: z.number().int(),
  imported: z.number().int(),
  duplicates: z.number().int(),
  quarantined: z.number().int(),
});
export type ImportCounts = z.output<typeof ImportCounts>;

export const ImportFileView = ImportCounts.extend({
  id: ImportFileId,
  name: z.string(),
  kind: z.enum(['chat', ...feedKinds, 'mixed', 'unknown']),
  bytes: z.number().int(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** Why it failed, an error body. */
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    })
    .nullable(),
  /** Members of a zip that are no archive and were passed over: the first names, and how many there are. */
  skipped: z.object({ names: z.array(z.string()), count: z.number().int() }).nullable(),
});
export type ImportFileView = z.output<typeof ImportFileView>;

/** The counts of an import are over all its files; `messages` and `people` say what they are made of. */
export const ImportView = ImportCounts.extend({
  id: ImportId,
  jobId: JobId,
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  startedBy: z.string(),
  startedAt: Milliseconds,
  finishedAt: Milliseconds.nullable(),
  /** The day that the files are of, where whoever imported has named it. */
  asOf: CalendarDay.nullable(),
  /** Entries of chat archives (and of files that nobody could recognise). */
  messages: ImportCounts,
  /** Records of rosters and of lists of customers. */
  people: ImportCounts,
  /** Records of all other feeds: groups, transfers, events… */
  records: ImportCounts,
  files: z.array(ImportFileView),
});
export type ImportView = z.output<typeof ImportView>;

/** What a day's archive of one employee lacks. `employee` is null for entries that name nobody. */
export const CompletenessRow = z.object({
  employee: PersonView.nullable(),
  /** Calendar day in the workspace's time zone, `2026-03-31`; null for entries without a time. */
  day: z.string().nullable(),
  messages: z.number().int(),
  danglingRevokes: z.number().int(),
  undecryptable: z.number().int(),
  customersWithoutConsent: z.number().int(),
});

export const CompletenessReport = z.object({
  importId: ImportId,
  /** Ranges of `seq` missing between the least and the greatest seen, ends included; at most 1,000 are listed. */
  sequenceGaps: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      count: z.number().int(),
      /** The employee and day of the message just before the gap. */
      employee: PersonView.nullable(),
      day: z.string().nullable(),
    }),
  ),
  missingSequences: z.number().int(),
  /** False where the file carries no seq (decrypted messages without their envelope): gaps can't be seen. */
  hasSequences: z.boolean(),
  danglingRevokes: z.number().int(),
  undecryptable: z.number().int(),
  rows: z.array(CompletenessRow),
});
export type CompletenessReport = z.output<typeof CompletenessReport>;

export const QuarantineView = z.object({
  id: QuarantineId,
  importId: ImportId,
  fileName: z.string(),
  line: z.number().int(),
  /** A key below `imports.reason.` in the i18n files: `broken-json`, `no-msgid`, `invalid-utf8`… */
  reason: z.string(),
  detail: z.string(),
  /**
   * The raw bytes, at most the first 65,536, as base64, personal data replaced by `*` of the same length; `size` is the
   * entry's full length.
   */
  raw: z.string(),
  size: z.number().int(),
});
export type QuarantineView = z.output<typeof QuarantineView>;

/** Which messages: every condition that is not null must hold. */
export const ArchiveFilter = z.object({
  conversationId: ConversationId.nullable().default(null),
  personId: PersonId.nullable().default(null),
  branch: z.string().max(200).nullable().default(null),
  from: Milliseconds.nullable().default(null),
  to: Milliseconds.nullable().default(null),
  kinds: z.array(z.string().max(64)).max(100).nullable().default(null),
});
export type ArchiveFilter = z.output<typeof ArchiveFilter>;

export const SearchBatch = z.object({
  searchId: SearchId,
  results: z.array(
    z.object({
      messageId: MessageId,
      conversationId: ConversationId.nullable(),
      sentAt: Milliseconds,
      sender: z.string(),
      /** Text around the first match, masked; `start`/`end` are the match within it, in UTF-16 units. */
      excerpt: z.string(),
      start: z.number().int(),
      end: z.number().int(),
    }),
  ),
  /** Messages looked at so far, and in all. */
  scanned: z.number().int(),
  total: z.number().int(),
  done: z.boolean(),
  /** True where the search stopped at its limit of results. */
  limited: z.boolean(),
});
export type SearchBatch = z.output<typeof SearchBatch>;

export const archiveContract = {
  'archive.summary': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: NoInput,
    output: z.object({
      messages: z.number().int(),
      /** How many of the messages belong to no conversation: `archive.messages` with null lists them. */
      withoutConversation: z.number().int(),
      conversations: z.number().int(),
      employees: z.number().int(),
      customers: z.number().int(),
      firstAt: Milliseconds.nullable(),
      lastAt: Milliseconds.nullable(),
      quarantined: z.number().int(),
      kinds: z.array(z.string()),
      branches: z.array(z.string()),
    }),
  }),
  /** Newest activity first. `query` matches names, ids and branches of members, and room ids. */
  'archive.conversations': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: z.object({
      query: z.string().max(200).default(''),
      /** Exactly this key: a room's id, or the people's ids in order with a space between. */
      key: z.string().max(2_000).nullable().default(null),
      filter: ArchiveFilter.prefault({}),
      after: z.object({ lastAt: Milliseconds, id: ConversationId }).nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({ conversations: z.array(ConversationView), more: z.boolean() }),
  }),
  'archive.conversation': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: z.object({ id: ConversationId }),
    output: ConversationView,
  }),
  /** A window of a conversation in order of time. With `around`, half before and half after that message. */
  'archive.messages': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: z.object({
      /** Null: the messages that belong to no conversation (`switch`, and what names nobody to talk with). */
      conversationId: ConversationId.nullable(),
      around: MessageId.nullable().default(null),
      before: MessageId.nullable().default(null),
      after: MessageId.nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({ messages: z.array(MessageView), moreBefore: z.boolean(), moreAfter: z.boolean() }),
  }),
  'archive.message': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: z.object({ id: MessageId }),
    output: MessageView,
  }),
  /** The message with its personal data shown. Recorded in the audit log with the reason. */
  'archive.reveal': procedure({
    kind: 'query',
    permission: 'archive:unmask',
    input: z.object({ id: MessageId, reason: Note.min(2) }),
    output: MessageView,
  }),
  /** Starts a search in a worker; results come as `search` events, newest first. A caller's new search ends its last. */
  'archive.search': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: z.object({
      text: z.string().trim().min(1).max(200),
      filter: ArchiveFilter.prefault({}),
      limit: z.number().int().min(1).max(10_000).default(1_000),
    }),
    output: z.object({ searchId: SearchId }),
  }),
  'archive.cancelSearch': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: z.object({ searchId: SearchId }),
    output: z.object({}),
  }),
  'archive.people': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: z.object({
      query: z.string().max(200).default(''),
      /** Exactly this id in WeCom. */
      externalId: z.string().max(200).nullable().default(null),
      kind: z.enum(personKinds).nullable().default(null),
      limit: z.number().int().min(1).max(500).default(50),
    }),
    output: z.array(PersonView),
  }),
  'archive.startImport': procedure({
    kind: 'mutation',
    permission: 'archive:import',
    input: z.object({
      files: z
        .array(z.object({ blobId: BlobId, name: z.string().min(1).max(255) }))
        .min(1)
        .max(100),
      kind: ImportKind.default('auto'),
      /** The day that feeds are of; otherwise what they say, their files' names, or today. */
      asOf: CalendarDay.nullable().default(null),
      /** The name of a mapping of columns (`feeds.mappings`) by which tables are read; a table is then of its kind. */
      mapping: z.string().max(100).nullable().default(null),
    }),
    output: ImportView,
  }),
  'archive.imports': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: z.object({ limit: z.number().int().min(1).max(200).default(50) }).prefault({}),
    output: z.array(ImportView),
  }),
  'archive.import': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: z.object({ id: ImportId }),
    output: ImportView,
  }),
  'archive.completeness': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: z.object({ importId: ImportId }),
    output: CompletenessReport,
  }),
  'archive.quarantine': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: z.object({
      importId: ImportId.nullable().default(null),
      after: QuarantineId.nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({ entries: z.array(QuarantineView), more: z.boolean(), total: z.number().int() }),
  }),
};
