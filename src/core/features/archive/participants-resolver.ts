import type { ImportStore } from '../../platform/database/sqlite/import-store.ts';
import type { Batch, Participants } from './batch.ts';
import { conversationKeyOf, personKindOf } from './model.ts';

export interface Conversation {
  readonly id: number;
  readonly members: Set<number>;
  /** What the transaction adds; `count` 0: nothing yet. */
  count: number;
  first: number;
  last: number;
}

/** Participants of messages with everything that their rows need. */
export interface Resolved {
  readonly conversation: Conversation | null;
  readonly sender: number | null;
  /** JSON for the `recipients` column. */
  readonly recipients: string | null;
  readonly employee: number;
  readonly customers: readonly number[];
  /** Messages by day that the transaction adds. */
  readonly days: Map<string, number>;
}

/** So many are remembered beyond the reader's own memory; some 100 bytes and some 500 each. */
const mostPeople = 100_000;
const mostConversations = 20_000;

/** Turns the reader's participants into people and conversations of the database, each once. */
export class Resolver {
  readonly #store: ImportStore;
  readonly #now: number;
  #pending: Participants[] = [];
  #resolved: (Resolved | undefined)[] = [];
  #people = new Map<string, number>();
  #conversations = new Map<string, Conversation>();

  constructor(store: ImportStore, now: number) {
    this.#store = store;
    this.#now = now;
  }

  /** Takes in the participants that a batch brings; their numbers go on, or start anew where the reader has forgotten. */
  take(batch: Batch): void {
    if (batch.reset) {
      this.#pending = [];
      this.#resolved = [];
      if (this.#people.size > mostPeople) this.#people = new Map();
      if (this.#conversations.size > mostConversations) this.#conversations = new Map();
    }
    for (const participants of batch.participants) this.#pending.push(participants);
  }

  /** People and conversation of a message that is stored: those that are new are added. */
  resolve(index: number, sentAt: number): Resolved {
    let resolved = this.#resolved[index];
    if (resolved === undefined) {
      resolved = this.#read(this.#pending[index] ?? { from: null, recipients: [], roomId: null }, sentAt);
      this.#resolved[index] = resolved;
    }
    return resolved;
  }

  #read({ from, recipients, roomId }: Participants, sentAt: number): Resolved {
    const sender = from === null ? null : this.person(from);
    const others = recipients.map((id) => this.person(id));
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
      employee: employee === undefined ? 0 : this.person(employee),
      customers: customers.map((id) => this.person(id)),
      days: new Map(),
    };
  }

  person(externalId: string): number {
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
  employee(participants: number): number | null {
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
