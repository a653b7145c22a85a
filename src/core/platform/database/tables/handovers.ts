import type { Generated } from 'kysely';

import type {
  BlobId,
  CalendarDay,
  ContentHash,
  FactId,
  HandoverId,
  HandoverSnapshotId,
  ImportFileId,
  Milliseconds,
  UserId,
} from '../../../contract/ids.ts';
import type { FactKind, FeedKind } from '../../../features/feeds/model.ts';
import type {
  HandoverClass,
  HandoverState,
  PartyRole,
  PromiseDecision,
} from '../../../features/handovers/model.ts';
import type { Fixed, Flag } from './columns.ts';

/** As 0010-handovers makes them. */
export interface HandoverTables {
  feed_facts: {
    id: Generated<FactId>;
    kind: Fixed<FactKind>;
    employee: Fixed<string | null>;
    item: Fixed<string | null>;
    taker: Fixed<string | null>;
    at: Fixed<Milliseconds>;
    whole_day: Fixed<Flag>;
    code: Fixed<string | null>;
    detail: Fixed<string | null>;
    other_at: Fixed<Milliseconds | null>;
    /** JSON object. */
    data: Fixed<string>;
    /** SHA-256 of all of the above in canonical form: the same fact from two files is one. */
    digest: Fixed<Uint8Array>;
    feed: FeedKind;
    /** Of the files that say so the one whose name, bytes and line come first, whatever was imported first. */
    file_id: ImportFileId;
    line: number;
  };
  feed_mappings: {
    name: Fixed<string>;
    feed: FeedKind;
    /** JSON: field → header. */
    columns: string;
    updated_by: UserId;
    updated_at: Milliseconds;
  };
  handovers: {
    id: Fixed<HandoverId>;
    leaver: Fixed<string>;
    /** The leaver's account in this app, where there is one. */
    leaver_user: UserId | null;
    supervisor_user: UserId | null;
    last_day: CalendarDay;
    /** Null: the first evidence within the year before the last day. */
    opening_day: CalendarDay | null;
    reason: string;
    state: HandoverState;
    revision: number;
    opened_by: Fixed<UserId>;
    opened_at: Fixed<Milliseconds>;
    updated_at: Milliseconds;
    signed_at: Milliseconds | null;
  };
  handover_takers: {
    handover_id: HandoverId;
    ordinal: number;
    /** A userid. */
    taker: string;
    user_id: UserId | null;
  };
  handover_suggestions: {
    leaver: Fixed<string>;
    reason: Fixed<string>;
    dismissed_by: Fixed<UserId>;
    dismissed_at: Fixed<Milliseconds>;
  };
  handover_explanations: {
    id: Generated<number>;
    handover_id: Fixed<HandoverId>;
    class: Fixed<HandoverClass>;
    item: Fixed<string>;
    /** Empty: the explanation before it is taken back. */
    text: Fixed<string>;
    explained_by: Fixed<UserId>;
    explained_at: Fixed<Milliseconds>;
  };
  handover_assignments: {
    id: Generated<number>;
    handover_id: Fixed<HandoverId>;
    class: Fixed<HandoverClass>;
    item: Fixed<string>;
    /** A userid; null: the assignment before it is taken back. */
    taker: Fixed<string | null>;
    note: Fixed<string>;
    assigned_by: Fixed<UserId>;
    assigned_at: Fixed<Milliseconds>;
  };
  handover_dismissals: {
    id: Generated<number>;
    handover_id: Fixed<HandoverId>;
    finding_key: Fixed<string>;
    /** 0: it counts again. */
    dismissed: Fixed<Flag>;
    reason: Fixed<string>;
    decided_by: Fixed<UserId>;
    decided_at: Fixed<Milliseconds>;
  };
  handover_promises: {
    id: Generated<number>;
    handover_id: Fixed<HandoverId>;
    /** `messageId:start`. */
    promise_key: Fixed<string>;
    decision: Fixed<PromiseDecision>;
    title: Fixed<string>;
    due_day: Fixed<CalendarDay | null>;
    taker: Fixed<string | null>;
    note: Fixed<string>;
    decided_by: Fixed<UserId>;
    decided_at: Fixed<Milliseconds>;
  };
  handover_snapshots: {
    id: Fixed<HandoverSnapshotId>;
    handover_id: Fixed<HandoverId>;
    number: Fixed<number>;
    /** SHA-256 of the frozen sheet's canonical JSON, which is the blob. */
    hash: Fixed<ContentHash>;
    blob_id: Fixed<BlobId>;
    unexplained: Fixed<number>;
    frozen_by: Fixed<UserId>;
    frozen_at: Fixed<Milliseconds>;
    /** Why it is no longer what is signed; set once. */
    reopened_at: Milliseconds | null;
    reopened_by: UserId | null;
    reopened_reason: string | null;
  };
  handover_signatures: {
    id: Generated<number>;
    snapshot_id: Fixed<HandoverSnapshotId>;
    role: Fixed<PartyRole>;
    /** The userid of a leaver or taker; empty for the supervisor. */
    party: Fixed<string>;
    user_id: Fixed<UserId>;
    /** The name at the time of signing. */
    name: Fixed<string>;
    hash: Fixed<ContentHash>;
    reservations: Fixed<string>;
    /** Why the leaver did not sign: the supervisor's word in the leaver's place. */
    absence: Fixed<string | null>;
    signed_at: Fixed<Milliseconds>;
  };
}
