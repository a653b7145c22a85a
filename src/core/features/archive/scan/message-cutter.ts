import { isNotText } from '../fields.ts';
import { hashOf, sameBytes } from '../json-cut.ts';
import {
  escapedUnit,
  integerAt,
  plainStringAt,
  primitiveAt,
  refused,
  space,
  stringAt,
} from './json-bytes.ts';

// The quick way from an entry's bytes to the text that is screened: one pass that checks the JSON, decodes what is text
// into UTF-16 and makes no object. It takes usual messages only and leaves all others to EntryParser; whatever it takes,
// EntryParser takes too and gives the same text (message-cutter.test.ts compares them).

/** Members of a usual message that are no body. */
const common = ['msgid', 'action', 'from', 'tolist', 'roomid', 'msgtime', 'msgtype', 'seq'] as const;
const At = { msgid: 0, action: 1, from: 2, tolist: 3, roomid: 4, msgtime: 5, msgtype: 6, seq: 7 } as const;
/** The members that every message taken here has: all but `roomid` and `seq`. */
const required = (1 << At.msgid) | (1 << At.from) | (1 << At.tolist) | (1 << At.msgtime) | (1 << At.msgtype);

/** Kinds with a flat body of strings and numbers, and the key that the body stands below (docs/formats.md §1). */
const bodyKeys = {
  text: 'text',
  image: 'image',
  voice: 'voice',
  video: 'video',
  emotion: 'emotion',
  file: 'file',
  link: 'link',
  weapp: 'weapp',
  location: 'location',
  card: 'card',
  revoke: 'revoke',
  agree: 'agree',
  disagree: 'disagree',
  markdown: 'info',
  docmsg: 'doc',
  redpacket: 'redpacket',
  external_redpacket: 'redpacket',
  sphfeed: 'sphfeed',
} as const;
const kinds = Object.keys(bodyKeys);
const bodies = [...new Set<string>(Object.values(bodyKeys))];
const bodyOfKind = Object.values(bodyKeys).map((body) => bodies.indexOf(body));
const textBody = bodies.indexOf('text');
const revokeBody = bodies.indexOf('revoke');

/** Latest time that a message may have: see message-values.ts. */
const latestTime = 4_102_444_800_000;
const mostBodyMembers = 24;
const keySlots = 256;
const separator = 0x1e;
const quote = 0x22;
const backslash = 0x5c;

/** Names found by hash without a map: a table of a power of two in which no two of them meet. */
class QuickNames {
  readonly #names: readonly Uint8Array[];
  readonly #slots: Int16Array;
  readonly #mask: number;

  constructor(names: readonly string[]) {
    this.#names = names.map((name) => Buffer.from(name, 'utf8'));
    let size = 64;
    while (!this.#fits(size)) size *= 2;
    this.#mask = size - 1;
    this.#slots = new Int16Array(size).fill(-1);
    for (const [index, name] of this.#names.entries()) {
      this.#slots[slotOfHash(hashOf(name, 0, name.length)) & this.#mask] = index;
    }
  }

  #fits(size: number): boolean {
    const taken = this.#names.map((name) => slotOfHash(hashOf(name, 0, name.length)) & (size - 1));
    if (size > 1 << 20) throw new Error('two names have one hash');
    return new Set(taken).size === taken.length;
  }

  /** The name's place in the list, or -1. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const index = this.#slots[slotOfHash(hash) & this.#mask] ?? -1;
    if (index < 0) return -1;
    const name = this.#names[index];
    return name !== undefined && sameBytes(bytes, start, end, name) ? index : -1;
  }
}

function slotOfHash(hash: number): number {
  return hash ^ (hash >>> 15);
}

const topNames = new QuickNames([...common, ...bodies]);
const kindNames = new QuickNames(kinds);

/** What a body's member is by its name. */
const Key = { text: 1, content: 2, notText: 3 } as const;

/** Reads usual messages one after another into one block of text. */
export class MessageCutter {
  /** Texts of the messages, as many units as `used`. */
  units = new Uint16Array(1 << 16);
  used = 0;

