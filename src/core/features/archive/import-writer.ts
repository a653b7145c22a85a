import type { DatabaseConnection } from '../../platform/database/connection.ts';
import {
  MessageInserter,
  type SqlValue,
  messagesPerStatement,
  valuesPerMessage,
} from '../../platform/database/sqlite/bulk-load.ts';
import { type FileCounts, ImportStore } from '../../platform/database/sqlite/import-store.ts';
import { type Batch, Column, type Participants, absent, columnCount, unpackText } from './batch.ts';
import { conversationKeyOf, personKindOf } from './model.ts';
import { MsgidIndex, hashMsgid } from './msgid-index.ts';
import type { Checkpoint } from './read-archive.ts';
import { SequenceRanges } from './sequences.ts';

/** Larger than this an index of the msgids of this run is not kept, when the database's own can be asked instead. */
const mostRemembered = 8_000_000;

const mostNoted = 50_000;

interface Conversation {
  readonly id: number;
  readonly members: Set<number>;
  /** What the transaction adds; `count` 0: nothing yet. */
  count: number;
  first: number;
  last: number;
}

/** Participants of messages with everything that their rows need. */
interface Resolved {
  readonly conversation: Conversation | null;
  readonly sender: number | null;
  /** JSON for the `recipients` column. */
  readonly recipients: string | null;
  readonly employee: number;
  readonly customers: readonly number[];
  /** Messages by day that the transaction adds. */
  readonly days: Map<string, number>;
}

/** Writes batches of one file. Everything of a transaction is stored together, its checkpoint and counts included. */
export class ImportWriter {
  readonly counts: FileCounts;
  readonly #store: ImportStore;
  readonly #inserter: MessageInserter;
  readonly #fileId: number;
  readonly #bulk: boolean;
  readonly #now: number;
  readonly #dayOf: (at: number) => string;
  readonly #index: MsgidIndex;
  readonly #sequences: SequenceRanges;

  #nextId: number;
  #pending: Participants[] = [];
  #resolved: (Resolved | undefined)[] = [];
  #names: string[] = [];
  #kindsSeen = new Set<string>();
  #people = new Map<string, number>();
  #conversations = new Map<string, Conversation>();
  #touched: Conversation[] = [];
  #counted: Resolved[] = [];
  /** Values of one statement; the same array each time. */
  readonly #values: SqlValue[] = Array.from({ length: messagesPerStatement * valuesPerMessage }, () => null);
  /** Customers of groups that this run has noted for an employee and day already. */
  readonly #noted = new Set<string>();

