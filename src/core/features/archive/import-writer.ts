import type { DatabaseConnection } from '../../platform/database/connection.ts';
import {
  MessageInserter,
  type SqlValue,
  messagesPerStatement,
  valuesPerMessage,
} from '../../platform/database/sqlite/bulk-load.ts';
import { ImportStore } from '../../platform/database/sqlite/import-store.ts';
import { type Batch, Column, absent, columnCount, unpackText } from './batch.ts';
import { MsgidIndex, hashMsgid } from './msgid-index.ts';
import { type Conversation, type Resolved, Resolver } from './participants-resolver.ts';
import type { Checkpoint } from './read-archive.ts';
import { SequenceRanges } from './sequences.ts';
import type { FileTally } from './file-tally.ts';

/** Larger than this an index of the msgids of this run is not kept, when the database's own can be asked instead. */
const mostRemembered = 8_000_000;

const mostNoted = 50_000;

/** Writes batches of one file. Everything of a transaction is stored together, its checkpoint and counts included. */
export class ImportWriter {
  readonly #tally: FileTally;
  readonly #store: ImportStore;
  readonly #inserter: MessageInserter;
  readonly #fileId: number;
  readonly #bulk: boolean;
  readonly #resolver: Resolver;
  readonly #dayOf: (at: number) => string;
  readonly #index: MsgidIndex;
  readonly #sequences: SequenceRanges;

  #nextId: number;
  #names: string[] = [];
  #kindsSeen = new Set<string>();
  #touched: Conversation[] = [];
  #counted: Resolved[] = [];
  /** Values of one statement; the same array each time. */
  readonly #values: SqlValue[] = Array.from({ length: messagesPerStatement * valuesPerMessage }, () => null);
  /** Customers of groups that this run has noted for an employee and day already. */
  readonly #noted = new Set<string>();

  constructor(
    connection: DatabaseConnection,
    file: { readonly id: number; readonly tally: FileTally },
    options: {
      readonly bulk: boolean;
      readonly now: number;
      readonly dayOf: (at: number) => string;
      /** Shared by the files of a run. */
      readonly index: MsgidIndex;
    },
  ) {
    this.#store = new ImportStore(connection);
    this.#inserter = new MessageInserter(connection);
    this.#fileId = file.id;
    this.#tally = file.tally;
    this.#bulk = options.bulk;
    this.#resolver = new Resolver(this.#store, options.now);
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

  /**
   * Stores the batches in one transaction. After an error the writer must not be used again. `kind` null: nobody can tell what the file
   * is; it is a chat archive once one message of it was taken.
   */
  write(batches: readonly Batch[], kind: 'chat' | null, checkpoint: Checkpoint, isLast: boolean): void {
    this.#store.transaction(() => {
      for (const batch of batches) this.#batch(batch);
      this.#settle();
      if (isLast) this.#sequences.join();
      this.#storeSequences();
      // A message that was taken says what the file is. They are counted one by one.
      if (batches.some((batch) => batch.rows > 0)) this.#tally.settle('chat');
      else this.#tally.add(kind, {});
      this.#store.updateFile(this.#fileId, this.#tally.kind, this.#tally.counts, JSON.stringify(checkpoint));
    });
  }

  #batch(batch: Batch): void {
    if (batch.reset) {
      this.#settle();
      this.#names = [];
    }
    this.#resolver.take(batch);
    for (const name of batch.names) this.#names.push(name);
    this.#messages(batch);
    for (const entry of batch.quarantined) {
      this.#store.insertQuarantine(this.#fileId, entry);
      if (entry.reason === 'undecryptable') {
        this.#store.insertUndecryptable(this.#fileId, entry.line, entry.seq, null, null);
      }
    }
    this.#tally.counts.quarantined += batch.quarantined.length;
    this.#tally.counts.read += batch.rows + batch.quarantined.length;
    for (const { customer, agreed, at } of batch.consents)
      this.#store.setConsent(this.#resolver.person(customer), agreed, at);
    for (const { participants, ...range } of batch.sequences) {
      this.#sequences.add({
        first: range.first,
        last: range.last,
        at: range.at,
        employee: this.#resolver.employee(participants),
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
    let current = 0;
    const isCurrent = (id: number) => {
      // Rows that wait for their statement are not in the table yet.
      flush();
      return this.#store.msgidOf(id) === unpackText(batch, current, Column.msgid);
    };
    for (let row = 0; row < batch.rows; row += 1) {
      const at = row * columnCount;
      const hash = numbers[at + Column.hash] ?? 0;
      current = row;
      if (
        this.#index.find(hash, isCurrent) !== 0 ||
        (!this.#bulk && this.#store.hasMsgid(unpackText(batch, row, Column.msgid) ?? ''))
      ) {
        this.#tally.counts.duplicates += 1;
        continue;
      }
      const sentAt = times[row] ?? 0;
      const resolved = this.#resolver.resolve(numbers[at + Column.participants] ?? 0, sentAt);
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
      this.#index.add(hash, id);
      this.#tally.counts.imported += 1;
      this.#count(resolved, sentAt);
      if (next === values.length) flush();
    }
    flush();
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
    // Both directions of a conversation are one contact.
    const contacts = new Map<string, { employee: number; day: string; customer: number; messages: number }>();
    const add = (employee: number, day: string, customer: number, messages: number) => {
      const key = `${day} ${employee} ${customer}`;
      const contact = contacts.get(key);
      if (contact !== undefined) contact.messages += messages;
      else if (messages > 0 || !this.#noted.has(key))
        contacts.set(key, { employee, day, customer, messages });
      if (messages > 0) return;
      if (this.#noted.size > mostNoted) this.#noted.clear();
      this.#noted.add(key);
    };
    for (const { employee, customers, days } of this.#counted) {
      const [first = 0, ...others] = customers;
      for (const [day, messages] of days) {
        add(employee, day, first, messages);
        // Further customers of a group: who they are counts, the messages are counted once.
        for (const customer of others) add(employee, day, customer, 0);
      }
      days.clear();
    }
    for (const { employee, day, customer, messages } of contacts.values()) {
      this.#store.addContact(this.#fileId, employee, day, customer, messages);
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
}

/** The msgids that the database holds, for a run that has to see to uniqueness itself, with room for so many more. */
export function rememberMsgids(connection: DatabaseConnection, more: number): MsgidIndex {
  const store = new ImportStore(connection);
  const index = new MsgidIndex(store.lastMessageId() + more);
  for (const { id, msgid } of store.msgids()) {
    index.add(hashMsgid(msgid, 0, msgid.length), id);
  }
  return index;
}

/** True where the run's index of msgids has become too large to keep. */
export function isTooLarge(index: MsgidIndex): boolean {
  return index.size > mostRemembered;
}
