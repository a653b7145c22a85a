import type { ColumnType, Generated } from 'kysely';

import type {
  AuditSequence,
  BlobId,
  CalendarDay,
  ConversationId,
  DispositionId,
  BacktestId,
  HitId,
  ImportFileId,
  ImportId,
  JobId,
  LexiconId,
  LexiconVersionId,
  MessageId,
  Milliseconds,
  PersonId,
  QuarantineId,
  SavedViewId,
  ScreeningRunId,
  SuppressionId,
  TermId,
  TermKey,
  UserId,
} from '../../contract/ids.ts';
import type { FileKind, ImportKind } from '../../features/archive/model.ts';
import type { Fixed, Flag } from './tables/columns.ts';
import type { DocumentTables } from './tables/documents.ts';
import type { HandoverTables } from './tables/handovers.ts';
import type { MaterialTables } from './tables/materials.ts';
import type { ProductTables } from './tables/products.ts';
import type { PublicationTables } from './tables/publication.ts';
import type { WorkflowTables } from './tables/workflow.ts';

type FixedGenerated<T> = ColumnType<T, T | undefined, never>;
/** Fixed, and may be left out when it is null. */
type FixedOptional<T> = ColumnType<T | null, T | null | undefined, never>;

/** The tables, as migrations/ makes them. */
export interface Tables
  extends MaterialTables, ProductTables, WorkflowTables, DocumentTables, PublicationTables, HandoverTables {
  settings: { key: string; value: string; updated_at: Milliseconds };
  users: {
    id: Fixed<UserId>;
    user_name: Fixed<string>;
    display_name: string;
    password_hash: string;
    must_change_password: Flag;
    state: 'active' | 'disabled';
    branch: Generated<string>;
    created_at: Fixed<Milliseconds>;
    updated_at: Milliseconds;
    last_sign_in_at: Milliseconds | null;
  };
  user_roles: { user_id: UserId; role: string };
  sessions: {
    token_hash: Fixed<string>;
    user_id: Fixed<UserId>;
    host: string;
    created_at: Fixed<Milliseconds>;
    last_seen_at: Milliseconds;
    locked_at: Milliseconds | null;
    ended_at: Milliseconds | null;
  };
  sign_in_attempts: { id: Generated<number>; user_name: string; at: Milliseconds; succeeded: Flag };
  audit_events: {
    sequence: Fixed<AuditSequence>;
    at: Fixed<Milliseconds>;
    user_id: Fixed<UserId | null>;
    action: Fixed<string>;
    record_kind: Fixed<string>;
    record_id: Fixed<string>;
    body: Fixed<string>;
    leaf_hash: Fixed<Uint8Array>;
  };
  audit_frontier: { id: 1; size: number; hashes: Uint8Array };
  jobs: {
    id: Fixed<JobId>;
    kind: Fixed<string>;
    input: Fixed<string>;
    state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';
    progress: string | null;
    error: string | null;
    started_by: Fixed<UserId | null>;
    created_at: Fixed<Milliseconds>;
    started_at: Milliseconds | null;
    finished_at: Milliseconds | null;
  };
  imports: {
    id: Fixed<ImportId>;
    job_id: Fixed<JobId>;
    kind: Fixed<ImportKind>;
    as_of: FixedOptional<CalendarDay>;
    /** JSON: the mapping of columns by which tables are read. */
    mapping: FixedOptional<string>;
    state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
    started_by: Fixed<UserId | null>;
    started_at: Fixed<Milliseconds>;
    finished_at: Milliseconds | null;
  };
  import_files: {
    id: FixedGenerated<ImportFileId>;
    import_id: Fixed<ImportId>;
    ordinal: Fixed<number>;
    blob_id: Fixed<BlobId>;
    name: Fixed<string>;
    kind: Generated<FileKind>;
    bytes: number;
    state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
    read: Generated<number>;
    imported: Generated<number>;
    duplicates: Generated<number>;
    quarantined: Generated<number>;
    checkpoint: string | null;
    error: string | null;
    skipped: string | null;
  };
  quarantine: {
    id: FixedGenerated<QuarantineId>;
    file_id: Fixed<ImportFileId>;
    line: Fixed<number>;
    reason: Fixed<string>;
    detail: Fixed<string>;
    raw: Fixed<Uint8Array>;
    size: Fixed<number>;
  };
  import_sequences: {
    file_id: ImportFileId;
    first: string;
    last: string;
    employee_id: PersonId | null;
    at: Milliseconds | null;
  };
  import_undecryptable: {
    id: Generated<number>;
    file_id: ImportFileId;
    line: number;
    seq: string | null;
    employee_id: PersonId | null;
    at: Milliseconds | null;
  };
  people: {
    id: FixedGenerated<PersonId>;
    external_id: Fixed<string>;
    kind: 'employee' | 'customer' | 'partner';
    name: string | null;
    branch: string | null;
    position: string | null;
    updated_at: Milliseconds;
  };
  conversations: {
    id: FixedGenerated<ConversationId>;
    key: Fixed<string>;
    kind: Fixed<'single' | 'group'>;
    room_id: FixedOptional<string>;
    first_at: Milliseconds;
    last_at: Milliseconds;
    message_count: number;
  };
  conversation_members: { conversation_id: ConversationId; person_id: PersonId };
  messages: {
    id: FixedGenerated<MessageId>;
    msgid: Fixed<string>;
    conversation_id: Fixed<ConversationId | null>;
    sender_id: Fixed<PersonId | null>;
    sent_at: Fixed<Milliseconds>;
    action: Fixed<string>;
    kind: Fixed<string>;
    text: Fixed<string>;
    body: FixedOptional<string>;
    /** JSON array of people's ids; null where it is just the conversation's other members. */
    recipients: FixedOptional<string>;
    seq: FixedOptional<string>;
    revokes: FixedOptional<string>;
    file_id: Fixed<ImportFileId>;
    line: Fixed<number>;
  };
  message_kinds: { kind: string };
  import_contacts: {
    file_id: ImportFileId;
    /** 0 where no employee takes part. */
    employee_id: number;
    day: string;
    /** 0 where no customer takes part. */
    customer_id: number;
    messages: number;
  };
  consents: { person_id: PersonId; agreed: Flag; at: Milliseconds };
  bulk_load: { id: 1; started_at: Milliseconds };
  lexicons: {
    id: Fixed<LexiconId>;
    name: string;
    description: string;
    origin: Fixed<'starter' | 'user'>;
    active: Flag;
    created_at: Fixed<Milliseconds>;
  };
  lexicon_versions: {
    id: Fixed<LexiconVersionId>;
    lexicon_id: Fixed<LexiconId>;
    number: Fixed<number>;
    state: 'draft' | 'published';
    term_count: number;
    /** JSON of `LexiconSettings`. */
    settings: string;
    content_hash: string | null;
    created_at: Fixed<Milliseconds>;
    created_by: Fixed<UserId | null>;
    published_at: Milliseconds | null;
    published_by: UserId | null;
    /** How often something of the draft was changed. */
    changes: Generated<number>;
    /** `changes` as of the last change of the settings. */
    settings_revision: Generated<number>;
    settings_changed_at: Milliseconds | null;
    settings_changed_by: UserId | null;
  };
  terms: {
    id: FixedGenerated<TermId>;
    version_id: Fixed<LexiconVersionId>;
    key: Fixed<TermKey>;
    text: string;
    category: string;
    severity: number;
    basis: string;
    note: string;
    enabled: Flag;
    /** JSON of what `EntryOptions` has beyond its defaults. */
    options: string;
    /** The draft's `changes` as of the last change of this term; 0 for one that came with the draft. */
    revision: Generated<number>;
    changed_at: Milliseconds | null;
    changed_by: UserId | null;
  };
  suppressions: {
    id: Fixed<SuppressionId>;
    /** JSON of `Suppression`. */
    definition: Fixed<string>;
    reason: Fixed<string>;
    owner: Fixed<UserId>;
    created_at: Fixed<Milliseconds>;
    expires_at: Fixed<Milliseconds>;
    ended_at: Milliseconds | null;
    ended_by: UserId | null;
  };
  backtests: {
    id: Fixed<BacktestId>;
    job_id: Fixed<JobId>;
    lexicon_id: Fixed<LexiconId>;
    version_id: Fixed<LexiconVersionId>;
    against_id: Fixed<LexiconVersionId | null>;
    /** The content that was tested, as its published hash would be; empty until it is done. */
    content_hash: string;
    state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
    sample: Fixed<number | null>;
    filter: Fixed<string>;
    messages: Generated<number>;
    added: Generated<number>;
    removed: Generated<number>;
    kept: Generated<number>;
    /** Messages that were not compared: they have more hits, or take more work, than a limit lets through. */
    cut: Generated<number>;
    started_by: Fixed<UserId>;
    started_at: Fixed<Milliseconds>;
    finished_at: Milliseconds | null;
  };
  backtest_terms: {
    backtest_id: BacktestId;
    term_key: TermKey;
    term: string;
    category: string;
    severity: number;
    added: number;
    removed: number;
    kept: number;
  };
  backtest_samples: {
    backtest_id: BacktestId;
    term_key: TermKey;
    change: 'added' | 'removed';
    message_id: MessageId;
    field: string;
    start: number;
    end: number;
    folds: string;
  };
  screening_runs: {
    id: Fixed<ScreeningRunId>;
    job_id: Fixed<JobId>;
    state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
    filter: Fixed<string>;
    only_new: Fixed<Flag>;
    screened_to: Generated<number>;
    messages: Generated<number>;
    hits: Generated<number>;
    cut: Generated<number>;
    started_by: Fixed<UserId | null>;
    started_at: Fixed<Milliseconds>;
    finished_at: Milliseconds | null;
  };
  screening_run_lexicons: { run_id: ScreeningRunId; version_id: LexiconVersionId };
  screening_coverage: { version_id: LexiconVersionId; screened_to: number };
  hits: {
    id: FixedGenerated<HitId>;
    message_id: Fixed<MessageId>;
    field: Fixed<string>;
    start: Fixed<number>;
    end: Fixed<number>;
    term_key: Fixed<TermKey>;
    term_id: Fixed<TermId>;
    version_id: Fixed<LexiconVersionId>;
    run_id: Fixed<ScreeningRunId>;
    conversation_id: Fixed<ConversationId | null>;
    sender_id: Fixed<PersonId | null>;
    sent_at: Fixed<Milliseconds>;
    term: Fixed<string>;
    category: Fixed<string>;
    severity: Fixed<number>;
    text: Fixed<string>;
    folds: Fixed<string>;
    confidence: Fixed<number>;
    /** JSON array of `{messageId, field, start, end}`; null unless it is split across messages. */
    parts: FixedOptional<string>;
    state: Generated<'open' | 'confirmed' | 'dismissed' | 'escalated'>;
    decided_by: UserId | null;
    decided_at: Milliseconds | null;
    reason_code: string | null;
  };
  dispositions: {
    id: FixedGenerated<DispositionId>;
    hit_id: Fixed<HitId>;
    decision: Fixed<'confirmed' | 'dismissed' | 'escalated' | 'reopened'>;
    reason_code: FixedOptional<string>;
    note: Fixed<string>;
    decided_by: Fixed<UserId>;
    decided_at: Fixed<Milliseconds>;
    undoes: FixedOptional<DispositionId>;
  };
  saved_views: {
    id: Fixed<SavedViewId>;
    user_id: Fixed<UserId>;
    name: string;
    filter: string;
    sort: string;
    created_at: Fixed<Milliseconds>;
  };
}
