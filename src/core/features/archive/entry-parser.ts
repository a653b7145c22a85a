import { isUtf8 } from 'node:buffer';

import { type Batch, Column, columnCount, packAbsent, packBytes, packText, reserveRow } from './batch.ts';
import { CutEntry, Member } from './cut-entry.ts';
import { type EntrySink, maximumRawBytes } from './entry-splitter.ts';
import { bodyKeyOf, joinFields } from './fields.ts';
import { EntryError, NameTable, ObjectCutter, ValueKind, cutArray, parseRange } from './json-cut.ts';
import { Interner } from './interner.ts';
import { checkBody, composeBody, otherMembers, parseFields, slotOf } from './message-body.ts';
import {
  actionOf,
  kindOf,
  objectOf,
  parseJsonString,
  recalled,
  sequenceOf,
  timeOf,
  wrongType,
} from './message-values.ts';
import type { QuarantineReason } from './model.ts';
import { hashMsgid } from './msgid-index.ts';

// Reads one entry of a chat archive: a decrypted message, a `{seq, …, message}` wrapper around one, or a pull's answer
// with `chatdata[]`. The usual message is cut from its bytes; whatever is unusual goes through JSON.parse.

const contentTable = new NameTable(['content']);
/** Fills batches with the entries of one file. */
export class EntryParser implements EntrySink {
  batch: Batch;
  /** Raw bytes in the batch's quarantine. */
  quarantinedBytes = 0;
  /** Names the member of a zip in the details of what can't be read. */
  readonly #memberName: string | null;

  readonly #outer = new CutEntry();
  readonly #inner = new CutEntry();
  readonly #body = new ObjectCutter();
  readonly #interner = new Interner();

  constructor(batch: Batch, memberName: string | null) {
    this.batch = batch;
    this.#memberName = memberName;
  }

  entry(bytes: Uint8Array, start: number, end: number, line: number, valid: boolean): void {
    let seq: string | null = null;
    try {
      if (!valid && !isUtf8(bytes.subarray(start, end)))
        throw new EntryError('invalid-utf8', 'not valid UTF-8');
      const outer = this.#outer;
      outer.read(bytes, start, end);
      const chatdata = outer.slot(Member.chatdata);
      if (chatdata >= 0 && outer.slot(Member.msgid) < 0 && outer.kind(chatdata) === ValueKind.array) {
        outer.parse(chatdata);
        // Cut before the first is read: reading one uses the same cutter.
        for (const item of cutArray(bytes, outer.start(chatdata), outer.end(chatdata))) {
          this.entry(bytes, item.start, item.end, line, true);
        }
        return;
      }
      seq = sequenceOf(outer);
      this.#message(line, seq);
    } catch (thrown) {
      if (!(thrown instanceof EntryError)) throw thrown;
      const error = worstOf(thrown, bytes, start, end);
      const raw = bytes.subarray(start, Math.min(end, start + maximumRawBytes));
      this.#quarantine(line, error.reason, error.message, raw, end - start, seq);
      if (seq !== null) this.#sequence(seq, -1, null);
    }
  }

  tooLong(head: Uint8Array, size: number, line: number): void {
    const detail = `${size} bytes: longer than an entry may be`;
    this.#quarantine(line, 'too-long', detail, head.subarray(0, maximumRawBytes), size, null);
  }

