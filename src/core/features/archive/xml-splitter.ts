import { type EntrySink, type EntrySplitter, maximumRawBytes } from './entry-splitter.ts';

const open = Buffer.from('<xml');
const close = Buffer.from('</xml>');
const cdata = Buffer.from('<![CDATA[');
const cdataEnd = Buffer.from(']]>');
/** So much of the end is kept when nothing was found: a mark may be cut by the end of a piece. */
const overlap = 16;

/**
 * Callbacks one after another: an entry is what stands from `<xml` to `</xml>`, text in CDATA passed over. One that never ends is cut
 * where the next begins. What stands between them and is neither blank, nor markup, nor a log's words before or behind an entry on
 * its line, is an entry of its own, so that nothing vanishes.
 */
export class XmlSplitter implements EntrySplitter {
  position: number;
  line: number;
  readonly #sink: EntrySink;
  readonly #limit: number;
  /** Bytes from the beginning of what is being read; the first is at `position` plus what was dropped. */
  #pending: Buffer = Buffer.alloc(0);
  /** How far `#pending` has been looked through. */
  #looked = 0;
  #state: 'outside' | 'inside' | 'cdata' = 'outside';
  /** Of an entry beyond the limit: its first bytes, and how many bytes and lines were dropped. */
  #head: Buffer | null = null;
  #dropped = 0;
  #droppedLines = 0;

  constructor(sink: EntrySink, start: { position: number; line: number }, limit: number) {
    this.#sink = sink;
    this.#limit = limit;
    this.position = start.position;
    this.line = start.line;
  }

  push(chunk: Uint8Array): void {
    this.#pending = this.#pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#pending, chunk]);
    while (this.#step()) {
      // Each step is an entry, a piece of text between two, or a part of CDATA.
    }
    this.#limitPending();
  }

  finish(): void {
    if (this.#pending.length > 0 || this.#head !== null) this.#emit(this.#pending.length);
  }

  /** Goes on to the next mark; false where more bytes are needed. */
  #step(): boolean {
    const from = this.#looked;
    const { length } = this.#pending;
    switch (this.#state) {
      case 'outside': {
        const start = this.#pending.indexOf(open, from);
        if (start < 0) {
          this.#looked = Math.max(from, length - overlap);
          return false;
        }
        if (start > 0 || this.#head !== null) this.#emit(start);
        this.#looked = open.length;
        this.#state = 'inside';
        return true;
      }
      case 'inside': {
        const marks = [close, cdata, open].map((mark) => this.#pending.indexOf(mark, from));
        const at = Math.min(...marks.filter((mark) => mark >= 0));
        if (at === Infinity) {
          this.#looked = Math.max(from, length - overlap);
          return false;
        }
        const [end = -1, text = -1] = marks;
        if (at === text) {
          this.#looked = text + cdata.length;
          this.#state = 'cdata';
          return true;
        }
        this.#state = 'outside';
        this.#emit(at === end ? end + close.length : at);
        return true;
      }
      case 'cdata': {
        const end = this.#pending.indexOf(cdataEnd, from);
        if (end < 0) {
          this.#looked = Math.max(from, length - overlap);
          return false;
        }
        this.#looked = end + cdataEnd.length;
        this.#state = 'inside';
        return true;
      }
    }
  }

  #limitPending(): void {
    if (this.#pending.length <= this.#limit && this.#head === null) return;
    const keep = Math.min(overlap, this.#pending.length);
    const drop = Math.min(this.#looked, this.#pending.length - keep);
    if (drop <= 0) return;
    this.#head ??= Buffer.from(this.#pending.subarray(0, Math.min(drop, maximumRawBytes)));
    this.#droppedLines += newlines(this.#pending.subarray(0, drop));
    this.#dropped += drop;
    this.#pending = this.#pending.subarray(drop);
    this.#looked -= drop;
  }

  /** Hands over what is pending up to `end`. */
  #emit(end: number): void {
    const piece = this.#pending.subarray(0, end);
    if (this.#head !== null) this.#sink.tooLong(this.#head, this.#dropped + end, this.line);
    else if (piece.subarray(0, open.length).equals(open))
      this.#sink.entry(piece, 0, piece.length, this.line, false);
    else this.#between(piece, end < this.#pending.length);
    this.line += this.#droppedLines + newlines(piece);
    this.position += this.#dropped + end;
    this.#pending = this.#pending.subarray(end);
    this.#looked = 0;
    this.#dropped = 0;
    this.#droppedLines = 0;
    this.#head = null;
  }

  /** Text outside of entries, line by line; `followed`: an entry begins right behind it. */
  #between(piece: Buffer, followed: boolean): void {
    let start = 0;
    let line = this.line;
    while (start < piece.length) {
      const newline = piece.indexOf(0x0a, start);
      const end = newline < 0 ? piece.length : newline;
      const words = piece
        .toString('latin1', start, end)
        .replaceAll(/<[!?/]?[^<>]*>/g, '')
        .replaceAll('\u00EF\u00BB\u00BF', '')
        .trim();
      const leads = newline < 0 && followed;
      const trails = start === 0 && this.position > 0;
      if (words !== '' && !leads && !trails) this.#sink.entry(piece, start, end, line, false);
      start = end + 1;
      line += 1;
    }
  }
}

function newlines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) count += 1;
  return count;
}
