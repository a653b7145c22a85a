import { joinFields, locate } from '../fields.ts';
import type { UnpackedMessage } from '../batch-message.ts';
import { personKindOf } from '../model.ts';
import {
  type Found,
  type Screener,
  type ScreenerEntry,
  compileScreener,
  needsOf,
} from '../../screening/index.ts';
import { createMinutes } from '../../../platform/minute-of-day.ts';
import {
  type ArchiveHit,
  type CutMessage,
  type HitPart,
  type ScanSetup,
  type ScannedPiece,
  mostHitsPerMessage,
} from './protocol.ts';
import { Row, type ScanRows } from './scan-rows.ts';
import { SenderMemory, type SentMessage } from './sender-memory.ts';

type Circumstances = Parameters<Screener['screen']>[1];

/** Rows that are scanned at once where nothing depends on the single message. */
const rowsAtOnce = 512;

const nothingKnown: Circumstances = {
  speaker: null,
  channel: null,
  kind: null,
  minuteOfDay: null,
  branch: null,
  productType: null,
};

/** Scans pieces of archives for what one set of entries finds. */
export class ArchiveScanner {
  readonly #screener: Screener;
  readonly #situated: boolean;
  /** True where a text's hits do not depend on where it ends: then many are scanned as one. */
  readonly #flat: boolean;
  readonly #minuteOf: (at: number) => number;
  readonly #senders = new SenderMemory();

  constructor({ start, timeZone }: ScanSetup) {
    const { entries, suppressions, force } = start;
    this.#screener = compileScreener(entries, suppressions, force === null ? {} : { force });
    this.#situated = needsOf(start).circumstances;
    this.#flat = !this.#situated && suppressions.length === 0 && entries.every(isPlain);
    this.#minuteOf = createMinutes(timeZone);
  }

  /** Whether messages are joined to those before them: pieces of one file then have to come in order. */
  get joins(): boolean {
    return this.#screener.joins;
  }

  /** Begins another file. */
  forget(): void {
    this.#senders.clear();
  }

  scan(rows: ScanRows, lines: number): ScannedPiece {
    const hits: ArchiveHit[] = [];
    const cut: CutMessage[] = [];
    if (this.joins || !this.#flat) {
      for (let row = 0; row < rows.count; row += 1) this.#scanRow(rows, row, hits, cut);
    } else this.#scanFlat(rows, hits, cut);
    return {
      lines,
      messages: rows.count,
      quarantined: rows.quarantined,
      quarantine: rows.quarantine,
      hits,
      cut,
    };
  }

  /** Few messages have hits: which ones is found for many at once, and only those are looked at one by one. */
  #scanFlat(rows: ScanRows, hits: ArchiveHit[], cut: CutMessage[]): void {
    for (let first = 0; first < rows.count; first += rowsAtOnce) {
      const last = Math.min(rows.count, first + rowsAtOnce) - 1;
      const places: number[] = [];
      this.#screener.screenUnits(
        rows.units,
        rows.number(first, Row.textStart),
        rows.number(last, Row.textEnd),
        nothingKnown,
        ({ start }) => places.push(start),
      );
      const all = this.#screener.cut;
      if (places.length === 0 && !all) continue;
      places.sort((a, b) => a - b);
      let next = 0;
      for (let row = first; row <= last && (all || next < places.length); row += 1) {
        const end = rows.number(row, Row.textEnd);
        if (!all && (places[next] ?? 0) >= end) continue;
        while (next < places.length && (places[next] ?? 0) < end) next += 1;
        this.#scanRow(rows, row, hits, cut);
      }
    }
  }

  #scanRow(rows: ScanRows, row: number, hits: ArchiveHit[], cut: CutMessage[]): void {
    const from = rows.number(row, Row.textStart);
    const to = rows.number(row, Row.textEnd);
    if (from === to) return;
    const circumstances = this.#situated ? this.#circumstancesOf(rows, row) : nothingKnown;
    let found: Found[] | null = null;
    this.#screener.screenUnits(rows.units, from, to, circumstances, (each) => {
      if (each.silencedBy === null) (found ??= []).push(each);
    });
    let isCut = this.#screener.cut;
    const own = inOrder(found);
    let message: UnpackedMessage | null = null;
    const kept = own.slice(0, mostHitsPerMessage);
    if (kept.length > 0) {
      message = rows.messageOf(row);
      for (const each of kept)
        hits.push(hitOf(rows, row, message, each, each.start - from, each.end - from, null));
    }
    if (this.joins)
      isCut = this.#scanJoined(rows, row, circumstances, hits, mostHitsPerMessage - kept.length) || isCut;
    if (isCut || own.length > kept.length) {
      message ??= rows.messageOf(row);
      cut.push({ line: rows.number(row, Row.line), msgid: message.msgid });
    }
  }

  /** What only the sender's messages together say. True where something was left out. */
  #scanJoined(
    rows: ScanRows,
    row: number,
    circumstances: Circumstances,
    hits: ArchiveHit[],
    most: number,
  ): boolean {
    const sender = senderOf(rows, row);
    if (sender === null) return false;
    const together = this.#senders.add(sender.key, sender.msgid, rows.times[row] ?? 0, rows.textOf(row));
    if (together === null) return false;
    const { joined, before } = together;
    const found = this.#screener
      .screenJoined(joined, circumstances)
      .filter((each) => each.silencedBy === null);
    if (found.length === 0) return this.#screener.cut;
    const message = rows.messageOf(row);
    for (const each of found.slice(0, most)) {
      const parts = joined.parts.flatMap((part): Slice[] => {
        const start = Math.max(each.start, part.start);
        const end = Math.min(each.end, part.start + part.length);
        const sent = part.back === 0 ? null : (before.at(-part.back) ?? null);
        const text = joined.text.slice(part.start, part.start + part.length);
        return start < end ? [{ sent, text, start: start - part.start, end: end - part.start }] : [];
      });
      const last = parts.at(-1);
      if (last === undefined || last.sent !== null) continue;
      hits.push(hitOf(rows, row, message, each, last.start, last.end, partsOf(parts, message)));
    }
    return this.#screener.cut || found.length > most;
  }

  #circumstancesOf(rows: ScanRows, row: number): Circumstances {
    let speaker: Circumstances['speaker'];
    let channel: Circumstances['channel'];
    if (rows.isUnusual(row)) {
      const { from, roomId, conversationKey } = rows.messageOf(row);
      speaker = from === null ? null : personKindOf(from) === 'employee' ? 'employee' : 'customer';
      channel = roomId !== null ? 'group' : conversationKey === '' ? null : 'single';
    } else {
      const second = rows.byteOf(row, Row.fromStart, 1);
      // `wm` and `wo`: personKindOf, without making a string.
      const outside = rows.byteOf(row, Row.fromStart, 0) === 0x77 && (second === 0x6d || second === 0x6f);
      speaker = outside ? 'customer' : 'employee';
      channel = rows.number(row, Row.roomEnd) > rows.number(row, Row.roomStart) ? 'group' : 'single';
    }
    return {
      speaker,
      channel,
      kind: rows.kinds[row] ?? null,
      minuteOfDay: this.#minuteOf(rows.times[row] ?? 0),
      branch: null,
      productType: null,
    };
  }
}

