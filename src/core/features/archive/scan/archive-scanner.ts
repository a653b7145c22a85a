import { personKindOf } from '../model.ts';
import {
  type CutReason,
  type Found,
  type Screener,
  type TextBlock,
  compileScreener,
  joinTexts,
  keepGravest,
  needsOf,
} from '../../screening/index.ts';
import { createMinutes } from '../../../platform/minute-of-day.ts';
import { hitOf, joinedHitOf } from './archive-hits.ts';
import { BlockOfJoined } from './block-of-joined.ts';
import {
  type ArchiveHit,
  type CutMessage,
  type ScanSetup,
  type ScannedPiece,
  mostHitsPerMessage,
} from './protocol.ts';
import { Row, type ScanRows } from './scan-rows.ts';
import { type Remembered, SenderMemory } from './sender-memory.ts';

type Circumstances = Parameters<Screener['screen']>[1];

/** Rows of which is found at once which may have a hit. */
const rowsAtOnce = 512;

const nothingKnown: Circumstances = {
  speaker: null,
  channel: null,
  kind: null,
  minuteOfDay: null,
  branch: null,
  productType: null,
};

/** What a message with a hit came to. */
interface RowResult {
  hits: readonly ArchiveHit[];
  readonly cutBy: Set<CutReason>;
}

/** A message that has some before it by the same sender. */
export interface JoinedRow {
  readonly row: number;
  /** By their numbers in the memory, oldest first. */
  readonly before: readonly number[];
}

/** What a piece has of its own messages, before they are read together; by row. */
export type OwnResults = Map<number, RowResult>;

/** Scans pieces of archives for what one set of entries finds. */
export class ArchiveScanner {
  readonly #screener: Screener;
  readonly #gravityOf: (entry: number) => number;
  readonly #situated: boolean;
  readonly #timeZone: string;
  #minuteOf: ((at: number) => number) | null = null;
  readonly #senders: SenderMemory;
  readonly #ends = new Int32Array(rowsAtOnce);
  readonly #joined = new BlockOfJoined();

  constructor({ start, timeZone, window }: ScanSetup) {
    const { entries, suppressions, force } = start;
    this.#screener = compileScreener(entries, suppressions, force === null ? {} : { force });
    this.#gravityOf = (entry) => entries[entry]?.gravity ?? 0;
    this.#situated = needsOf(start).circumstances;
    this.#timeZone = timeZone;
    this.#senders = new SenderMemory(window);
  }

  /** Whether messages are joined to those before them: what pieces of one file remember then has to come in order. */
  get joins(): boolean {
    return this.#screener.joins;
  }

  /** Begins another file. */
  forget(): void {
    this.#senders.clear();
  }

  scan(rows: ScanRows, lines: number): ScannedPiece {
    const own = this.scanOwn(rows);
    const joined = this.joins ? this.remember(rows) : [];
    return this.finish(rows, lines, own, joined);
  }

  /**
   * What single messages say. Few have a hit: which ones may is found for many at once, and only those are looked at one by
   * one.
   */
  scanOwn(rows: ScanRows): OwnResults {
    const results: OwnResults = new Map();
    const ends = this.#ends;
    for (let first = 0; first < rows.count; first += rowsAtOnce) {
      const count = Math.min(rows.count - first, rowsAtOnce);
      for (let index = 0; index < count; index += 1) ends[index] = rows.number(first + index, Row.textEnd);
      const block = {
        units: rows.units,
        from: rows.number(first, Row.textStart),
        ends,
        count,
        joints: null,
      } satisfies TextBlock;
      this.#screener.candidates(block, (index) => this.#scanRow(rows, first + index, results));
    }
    return results;
  }