  #quarantine(
    line: number,
    reason: QuarantineReason,
    what: string,
    raw: Uint8Array,
    size: number,
    seq: string | null,
  ): void {
    const detail = this.#memberName === null ? what : `${this.#memberName}: ${what}`;
    // A copy: the bytes belong to the block that is being read.
    this.batch.quarantined.push({ line, reason, detail, raw: Uint8Array.from(raw), size, seq });
    this.quarantinedBytes += raw.length + 200;
  }

  /** Hands the filled batch over and goes on with `next`. */
  take(next: Batch): Batch {
    const full = this.batch;
    this.batch = next;
    this.quarantinedBytes = 0;
    next.reset = this.#interner.startBatch();
    return full;
  }

  #message(line: number, seq: string | null): void {
    const outer = this.#outer;
    const message = this.#unwrap(outer);
    const msgidEntry = message.slot(Member.msgid) >= 0 ? message : outer;
    const msgid = msgidEntry.slot(Member.msgid);
    if (msgid < 0)
      throw new EntryError(
        'no-msgid',
        'there is no msgid: neither a chat message nor an answer or event that is known',
      );
    if (!msgidEntry.isString(msgid)) throw wrongType('msgid', 'a string');
    if (msgidEntry.start(msgid) === msgidEntry.end(msgid))
      throw new EntryError('no-msgid', 'the msgid is empty');

    const action = actionOf(message);
    const zone =
      message.slot(Member.msgtype) >= 0 && message.kind(message.slot(Member.msgtype)) === ValueKind.integer;
    const isSwitch = action === 'switch' && message.slot(Member.msgtype) < 0;
    const kind = isSwitch ? 'switch' : kindOf(message);
    const sentAt = timeOf(
      message,
      isSwitch ? Member.time : zone ? Member.send_time : Member.msgtime,
      zone ? 1000 : 1,
    );

    const { batch } = this;
    reserveRow(batch);
    const row = batch.rows;
    const participants = this.#interner.participants(
      batch,
      message,
      isSwitch ? 'switch' : zone ? 'zone' : 'usual',
    );
    const envelope = message === outer ? null : outer;
    const used = batch.used;
    try {
      this.#packMsgid(msgidEntry, msgid);
      this.#packContent(message, envelope, kind, isSwitch, zone);
    } catch (error) {
      batch.used = used;
      throw error;
    }
    if (seq === null) packAbsent(batch, Column.seq);
    else packText(batch, Column.seq, seq);
    batch.times[row] = sentAt;
    const at = row * columnCount;
    batch.numbers[at + Column.participants] = participants;
    batch.numbers[at + Column.kind] = this.#interner.name(batch, kind);
    batch.numbers[at + Column.action] = this.#interner.name(
      batch,
      zone && recalled(message) ? 'recall' : action,
    );
    batch.numbers[at + Column.line] = line;
    batch.rows += 1;
    if (seq !== null) this.#sequence(seq, participants, sentAt);
  }

  /** The message itself: the entry, or what its `message` holds, as an object or as a string of JSON. */
  #unwrap(outer: CutEntry): CutEntry {
    if (outer.slot(Member.msgtype) >= 0) return outer;
    const slot = outer.slot(Member.message);
    if (slot >= 0 && outer.kind(slot) === ValueKind.object) {
      this.#inner.read(outer.bytes, outer.start(slot), outer.end(slot));
      return this.#inner;
    }
    if (slot >= 0 && outer.isString(slot) && outer.text(slot).trimStart().startsWith('{')) {
      const bytes = Buffer.from(outer.text(slot).trim(), 'utf8');
      this.#inner.read(bytes, 0, bytes.length);
      return this.#inner;
    }
    if (slot >= 0) throw wrongType('message', 'an object');
    if (outer.slot(Member.encrypt_chat_msg) >= 0 && outer.slot(Member.action) < 0) {
      throw new EntryError('undecryptable', 'only the encrypted message is there');
    }
    return outer;
  }

  #packMsgid(entry: CutEntry, slot: number): void {
    const { batch } = this;
    if (entry.kind(slot) === ValueKind.plainString) {
      packBytes(batch, Column.msgid, entry.bytes, entry.start(slot), entry.end(slot));
    } else packText(batch, Column.msgid, entry.text(slot));
    const at = batch.rows * columnCount;
    const start = batch.numbers[at + Column.msgid] ?? 0;
    const end = start + (batch.numbers[at + Column.msgid + 1] ?? 0);
    batch.numbers[at + Column.hash] = hashMsgid(batch.bytes, start, end);
  }

  #packContent(
    message: CutEntry,
    envelope: CutEntry | null,
    kind: string,
    isSwitch: boolean,
    zone: boolean,
  ): void {
    const { batch } = this;
    const bodyKey = this.#interner.bodyKey(bodyKeyOf(kind));
    const bodySlot = isSwitch ? -1 : slotOf(message, bodyKey);
    const extras = otherMembers(message, envelope, bodySlot, isSwitch, zone);
    packAbsent(batch, Column.revokes);
    if (kind === 'text' && extras === null && this.#packPlainText(message, bodySlot)) return;

    const body = composeBody(message, bodySlot, extras);
    checkBody(message, bodySlot, kind);
    if (body === null) {
      packAbsent(batch, Column.text);
      batch.numbers[batch.rows * columnCount + Column.text + 1] = 0;
      packAbsent(batch, Column.body);
      return;
    }
    packText(batch, Column.text, joinFields(parseFields(kind, body)));
    packText(batch, Column.body, body);
    if (kind === 'revoke') this.#packRevoked(body);
    if (kind === 'agree' || kind === 'disagree') this.#consent(message, kind, body);
  }

  /** A text message with nothing but its content: most of any archive. False where it is not one. */
  #packPlainText(message: CutEntry, bodySlot: number): boolean {
    if (bodySlot < 0 || message.kind(bodySlot) !== ValueKind.object) return false;
    const { bytes } = message;
    const body = this.#body;
    body.cut(bytes, message.start(bodySlot), message.end(bodySlot));
    if (
      body.count !== 1 ||
      contentTable.find(bytes, body.keyStart[0] ?? 0, body.keyEnd[0] ?? 0, body.keyHash[0] ?? 0) < 0
    ) {
      return false;
    }
    const start = body.valueStart[0] ?? 0;
    const end = body.valueEnd[0] ?? 0;
    if (body.valueKind[0] === ValueKind.plainString) packBytes(this.batch, Column.text, bytes, start, end);
    else if (body.valueKind[0] === ValueKind.escapedString) {
      const text = parseJsonString(bytes, start - 1, end + 1);
      // Half a surrogate pair can't be stored as UTF-8: the body keeps its escape.
      if (!text.isWellFormed()) return false;
      packText(this.batch, Column.text, text);
    } else return false;
    packAbsent(this.batch, Column.body);
    return true;
  }

  #packRevoked(body: string): void {
    const value = objectOf(JSON.parse(body))?.['pre_msgid'];
    if (value === undefined || value === null) return;
    if (typeof value !== 'string') throw wrongType('revoke.pre_msgid', 'a string');
    packText(this.batch, Column.revokes, value);
  }

  #consent(message: CutEntry, kind: 'agree' | 'disagree', body: string): void {
    const value = objectOf(JSON.parse(body));
    const from = message.slot(Member.from);
    const customer = value?.['userid'] ?? (from >= 0 && message.isString(from) ? message.text(from) : null);
    if (typeof customer !== 'string' || customer === '') return;
    const at = timeOf(message, Member.msgtime, 1);
    this.batch.consents.push({ customer, agreed: kind === 'agree', at });
  }

  #sequence(seq: string, participants: number, at: number | null): void {
    const value = BigInt(seq);
    const runs = this.batch.sequences;
    const last = runs.at(-1);
    if (last !== undefined && last.last + 1n === value) {
      runs[runs.length - 1] = { first: last.first, last: value, participants, at };
    } else runs.push({ first: value, last: value, participants, at });
  }
}

/** What is no JSON at all is called that, whatever else was seen first: the cutter looks at values only when it needs them. */
function worstOf(error: EntryError, bytes: Uint8Array, start: number, end: number): EntryError {
  switch (error.reason) {
    case 'no-msgid':
    case 'wrong-type':
    case 'undecryptable':
      try {
        parseRange(bytes, start, end);
        return error;
      } catch (broken) {
        return broken instanceof EntryError ? broken : error;
      }
    case 'broken-json':
    case 'invalid-utf8':
    case 'no-userid':
    case 'too-deep':
    case 'too-long':
    case 'answer-error':
    case 'other-feed':
    case 'other-event':
    case 'no-employee':
    case 'no-item':
    case 'no-time':
    case 'broken-xml':
      return error;
  }
}