/** Where a hit stands in one of the joined messages; `sent` is null for the newest. */
interface Slice {
  readonly sent: SentMessage | null;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function partsOf(slices: readonly Slice[], message: UnpackedMessage): HitPart[] {
  return slices.map(({ sent, text, start, end }) => {
    // Offsets count from the field's own beginning, which may lie before what was taken of the message.
    const fieldStart = text.lastIndexOf('\u001E', Math.max(0, start - 1)) + 1;
    const begins = start === 0 ? 0 : fieldStart;
    const before = begins === 0 ? (sent?.inField ?? 0) : 0;
    return {
      msgid: sent?.msgid ?? message.msgid,
      start: start - begins + before,
      end: end - begins + before,
      text: text.slice(start, end),
    };
  });
}

function hitOf(
  rows: ScanRows,
  row: number,
  message: UnpackedMessage,
  { entry, folds, confidence }: Found,
  start: number,
  end: number,
  parts: readonly HitPart[] | null,
): ArchiveHit {
  const place = locate(message.fields, start);
  const fieldStart = place?.start ?? 0;
  const text = place?.field.text ?? joinFields(message.fields);
  // A rule over several fields counts to the end of the one it begins in.
  const fieldEnd = Math.min(end - fieldStart, text.length);
  return {
    line: rows.number(row, Row.line),
    msgid: message.msgid,
    conversation: message.conversationKey,
    from: message.from,
    msgtime: message.msgtime,
    field: place?.field.path ?? '',
    entry,
    start: start - fieldStart,
    end: fieldEnd,
    text: text.slice(start - fieldStart, fieldEnd),
    folds,
    confidence,
    parts,
  };
}

/** Who wrote it where; null where it is in no conversation, or says nothing. */
function senderOf(rows: ScanRows, row: number): { readonly key: string; readonly msgid: string } | null {
  const isUnusual = rows.isUnusual(row);
  const hasRoom = !isUnusual && rows.number(row, Row.roomEnd) > rows.number(row, Row.roomStart);
  if (isUnusual || (!hasRoom && rows.number(row, Row.recipients) !== 1)) {
    const { conversationKey, from, msgid } = rows.messageOf(row);
    return from === null || conversationKey === '' ? null : { key: `${conversationKey}\0${from}`, msgid };
  }
  const from = rows.stringOf(row, Row.fromStart, Row.fromEnd);
  const msgid = rows.stringOf(row, Row.msgidStart, Row.msgidEnd);
  if (hasRoom) return { key: `${rows.stringOf(row, Row.roomStart, Row.roomEnd)}\0${from}`, msgid };
  const to = rows.stringOf(row, Row.toStart, Row.toEnd);
  return { key: `${from < to ? `${from} ${to}` : `${to} ${from}`}\0${from}`, msgid };
}

function isPlain({ options }: ScreenerEntry): boolean {
  return options.rule === null && options.notWhen.length === 0;
}

function inOrder(found: readonly Found[] | null): readonly Found[] {
  if (found === null) return [];
  return found.toSorted((a, b) => a.end - b.end || a.start - b.start || a.entry - b.entry);
}