  /**
   * Remembers who said what, and answers the messages that are joined to earlier ones. Pieces of a file come here in their
   * order, what other threads remembered between them by `recall`.
   */
  remember(rows: ScanRows): readonly JoinedRow[] {
    const joined: JoinedRow[] = [];
    for (let row = 0; row < rows.count; row += 1) {
      const from = rows.number(row, Row.textStart);
      const to = rows.number(row, Row.textEnd);
      const key = from === to ? null : senderKeyOf(rows, row);
      if (key === null) continue;
      const { bytes, start, end } = rows.msgidOf(row);
      const before = this.#senders.add(key, {
        at: rows.times[row] ?? 0,
        units: rows.units,
        from,
        to,
        bytes,
        idFrom: start,
        idTo: end,
      });
      if (before.length > 0) joined.push({ row, before });
    }
    return joined;
  }

  /** How many messages were remembered. */
  get remembered(): number {
    return this.#senders.next;
  }

  /** What was remembered from that number on, for other threads. */
  since(first: number): Remembered {
    return this.#senders.since(first);
  }

  recall(remembered: Remembered): void {
    this.#senders.recall(remembered);
  }

  /** Adds what only messages read together say. */
  finish(rows: ScanRows, lines: number, results: OwnResults, joined: readonly JoinedRow[]): ScannedPiece {
    for (let first = 0; first < joined.length;) {
      const block = this.#joined;
      block.clear();
      let next = first;
      for (let each = joined[next]; each !== undefined && !block.isFull; each = joined[next]) {
        block.add(
          this.#senders,
          each.before,
          rows.units,
          rows.number(each.row, Row.textStart),
          rows.number(each.row, Row.textEnd),
        );
        next += 1;
      }
      const origin = first;
      this.#screener.candidates(block, (index) => {
        const each = joined[origin + index];
        if (each !== undefined) this.#scanJoined(rows, each, results);
      });
      first = next;
    }
    const hits: ArchiveHit[] = [];
    const cut: CutMessage[] = [];
    for (const [row, result] of [...results].toSorted(([a], [b]) => a - b)) {
      for (const hit of result.hits) hits.push(hit);
      if (result.cutBy.size > 0) {
        cut.push({
          line: rows.number(row, Row.line),
          msgid: rows.messageOf(row).msgid,
          reasons: [...result.cutBy],
        });
      }
    }
    return {
      lines,
      messages: rows.count,
      quarantined: rows.quarantined,
      quarantine: rows.quarantine,
      hits,
      cut,
    };
  }

  #scanRow(rows: ScanRows, row: number, results: OwnResults): void {
    const from = rows.number(row, Row.textStart);
    const to = rows.number(row, Row.textEnd);
    if (from === to) return;
    const found: Found[] = [];
    this.#screener.screenUnits(rows.units, from, to, this.#circumstancesOf(rows, row), (each) => {
      if (each.silencedBy === null) found.push(each);
    });
    const cutBy = new Set(this.#screener.cutBy);
    if (found.length > mostHitsPerMessage) cutBy.add('hits');
    if (found.length === 0 && cutBy.size === 0) return;
    const message = rows.messageOf(row);
    const line = rows.number(row, Row.line);
    const hits = this.#kept(inOrder(found)).map((each) =>
      hitOf(line, message, each, each.start - from, each.end - from, null),
    );
    results.set(row, { hits, cutBy });
  }

  /** What only the sender's messages together say. */
  #scanJoined(rows: ScanRows, { row, before }: JoinedRow, results: OwnResults): void {
    const sent = before.map((message) => this.#senders.sent(message));
    const joined = joinTexts(
      sent.map(({ text }) => text),
      rows.textOf(row),
    );
    if (joined === null) return;
    const found = this.#screener
      .screenJoined(joined, this.#circumstancesOf(rows, row))
      .filter((each) => each.silencedBy === null);
    const { cutBy } = this.#screener;
    if (found.length === 0 && cutBy.length === 0) return;
    const result = results.get(row) ?? { hits: [], cutBy: new Set() };
    results.set(row, result);
    for (const reason of cutBy) result.cutBy.add(reason);
    const message = rows.messageOf(row);
    const line = rows.number(row, Row.line);
    const split = found.flatMap((each) => joinedHitOf(line, message, each, joined, sent) ?? []);
    const all = [...result.hits, ...split];
    result.hits = this.#kept(all);
    if (result.hits.length < all.length) result.cutBy.add('hits');
  }

  /** At most so many of a message, in order. */
  #kept<Hit extends { readonly entry: number }>(hits: readonly Hit[]): readonly Hit[] {
    return keepGravest(hits, mostHitsPerMessage, this.#gravityOf);
  }

  #circumstancesOf(rows: ScanRows, row: number): Circumstances {
    if (!this.#situated) return nothingKnown;
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
    // Made for the first message that is asked about: it takes some 20 ms.
    const minuteOf = (this.#minuteOf ??= createMinutes(this.#timeZone));
    return {
      speaker,
      channel,
      kind: rows.kinds[row] ?? null,
      minuteOfDay: minuteOf(rows.times[row] ?? 0),
      branch: null,
      productType: null,
    };
  }
}

/** Who wrote it where; null where it is in no conversation. */
function senderKeyOf(rows: ScanRows, row: number): string | null {
  const isUnusual = rows.isUnusual(row);
  const hasRoom = !isUnusual && rows.number(row, Row.roomEnd) > rows.number(row, Row.roomStart);
  if (isUnusual || (!hasRoom && rows.number(row, Row.recipients) !== 1)) {
    const { conversationKey, from } = rows.messageOf(row);
    return from === null || conversationKey === '' ? null : `${conversationKey}\0${from}`;
  }
  const from = rows.stringOf(row, Row.fromStart, Row.fromEnd);
  if (hasRoom) return `${rows.stringOf(row, Row.roomStart, Row.roomEnd)}\0${from}`;
  const to = rows.stringOf(row, Row.toStart, Row.toEnd);
  return `${from < to ? `${from} ${to}` : `${to} ${from}`}\0${from}`;
}

function inOrder(found: readonly Found[]): readonly Found[] {
  return found.toSorted((a, b) => a.end - b.end || a.start - b.start || a.entry - b.entry);
}
