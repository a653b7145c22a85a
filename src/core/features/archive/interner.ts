import type { Batch, Participants } from './batch.ts';
import { type CutEntry, Member } from './cut-entry.ts';
import { EntryError, ValueKind, hashOf } from './json-cut.ts';

/** Beyond this many bytes of keys the reader forgets what it has sent, and begins again. */
const maximumBytes = 8 * 2 ** 20;
const maximumNames = 4096;

/** How a message names the people it is between. */
type Form = 'usual' | 'switch' | 'zone';

/**
 * Numbers for what repeats: sender, recipients and room together, kinds and actions. Each is parsed and sent to the writer
 * once; the messages after it carry the number.
 */
export class Interner {
  readonly #participants = new Map<string, number>();
  readonly #names = new Map<string, number>();
  readonly #bodyKeys = new Map<string, { bytes: Uint8Array; hash: number; name: string }>();
  #bytes = 0;

  /** Called for each new batch; true where numbers start anew. */
  startBatch(): boolean {
    if (this.#bytes <= maximumBytes && this.#names.size <= maximumNames) return false;
    this.#participants.clear();
    this.#names.clear();
    this.#bodyKeys.clear();
    this.#bytes = 0;
    return true;
  }

  name(batch: Batch, name: string): number {
    let index = this.#names.get(name);
    if (index === undefined) {
      index = this.#names.size;
      this.#names.set(name, index);
      batch.names.push(name);
    }
    return index;
  }

  bodyKey(name: string): { readonly bytes: Uint8Array; readonly hash: number; readonly name: string } {
    let key = this.#bodyKeys.get(name);
    if (key === undefined) {
      const bytes = Buffer.from(name, 'utf8');
      key = { bytes, hash: hashOf(bytes, 0, bytes.length), name };
      this.#bodyKeys.set(name, key);
    }
    return key;
  }

  participants(batch: Batch, message: CutEntry, form: Form): number {
    const key = keyOf(message, form);
    let index = this.#participants.get(key);
    if (index === undefined) {
      const participants = readParticipants(message, form);
      index = this.#participants.size;
      this.#participants.set(key, index);
      // A string of one-byte characters costs its length and some 100 bytes in the map; the parsed people as much again.
      this.#bytes += 2 * key.length + 200;
      batch.participants.push(participants);
    }
    return index;
  }
}

const membersOf: Readonly<Record<Form, readonly number[]>> = {
  usual: [Member.from, Member.tolist, Member.roomid],
  switch: [Member.user],
  zone: [Member.sender, Member.receiver_list, Member.chatid],
};

/** The raw bytes that name the people. Members that stand side by side, as they mostly do, make one slice. */
function keyOf(message: CutEntry, form: Form): string {
  let least = Number.MAX_SAFE_INTEGER;
  let greatest = -1;
  let present = 0;
  for (const member of membersOf[form]) {
    const slot = message.slot(member);
    if (slot < 0) continue;
    present += 1;
    if (slot < least) least = slot;
    if (slot > greatest) greatest = slot;
  }
  if (present > 0 && greatest - least === present - 1) {
    const { cutter } = message;
    // Starts with the first member's name, so forms can't be taken for each other.
    return message.latin1(cutter.keyStart[least] ?? 0, message.end(greatest));
  }
  return `${form}\0${membersOf[form]
    .map((member) => {
      const slot = message.slot(member);
      return slot < 0 ? '' : message.raw(slot);
    })
    .join('\0')}`;
}

function readParticipants(message: CutEntry, form: Form): Participants {
  switch (form) {
    case 'switch':
      return { from: optionalString(message, Member.user, 'user'), recipients: [], roomId: null };
    case 'zone': {
      const sender = message.slot(Member.sender);
      return {
        from: sender < 0 ? null : idOf(message.parse(sender), 'sender'),
        recipients: listOf(message, Member.receiver_list, 'receiver_list').map((item) =>
          idOf(item, 'receiver_list'),
        ),
        roomId: optionalString(message, Member.chatid, 'chatid'),
      };
    }
    case 'usual':
      return {
        from: optionalString(message, Member.from, 'from'),
        recipients: listOf(message, Member.tolist, 'tolist').map((item) => {
          if (typeof item !== 'string') throw new EntryError('wrong-type', 'tolist is not a list of strings');
          return item;
        }),
        roomId: optionalString(message, Member.roomid, 'roomid'),
      };
  }
}

function listOf(message: CutEntry, member: number, name: string): unknown[] {
  const slot = message.slot(member);
  if (slot < 0) return [];
  const value = message.kind(slot) === ValueKind.array ? message.parse(slot) : null;
  if (!Array.isArray(value)) throw new EntryError('wrong-type', `${name} is not a list`);
  return value;
}

/** The string, or null where it is missing or empty. */
function optionalString(message: CutEntry, member: number, name: string): string | null {
  const slot = message.slot(member);
  if (slot < 0) return null;
  if (!message.isString(slot)) throw new EntryError('wrong-type', `${name} is not a string`);
  const text = message.text(slot);
  return text === '' ? null : text;
}

function idOf(value: unknown, name: string): string {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
  if (typeof id !== 'string') throw new EntryError('wrong-type', `${name} has no id`);
  return id;
}
