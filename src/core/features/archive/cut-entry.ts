import { EntryError, NameTable, ObjectCutter, ValueKind, hashOf, parseRange, skipSpace } from './json-cut.ts';

/** Members that archives of all forms have at their top level; the first nine belong to every message. */
export const Member = {
  msgid: 0,
  action: 1,
  from: 2,
  tolist: 3,
  roomid: 4,
  msgtime: 5,
  msgtype: 6,
  seq: 7,
  publickey_ver: 8,
  encrypt_random_key: 9,
  encrypt_chat_msg: 10,
  message: 11,
  chatdata: 12,
  time: 13,
  user: 14,
  sender: 15,
  receiver_list: 16,
  chatid: 17,
  send_time: 18,
  is_recalled: 19,
} as const;
/** Up to here a member is never part of a message's own body. */
const lastCommonMember = Member.encrypt_chat_msg;

const memberTable = new NameTable(Object.keys(Member));

/** One object of an entry, cut, with its known members found. Used again for each entry. */
export class CutEntry {
  readonly cutter = new ObjectCutter();
  bytes: Uint8Array = new Uint8Array(0);
  /** The member that each slot holds, or -1. */
  readonly memberAt: number[] = [];
  readonly #slots = new Int32Array(Object.keys(Member).length);
  #view: Buffer = Buffer.alloc(0);

  /** Cuts the object that must fill the whole range. Throws EntryError. */
  read(bytes: Uint8Array, start: number, end: number): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.#view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    if (bytes[start] !== 0x7b) {
      parseRange(bytes, start, end);
      throw new EntryError('wrong-type', 'the entry is not an object');
    }
    this.cutter.cut(bytes, start, end);
    if (skipSpace(bytes, this.cutter.end, end) < end) {
      throw new EntryError('broken-json', `at byte ${this.cutter.end - start}: something follows the object`);
    }
    this.#findMembers();
  }

  #findMembers(): void {
    const { cutter, bytes } = this;
    this.#slots.fill(-1);
    for (let slot = 0; slot < cutter.count; slot += 1) {
      let member: number;
      if (cutter.keyEscaped[slot] === true) {
        const key = Buffer.from(this.key(slot), 'utf8');
        member = memberTable.find(key, 0, key.length, hashOf(key, 0, key.length));
      } else {
        const start = cutter.keyStart[slot] ?? 0;
        member = memberTable.find(bytes, start, cutter.keyEnd[slot] ?? 0, cutter.keyHash[slot] ?? 0);
      }
      this.memberAt[slot] = member;
      if (member < 0) continue;
      // As in JSON.parse the last one of a name counts; what nobody will look at again is checked here.
      const earlier = this.#slots[member] ?? -1;
      if (earlier >= 0) this.check(earlier);
      if (member >= Member.seq && member <= lastCommonMember) this.check(slot);
      this.#slots[member] = slot;
    }
  }

  /** The slot of a member whose value is not null, or -1. */
  slot(member: number): number {
    const slot = this.#slots[member] ?? -1;
    if (slot < 0 || this.cutter.valueKind[slot] !== ValueKind.primitive) return slot;
    return this.bytes[this.cutter.valueStart[slot] ?? 0] === 0x6e ? -1 : slot;
  }

  /** True where the slot's member can't be a part of the message's own body. */
  isCommon(slot: number): boolean {
    const member = this.memberAt[slot] ?? -1;
    return member >= 0 && member <= lastCommonMember;
  }

  kind(slot: number): number {
    return this.cutter.valueKind[slot] ?? 0;
  }

  start(slot: number): number {
    return this.cutter.valueStart[slot] ?? 0;
  }

  end(slot: number): number {
    return this.cutter.valueEnd[slot] ?? 0;
  }

  isString(slot: number): boolean {
    const kind = this.kind(slot);
    return kind === ValueKind.plainString || kind === ValueKind.escapedString;
  }

  /** The slot's string; only where `isString`. */
  text(slot: number): string {
    const start = this.start(slot);
    const end = this.end(slot);
    if (this.kind(slot) === ValueKind.plainString) return this.#view.toString('utf8', start, end);
    return parseString(this.#view, start - 1, end + 1);
  }

  /** The slot's value as JSON text. */
  raw(slot: number): string {
    const wide = this.isString(slot) ? 1 : 0;
    return this.#view.toString('utf8', this.start(slot) - wide, this.end(slot) + wide);
  }

  /** The slot's key as a string. */
  key(slot: number): string {
    const start = this.cutter.keyStart[slot] ?? 0;
    const end = this.cutter.keyEnd[slot] ?? 0;
    return this.cutter.keyEscaped[slot] === true
      ? parseString(this.#view, start - 1, end + 1)
      : this.#view.toString('utf8', start, end);
  }

  /** The key as it stands, quotes included. */
  rawKey(slot: number): string {
    return this.#view.toString(
      'utf8',
      (this.cutter.keyStart[slot] ?? 0) - 1,
      (this.cutter.keyEnd[slot] ?? 0) + 1,
    );
  }

  /** Bytes as one-byte characters: a key for maps, not a text. */
  latin1(start: number, end: number): string {
    return this.#view.toString('latin1', start, end);
  }

  parse(slot: number): unknown {
    const wide = this.isString(slot) ? 1 : 0;
    return parseRange(this.bytes, this.start(slot) - wide, this.end(slot) + wide);
  }

  /** Throws where the slot's value is not valid JSON. */
  check(slot: number): void {
    const kind = this.kind(slot);
    if (kind === ValueKind.escapedString || kind === ValueKind.object || kind === ValueKind.array)
      this.parse(slot);
  }
}

function parseString(view: Buffer, start: number, end: number): string {
  const value = parseRange(view, start, end);
  if (typeof value !== 'string') throw new EntryError('broken-json', 'not valid JSON');
  return value;
}
