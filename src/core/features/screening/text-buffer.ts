import { fieldSeparator } from './folds.ts';

/** Units that a block of texts aims at: with its copies it stays in a core's first cache. */
const blockLength = 1 << 14;
/** Most texts in a block. */
const mostTexts = blockLength / 4;
/** Longest room that is kept for the next text, in units. */
const longestKept = 1 << 18;
/** Texts up to this length are copied unit by unit: to call the host's writer costs more. */
const copiedByUnit = 64;

/** Strings as UTF-16 in an array, which is used again. */
export interface TextBuffer {
  /** The text's units, from the array's beginning on. */
  put(text: string): Uint16Array;
  /** As many texts as make a block, from `first` on, a separator between them; at least one. */
  putBlock(texts: readonly string[], first: number): TextBlock;
}

/** Texts one behind the other, as they are scanned. */
export interface TextBlock {
  readonly units: Uint16Array;
  /** How many texts and units were written. */
  readonly count: number;
  readonly length: number;
  /** Where each text begins; written over by the next block. */
  readonly starts: Int32Array;
}

/** What is used of Node's Buffer: `write` copies a string's units as they are, unpaired surrogates too. */
interface UnitWriter {
  write(text: string, offset: number, encoding: 'utf16le'): number;
}

interface WriterHost {
  from(bytes: ArrayBuffer): UnitWriter;
}

/** None in a browser, where strings give their units one at a time, at some three times the cost. */
const writerHost: WriterHost | null = Reflect.get(globalThis, 'Buffer') ?? null;

/** @param host what writes strings into memory; null where nothing does */
export function createTextBuffer(host: WriterHost | null = writerHost): TextBuffer {
  const starts = new Int32Array(mostTexts);
  let kept = createRoom(blockLength);

  function createRoom(length: number) {
    const units = new Uint16Array(length);
    return { units, writer: host?.from(units.buffer) };
  }

  function roomFor(length: number) {
    if (length <= kept.units.length) return kept;
    const room = createRoom(Math.max(length, kept.units.length * 2));
    if (room.units.length <= longestKept) kept = room;
    return room;
  }

  return {
    put(text) {
      const { length } = text;
      const { units, writer } = roomFor(length);
      if (writer === undefined || length <= copiedByUnit) copyUnits(text, units, 0);
      else writer.write(text, 0, 'utf16le');
      return units;
    },
    putBlock(texts, first) {
      const most = Math.max(blockLength, texts[first]?.length ?? 0);
      const { units, writer } = roomFor(most);
      let length = 0;
      let next = first;
      for (; next < texts.length && next - first < mostTexts; next += 1) {
        const text = texts[next] ?? '';
        // The last one needs no separator behind it.
        if (length + text.length > most) break;
        starts[next - first] = length;
        if (writer === undefined) {
          copyUnits(text, units, length);
          units[length + text.length] = fieldSeparator;
        }
        length += text.length + 1;
      }
      // One string of them all is written at three times the speed of each by itself.
      writer?.write(texts.slice(first, next).join(separator), 0, 'utf16le');
      return { units, count: next - first, length: length - 1, starts };
    },
  };
}

const separator = String.fromCharCode(fieldSeparator);

function copyUnits(text: string, units: Uint16Array, to: number): void {
  for (let at = 0; at < text.length; at += 1) units[to + at] = text.charCodeAt(at);
}