  /** Of the message that was cut last. */
  kind = '';
  time = 0;
  msgidStart = 0;
  msgidEnd = 0;
  /** Byte ranges of who sent it, the one or several it went to, and the room; an empty room is none. */
  fromStart = 0;
  fromEnd = 0;
  toStart = 0;
  toEnd = 0;
  recipients = 0;
  roomStart = 0;
  roomEnd = 0;

  #hash = 0;
  #keyKind = 0;
  #hasContent = false;
  readonly #bodyHashes = new Int32Array(mostBodyMembers);
  /** What names of body members mean: a few slots by hash, each taken by the name that came last. */
  readonly #keyHashes = new Int32Array(keySlots);
  readonly #keyKinds = new Uint8Array(keySlots);
  readonly #keyBytes: Uint8Array[] = Array.from({ length: keySlots }, () => new Uint8Array(0));

  /** Makes room for as many more units. */
  reserve(more: number): void {
    const needed = this.used + more;
    if (needed <= this.units.length) return;
    const units = new Uint16Array(Math.max(needed, this.units.length * 2));
    units.set(this.units.subarray(0, this.used));
    this.units = units;
  }

  /** Adds the text of one more message. */
  append(text: string): void {
    this.reserve(text.length);
    const { units, used } = this;
    for (let at = 0; at < text.length; at += 1) units[used + at] = text.charCodeAt(at);
    this.used = used + text.length;
  }

  /**
   * Appends the text of the message that fills `bytes[start…end)`, known to be UTF-8: its fields with U+001E between them.
   * False where it is not a usual message on one line; nothing is appended then.
   */
  cut(bytes: Uint8Array, start: number, end: number): boolean {
    const before = this.used;
    this.reserve(end - start);
    if (this.#message(bytes, start, end) === end) return true;
    this.used = before;
    return false;
  }

  /**
   * The same for a message that begins a line, without knowing where that ends: at or before `last`, which is a line break.
   * Answers where its line break stands, or -1.
   */
  cutLine(bytes: Uint8Array, start: number, last: number): number {
    const before = this.used;
    this.reserve(last - start);
    const end = this.#message(bytes, start, last);
    if (end >= 0) {
      const newline = bytes[end] === 0x0d ? end + 1 : end;
      if (bytes[newline] === 0x0a) return newline;
    }
    this.used = before;
    return refused;
  }

  /** Answers where the message ends, behind its bracket. */
  #message(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start] !== 0x7b) return refused;
    let seen = 0;
    let body = -1;
    let kind = -1;
    this.roomStart = this.roomEnd = 0;
    let at = space(bytes, start + 1, end);
    for (;;) {
      if (at >= end || bytes[at] !== quote) return refused;
      const keyStart = at + 1;
      const keyEnd = this.#key(bytes, keyStart, end);
      if (keyEnd < 0) return refused;
      const name = topNames.find(bytes, keyStart, keyEnd, this.#hash);
      if (name < 0 || (seen & (1 << Math.min(name, common.length))) !== 0) return refused;
      seen |= 1 << Math.min(name, common.length);
      at = space(bytes, keyEnd + 1, end);
      if (bytes[at] !== 0x3a) return refused;
      at = space(bytes, at + 1, end);
      if (at >= end) return refused;
      const valueStart = at;
      switch (name) {
        case At.msgid:
          at = plainStringAt(bytes, at, end);
          this.msgidStart = valueStart + 1;
          this.msgidEnd = at - 1;
          if (at - valueStart < 3) return refused;
          break;
        case At.action:
          at = plainStringAt(bytes, at, end);
          if (at - valueStart > 66) return refused;
          break;
        case At.from:
          at = plainStringAt(bytes, at, end);
          this.fromStart = valueStart + 1;
          this.fromEnd = at - 1;
          if (at - valueStart < 3) return refused;
          break;
        case At.roomid:
          if (bytes[at] === 0x6e) {
            at = primitiveAt(bytes, at, end);
            break;
          }
          at = plainStringAt(bytes, at, end);
          this.roomStart = valueStart + 1;
          this.roomEnd = at - 1;
          break;
        case At.tolist:
          at = this.#recipients(bytes, at, end);
          break;
        case At.msgtime:
          at = this.#time(bytes, at, end);
          break;
        case At.seq:
          at = integerAt(bytes, at, end);
          break;
        case At.msgtype: {
          if (bytes[at] !== quote) return refused;
          const close = this.#key(bytes, at + 1, end);
          if (close < 0) return refused;
          kind = kindNames.find(bytes, at + 1, close, this.#hash);
          if (kind < 0) return refused;
          at = close + 1;
          break;
        }
        default:
          body = name - common.length;
          at = this.#body(bytes, at, end, body === revokeBody);
          break;
      }
      if (at < 0) return refused;
      at = space(bytes, at, end);
      if (at >= end) return refused;
      const next = bytes[at];
      if (next === 0x7d) break;
      if (next !== 0x2c) return refused;
      at = space(bytes, at + 1, end);
    }
    if ((seen & required) !== required) return refused;
    if (body < 0 || bodyOfKind[kind] !== body || (body === textBody && !this.#hasContent)) return refused;
    this.kind = kinds[kind] ?? '';
    return this.roomEnd > this.roomStart || this.#isToSomebodyElse(bytes) ? at + 1 : refused;
  }

  /** Who writes to nobody, or to himself alone, has no conversation. */
  #isToSomebodyElse(bytes: Uint8Array): boolean {
    if (this.recipients !== 1) return this.recipients > 1;
    const length = this.fromEnd - this.fromStart;
    if (this.toEnd - this.toStart !== length) return true;
    for (let index = 0; index < length; index += 1)
      if (bytes[this.fromStart + index] !== bytes[this.toStart + index]) return true;
    return false;
  }

  /** A key or another short name without escapes; answers where its closing quote stands. Sets `#hash`. */
  #key(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === quote) {
        this.#hash = hash;
        return at;
      }
      if (byte === backslash || byte < 0x20) return refused;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    return refused;
  }

  #recipients(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start] !== 0x5b) return refused;
    this.recipients = 0;
    let at = space(bytes, start + 1, end);
    if (bytes[at] === 0x5d) return at + 1;
    for (;;) {
      const close = plainStringAt(bytes, at, end);
      if (close < 0) return refused;
      this.recipients += 1;
      this.toStart = at + 1;
      this.toEnd = close - 1;
      at = space(bytes, close, end);
      if (bytes[at] === 0x5d) return at + 1;
      if (bytes[at] !== 0x2c) return refused;
      at = space(bytes, at + 1, end);
    }
  }