  constructor(
    connection: DatabaseConnection,
    file: { readonly id: number; readonly counts: FileCounts },
    options: {
      readonly bulk: boolean;
      readonly now: number;
      readonly dayOf: (at: number) => string;
      /** Shared by the files of a run. */
      readonly index: MsgidIndex;
    },
  ) {
    this.#store = new ImportStore(connection);
    this.#inserter = new MessageInserter(connection.handle);
    this.#fileId = file.id;
    this.counts = { ...file.counts };
    this.#bulk = options.bulk;
    this.#now = options.now;
    this.#dayOf = options.dayOf;
    this.#index = options.index;
    this.#nextId = this.#store.lastMessageId() + 1;
    this.#sequences = new SequenceRanges(
      this.#store.sequences(file.id).map((row) => ({
        first: BigInt(row.first),
        last: BigInt(row.last),
        employee: row.employee_id,
        at: row.at,
      })),
    );
  }

  /** Stores the batches in one transaction. After an error the writer must not be used again. */
  write(batches: readonly Batch[], checkpoint: Checkpoint, isLast: boolean): void {
    this.#store.transaction(() => {
      for (const batch of batches) this.#batch(batch);
      this.#settle();
      if (isLast) this.#sequences.join();
      this.#storeSequences();
      this.#store.updateFile(this.#fileId, 'chat', this.counts, JSON.stringify(checkpoint));
    });
  }

  #batch(batch: Batch): void {
    if (batch.reset) {
      this.#pending = [];
      this.#resolved = [];
      this.#names = [];
      this.#people = new Map();
      this.#settle();
      this.#conversations = new Map();
    }
    for (const participants of batch.participants) this.#pending.push(participants);
    for (const name of batch.names) this.#names.push(name);
    this.#messages(batch);
    for (const entry of batch.quarantined) {
      this.#store.insertQuarantine(this.#fileId, entry);
      if (entry.reason === 'undecryptable') {
        this.#store.insertUndecryptable(this.#fileId, entry.line, entry.seq, null, null);
      }
    }
    this.counts.quarantined += batch.quarantined.length;
    this.counts.read += batch.rows + batch.quarantined.length;
    for (const { customer, agreed, at } of batch.consents)
      this.#store.setConsent(this.#person(customer), agreed, at);
    for (const { participants, ...range } of batch.sequences) {
      this.#sequences.add({
        first: range.first,
        last: range.last,
        at: range.at,
        employee: this.#employee(participants),
      });
    }
  }

  #messages(batch: Batch): void {
    const { bytes, numbers, times } = batch;
    const values = this.#values;
    let blockStart = 0;
    let blockEnd = 0;
    let next = 0;
    const flush = () => {
      if (next > 0) this.#inserter.insert(this.#fileId, bytes.subarray(blockStart, blockEnd), values, next);
      next = 0;
    };
    const put = (value: SqlValue) => {
      values[next] = value;
      next += 1;
    };
    const putText = (at: number) => {
      const start = numbers[at] ?? 0;
      const length = numbers[at + 1] ?? absent;
      if (start + length > blockEnd && length !== absent) blockEnd = start + length;
      put(length === absent ? null : start - blockStart + 1);
      put(length === absent ? null : length);
    };
    for (let row = 0; row < batch.rows; row += 1) {
      const at = row * columnCount;
      if (this.#isDuplicate(batch, row, flush)) {
        this.counts.duplicates += 1;
        continue;
      }
      const sentAt = times[row] ?? 0;
      const resolved = this.#resolve(numbers[at + Column.participants] ?? 0, sentAt);
      const kind = this.#names[numbers[at + Column.kind] ?? 0] ?? '';
      if (!this.#kindsSeen.has(kind)) {
        this.#store.insertKind(kind);
        this.#kindsSeen.add(kind);
      }
      if (next === 0) {
        // A row's texts are packed one after another, its msgid first.
        blockStart = numbers[at + Column.msgid] ?? 0;
        blockEnd = blockStart;
      }
      const id = this.#nextId;
      this.#nextId += 1;
      put(id);
      putText(at + Column.msgid);
      put(resolved.conversation?.id ?? null);
      put(resolved.sender);
      put(sentAt);
      put(this.#names[numbers[at + Column.action] ?? 0] ?? '');
      put(kind);
      putText(at + Column.text);
      putText(at + Column.body);
      put(resolved.recipients);
      putText(at + Column.seq);
      putText(at + Column.revokes);
      put(numbers[at + Column.line] ?? 0);
      this.#index.add(numbers[at + Column.hashLow] ?? 0, numbers[at + Column.hashHigh] ?? 0, id);
      this.counts.imported += 1;
      this.#count(resolved, sentAt);
      if (next === values.length) flush();
    }
    flush();
  }

  #isDuplicate(batch: Batch, row: number, flush: () => void): boolean {
    const at = row * columnCount;
    const low = batch.numbers[at + Column.hashLow] ?? 0;
    const high = batch.numbers[at + Column.hashHigh] ?? 0;
    const known = this.#index.find(low, high, (id) => {
      // Rows that wait for their statement are not in the table yet.
      flush();
      return this.#store.msgidOf(id) === unpackText(batch, row, Column.msgid);
    });
    if (known !== 0) return true;
    return !this.#bulk && this.#store.hasMsgid(unpackText(batch, row, Column.msgid) ?? '');
  }

  #count(resolved: Resolved, sentAt: number): void {
    const { conversation } = resolved;
    if (conversation !== null) {
      if (conversation.count === 0) {
        this.#touched.push(conversation);
        conversation.first = sentAt;
        conversation.last = sentAt;
      }
      conversation.count += 1;
      if (sentAt < conversation.first) conversation.first = sentAt;
      if (sentAt > conversation.last) conversation.last = sentAt;
    }
    const day = this.#dayOf(sentAt);
    if (resolved.days.size === 0) this.#counted.push(resolved);
    resolved.days.set(day, (resolved.days.get(day) ?? 0) + 1);
  }

  /** Writes what the transaction's messages add up to. */
  #settle(): void {
    for (const conversation of this.#touched) {
      this.#store.growConversation(
        conversation.id,
        conversation.count,
        conversation.first,
        conversation.last,
      );
      conversation.count = 0;
    }
    this.#touched = [];
    for (const { employee, customers, days } of this.#counted) {
      const [first = 0, ...others] = customers;
      for (const [day, messages] of days) {
        this.#store.addContact(this.#fileId, employee, day, first, messages);
        // Further customers of a group: who they are counts, the messages are counted once.
        for (const customer of others) {
          const key = `${day} ${employee} ${customer}`;
          if (this.#noted.has(key)) continue;
          if (this.#noted.size > mostNoted) this.#noted.clear();
          this.#noted.add(key);
          this.#store.addContact(this.#fileId, employee, day, customer, 0);
        }
      }
      days.clear();
    }
    this.#counted = [];
  }

  #storeSequences(): void {
    const changes = this.#sequences.takeChanges();
    if (changes.all) this.#store.clearSequences(this.#fileId);
    for (const { first, last, employee, at } of changes.ranges) {
      this.#store.putSequence(this.#fileId, String(first), String(last), employee, at);
    }
  }

  #resolve(index: number, sentAt: number): Resolved {
    let resolved = this.#resolved[index];
    if (resolved === undefined) {
      resolved = this.#read(this.#pending[index] ?? { from: null, recipients: [], roomId: null }, sentAt);
      this.#resolved[index] = resolved;
    }
    return resolved;
  }

  #read({ from, recipients, roomId }: Participants, sentAt: number): Resolved {
    const sender = from === null ? null : this.#person(from);
    const others = recipients.map((id) => this.#person(id));
    const conversation = this.#conversation({ from, recipients, roomId }, sender, others, sentAt);
    // Without a room, the recipients are whoever did not send it. A room's members change: those of the time are kept.
    const implied =
      roomId === null &&
      (others.length === 0 || (conversation !== null && others.length === new Set(others).size)) &&
      (sender === null || !others.includes(sender));
    const all = from === null ? recipients : [from, ...recipients];
    const employee = all.find((id) => personKindOf(id) === 'employee');
    const customers =
      from !== null && personKindOf(from) === 'customer'
        ? [from]
        : [...new Set(recipients)].filter((id) => personKindOf(id) === 'customer');
    return {
      conversation,
      sender,
      recipients: implied ? null : JSON.stringify(others),
      employee: employee === undefined ? 0 : this.#person(employee),
      customers: customers.map((id) => this.#person(id)),
      days: new Map(),
    };
  }

  #person(externalId: string): number {
    let id = this.#people.get(externalId);
    if (id === undefined) {
      id = this.#store.findPerson(externalId);
      if (id === 0) id = this.#store.insertPerson(externalId, personKindOf(externalId), this.#now);
      this.#people.set(externalId, id);
    }
    return id;
  }

  #conversation(
    { from, recipients, roomId }: Participants,
    sender: number | null,
    others: readonly number[],
    sentAt: number,
  ): Conversation | null {
    const key = conversationKeyOf(roomId, from, recipients);
    if (key === '') return null;
    let conversation = this.#conversations.get(key);
    if (conversation === undefined) {
      let id = this.#store.findConversation(key);
      const isNew = id === 0;
      if (isNew) {
        const people = new Set(sender === null ? others : [sender, ...others]);
        const kind = roomId === null && people.size === 2 ? 'single' : 'group';
        id = this.#store.insertConversation(key, kind, roomId, sentAt);
      }
      conversation = {
        id,
        members: new Set(isNew ? [] : this.#store.memberIds(id)),
        count: 0,
        first: 0,
        last: 0,
      };
      this.#conversations.set(key, conversation);
    }
    for (const person of sender === null ? others : [sender, ...others]) {
      if (conversation.members.has(person)) continue;
      conversation.members.add(person);
      this.#store.insertMember(conversation.id, person);
    }
    return conversation;
  }

  /** The employee of a message that may be a duplicate or not readable: nobody is added for it. */
  #employee(participants: number): number | null {
    const resolved = this.#resolved[participants];
    if (resolved !== undefined) return resolved.employee === 0 ? null : resolved.employee;
    const pending = this.#pending[participants];
    if (pending === undefined) return null;
    const all = pending.from === null ? pending.recipients : [pending.from, ...pending.recipients];
    const employee = all.find((id) => personKindOf(id) === 'employee');
    const id = employee === undefined ? 0 : this.#store.findPerson(employee);
    return id === 0 ? null : id;
  }
}

/** The msgids that the database holds, for a run that has to see to uniqueness itself, with room for so many more. */
export function rememberMsgids(connection: DatabaseConnection, more: number): MsgidIndex {
  const store = new ImportStore(connection);
  const index = new MsgidIndex(store.lastMessageId() + more);
  for (const { id, msgid } of store.msgids()) {
    const { low, high } = hashMsgid(msgid, 0, msgid.length);
    index.add(low, high, id);
  }
  return index;
}

/** True where the run's index of msgids has become too large to keep. */
export function isTooLarge(index: MsgidIndex): boolean {
  return index.size > mostRemembered;
}