  #time(bytes: Uint8Array, start: number, end: number): number {
    const at = integerAt(bytes, start, end);
    if (at < 0 || at - start > 13) return refused;
    let value = 0;
    for (let digit = start; digit < at; digit += 1) value = value * 10 + (bytes[digit] ?? 0) - 0x30;
    if (value > latestTime) return refused;
    this.time = value;
    return at;
  }

  #body(bytes: Uint8Array, start: number, end: number, onlyStrings: boolean): number {
    this.#hasContent = false;
    if (bytes[start] !== 0x7b) return refused;
    const rowStart = this.used;
    let count = 0;
    let at = space(bytes, start + 1, end);
    if (bytes[at] === 0x7d) return at + 1;
    for (;;) {
      if (at >= end || bytes[at] !== quote) return refused;
      const keyEnd = this.#key(bytes, at + 1, end);
      if (keyEnd < 0 || !this.#isNewMember(count)) return refused;
      count += 1;
      this.#keyKind = this.#kindOfKey(bytes, at + 1, keyEnd);
      if (this.#keyKind === 0) return refused;
      at = space(bytes, keyEnd + 1, end);
      if (bytes[at] !== 0x3a) return refused;
      at = space(bytes, at + 1, end);
      if (bytes[at] === quote) at = this.#field(bytes, at, end, rowStart);
      // What has to be a string, a text's content and the id in a revoke, EntryParser checks.
      else if (onlyStrings || this.#keyKind === Key.content) return refused;
      else at = primitiveAt(bytes, at, end);
      if (at < 0) return refused;
      at = space(bytes, at, end);
      if (bytes[at] === 0x7d) return at + 1;
      if (bytes[at] !== 0x2c) return refused;
      at = space(bytes, at + 1, end);
    }
  }

  /** False where a key of this hash came before: of two that are the same only the last one counts. */
  #isNewMember(count: number): boolean {
    if (count === mostBodyMembers) return false;
    for (let index = 0; index < count; index += 1) if (this.#bodyHashes[index] === this.#hash) return false;
    this.#bodyHashes[count] = this.#hash;
    return true;
  }

  /** `Key`, or 0 for a name that EntryParser has to look at. */
  #kindOfKey(bytes: Uint8Array, start: number, end: number): number {
    const slot = slotOfHash(this.#hash) & (keySlots - 1);
    const known = this.#keyBytes[slot];
    if (known !== undefined && this.#keyHashes[slot] === this.#hash && sameBytes(bytes, start, end, known)) {
      return this.#keyKinds[slot] ?? 0;
    }
    const own = Uint8Array.from(bytes.subarray(start, end));
    const name = Buffer.from(own.buffer).toString('utf8');
    // Names that are numbers change their place among an object's members.
    if (!/^[a-zA-Z_]\w{0,40}$/.test(name) || name === '__proto__') return 0;
    const kind = name === 'content' ? Key.content : isNotText(name) ? Key.notText : Key.text;
    this.#keyHashes[slot] = this.#hash;
    this.#keyKinds[slot] = kind;
    this.#keyBytes[slot] = own;
    return kind;
  }

  #field(bytes: Uint8Array, start: number, end: number, rowStart: number): number {
    if (this.#keyKind === Key.content) this.#hasContent = true;
    if (this.#keyKind === Key.notText) return stringAt(bytes, start, end);
    const before = this.used;
    if (before > rowStart) {
      this.units[before] = separator;
      this.used = before + 1;
    }
    const from = this.used;
    const close = this.#decode(bytes, start + 1, end);
    if (close < 0) return refused;
    if (this.used === from || (this.#keyKind === Key.text && this.#isHash(from))) this.used = before;
    return close + 1;
  }

  /** Decodes a string into the block; answers where its closing quote stands. */
  #decode(bytes: Uint8Array, start: number, end: number): number {
    const { units } = this;
    let used = this.used;
    let at = start;
    while (at < end) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0xe0) {
        if (byte < 0xf0) {
          units[used] =
            ((byte & 0x0f) << 12) | (((bytes[at + 1] ?? 0) & 0x3f) << 6) | ((bytes[at + 2] ?? 0) & 0x3f);
          used += 1;
          at += 3;
        } else {
          const codePoint =
            (((byte & 0x07) << 18) |
              (((bytes[at + 1] ?? 0) & 0x3f) << 12) |
              (((bytes[at + 2] ?? 0) & 0x3f) << 6) |
              ((bytes[at + 3] ?? 0) & 0x3f)) -
            0x10000;
          units[used] = 0xd800 + (codePoint >> 10);
          units[used + 1] = 0xdc00 + (codePoint & 0x3ff);
          used += 2;
          at += 4;
        }
      } else if (byte === quote) {
        this.used = used;
        return at;
      } else if (byte === backslash) {
        const unit = escapedUnit(bytes, at + 1, end);
        if (unit < 0) return refused;
        units[used] = unit;
        used += 1;
        at += bytes[at + 1] === 0x75 ? 6 : 2;
      } else if (byte >= 0x80) {
        units[used] = ((byte & 0x1f) << 6) | ((bytes[at + 1] ?? 0) & 0x3f);
        used += 1;
        at += 2;
      } else if (byte < 0x20) return refused;
      else {
        units[used] = byte;
        used += 1;
        at += 1;
      }
    }
    return refused;
  }

  /** As `hash` in fields.ts. */
  #isHash(from: number): boolean {
    const length = this.used - from;
    if (length !== 32 && length !== 40 && length !== 64) return false;
    for (let at = from; at < this.used; at += 1) {
      const unit = this.units[at] ?? 0;
      const isHex = (unit >= 0x30 && unit <= 0x39) || ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x66);
      if (!isHex) return false;
    }
    return true;
  }
}
