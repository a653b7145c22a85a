import { isUtf8 } from 'node:buffer';

import { AppError } from '../../contract/errors.ts';
import { type Circumstances, maximumTableBytes, tooLarge } from '../feeds/index.ts';
import type { ColumnMapping, PersonRow } from '../feeds/model.ts';
import { type Batch, newBatch } from './batch.ts';
import { toUtf8 } from './encodings.ts';
import { EntryParser } from './entry-parser.ts';
import {
  type EntrySink,
  type EntrySplitter,
  LineSplitter,
  ValueSplitter,
  maximumEntryBytes,
} from './entry-splitter.ts';
import type { FeedBatch } from './feed-parser.ts';
import { feedParser, readTableOf, tablePart } from './read-feed.ts';
import { type Expected, type Layout, isMarked, peek, recognise, sampleBytes } from './recognise.ts';
import { type Member, openMembers } from './unpack.ts';
import { XmlSplitter } from './xml-splitter.ts';

/** How far a file has been read: everything before it is in the batches that came. */
export interface Checkpoint {
  /** Which text of a zip; 0 elsewhere. */
  readonly member: number;
  readonly layout: 'lines' | 'values' | 'xml';
  /** What the entries are; `whole`: the member was read at once, and all of it is done. */
  readonly of: 'chat' | 'feed' | 'whole';
  /** Bytes of the member's text (as UTF-8) that are done, and the line after them. */
  readonly position: number;
  readonly line: number;
}

export type ReadPart<Collected = Batch> =
  | {
      readonly type: 'entries';
      /** Null: it is no more than read as a chat archive, since nobody can tell what it is. */
      readonly kind: 'chat' | null;
      readonly batch: Collected;
      readonly checkpoint: Checkpoint;
      readonly consumed: number;
    }
  | {
      readonly type: 'records';
      readonly batch: FeedBatch;
      readonly checkpoint: Checkpoint;
      readonly consumed: number;
    }
  | {
      readonly type: 'people';
      readonly kind: 'roster' | 'customers';
      readonly people: readonly PersonRow[];
      /** What the same rows say of handovers; one record for each of `people`. */
      readonly batch: FeedBatch;
      readonly checkpoint: Checkpoint;
    }
  /** What of a zip is no archive, at its end: the first names, and how many there are. */
  | { readonly type: 'skipped'; readonly names: readonly string[]; readonly count: number };

/** Takes the entries of one text and hands them on in what they were made into. */
export interface Collector<Collected> extends EntrySink {
  /** True where what was collected should be taken. */
  isFull(): boolean;
  take(): Collected;
}

export interface CollectOptions {
  readonly fileName: string;
  readonly expected: Expected;
  /** Where an earlier run stopped. */
  readonly checkpoint: Checkpoint | null;
  /** What feeds are read with; without it a feed is not read. */
  readonly feeds?: FeedOptions;
}

export interface FeedOptions extends Omit<Circumstances, 'fileDay'> {
  /** How the columns of tables are named; null: as usual. */
  readonly mapping: ColumnMapping | null;
}

export interface ReadOptions extends CollectOptions {
  /** Gives an empty batch to fill: the consumer may hand used ones back. */
  readonly nextBatch?: () => Batch;
}

/** Makes the collector of a text; `memberName` is its name in a zip, null elsewhere. */
type MakeCollector<Collected> = (memberName: string | null) => Collector<Collected>;

/** A batch is handed over when its text or its quarantine has this size. */
const batchBytes = 640 * 1024;
const batchRows = 8192;

/**
 * Reads a chat archive, a feed or a roster in any of the forms of docs/formats.md, in batches. What could be read before an error is always
 * delivered before the error is thrown.
 */
export function readArchive(
  source: string | AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<ReadPart> {
  const nextBatch = options.nextBatch ?? newBatch;
  return collectArchive(source, options, (memberName) => {
    const parser = new EntryParser(nextBatch(), memberName);
    return {
      entry: (bytes, start, end, line, valid) => parser.entry(bytes, start, end, line, valid),
      tooLong: (head, size, line) => parser.tooLong(head, size, line),
      isFull: () =>
        parser.batch.used >= batchBytes ||
        parser.batch.rows >= batchRows ||
        parser.quarantinedBytes >= batchBytes,
      take: () => parser.take(nextBatch()),
    };
  });
}

/** As `readArchive`, with entries made into whatever the collector makes of them. */
export async function* collectArchive<Collected>(
  source: string | AsyncIterable<Uint8Array>,
  options: CollectOptions,
  makeCollector: MakeCollector<Collected>,
): AsyncGenerator<ReadPart<Collected>> {
  const { checkpoint } = options;
  const skip = checkpoint === null ? 0 : checkpoint.member + (checkpoint.of === 'whole' ? 1 : 0);
  const skipped: string[] = [];
  const members =
    typeof source === 'string'
      ? openMembers(source, options.fileName, skip, (name) => skipped.push(name))
      : streamMember(source, options.fileName);
  let index = skip;
  let empty = true;
  for await (const member of members) {
    const resume = index === checkpoint?.member ? checkpoint : null;
    try {
      for await (const part of readMember(member, index, resume, options, makeCollector, skipped)) {
        empty = false;
        yield part;
      }
    } catch (error) {
      // Whoever packs an archive packs a readme with it.
      if (member.name === null || !isUnrecognised(error)) throw error;
      skipped.push(member.name);
    }
    index += 1;
  }
  if (empty && options.checkpoint === null) {
    throw skipped.length === 0 ? emptyFile(options.fileName) : nothingUsable(options.fileName, skipped);
  }
  if (skipped.length > 0) {
    yield { type: 'skipped', names: skipped.slice(0, namedSkipped), count: skipped.length };
  }
}

/** More names than that nobody reads. */
const namedSkipped = 20;

function isUnrecognised(error: unknown): boolean {
  return error instanceof AppError && error.code === 'file-not-recognised';
}

function nothingUsable(fileName: string, skipped: readonly string[]): AppError {
  const names = skipped.slice(0, namedSkipped).join(', ');
  const more = skipped.length > namedSkipped ? ` and ${skipped.length - namedSkipped} more` : '';
  return new AppError(
    'file-not-recognised',
    `${fileName} holds no chat archive (JSON lines or a JSON array). What is in it: ${names}${more}.`,
    { file: fileName, skipped: `${names}${more}`, count: skipped.length },
  );
}

async function* streamMember(source: AsyncIterable<Uint8Array>, fileName: string): AsyncGenerator<Member> {
  const { head, all } = await peek(source, 4);
  if (head[0] === 0x1f || (head[0] === 0x50 && head[1] === 0x4b)) {
    throw new AppError(
      'file-not-recognised',
      `${fileName} is packed; a packed archive is read from a file only.`,
      {
        file: fileName,
      },
    );
  }
  yield { name: null, chunks: all, consumed: () => 0 };
}

async function* readMember<Collected>(
  member: Member,
  index: number,
  resume: Checkpoint | null,
  options: CollectOptions,
  makeCollector: MakeCollector<Collected>,
  skipped: string[],
): AsyncGenerator<ReadPart<Collected>> {
  const fileName = member.name === null ? options.fileName : `${options.fileName} (${member.name})`;
  const raw = await peek(member.chunks, 4);
  // A text in UTF-16 is looked at as UTF-8.
  const utf8 = isMarked(raw.head) ? toUtf8(raw.all) : raw.all;
  const text = await peek(utf8, resume === null ? sampleBytes : 0);
  if (text.complete && text.head.every((byte) => byte <= 0x20) && resume === null) {
    await text.all.return(undefined);
    // An empty member of a zip is passed over; a file with nothing in it is an error.
    return;
  }
  const mapping = options.feeds?.mapping ?? null;
  const found: Layout =
    resume === null ? recognise(text.head, fileName, options.expected, mapping) : layoutOf(resume);
  if (found.type === 'table') {
    const bytes = await readAll(text.all, fileName);
    const reading = await readTableOf(bytes, fileName, member.name, options);
    skipped.push(...reading.passedOver);
    yield tablePart(reading, index, member.consumed());
    return;
  }
  const from = { member: index, position: 0, line: 1, ...resume, layout: found.layout, of: found.type };
  const consumed = () => member.consumed();
  if (found.type === 'chat') {
    const collector = makeCollector(member.name);
    for await (const part of readEntries(text.all, from, collector))
      yield { type: 'entries', kind: found.kind, ...part, consumed: consumed() };
    return;
  }
  const parser = await feedParser(member, found.layout, found.kind, options);
  for await (const part of readEntries(text.all, from, parser))
    yield { type: 'records', ...part, consumed: consumed() };
}

/** A checkpoint says what its member is: it is not looked at again. Its kind stands with the file. */
function layoutOf({ layout, of }: Checkpoint): Exclude<Layout, { type: 'table' }> {
  if (of === 'feed') return { type: 'feed', layout, kind: null };
  return { type: 'chat', layout: layout === 'xml' ? 'lines' : layout, kind: null };
}

/** An answer may list a whole branch's customers: longer than any message. */
const maximumAnswerBytes = 64 * 2 ** 20;

function splitterFor(sink: EntrySink, from: Checkpoint): EntrySplitter {
  const limit = from.of === 'feed' ? maximumAnswerBytes : undefined;
  switch (from.layout) {
    case 'lines':
      return new LineSplitter(sink, isUtf8, from, limit);
    case 'values':
      return new ValueSplitter(sink, from, limit);
    case 'xml':
      return new XmlSplitter(sink, from, maximumEntryBytes);
  }
}

async function* readEntries<Collected>(
  chunks: AsyncIterable<Uint8Array>,
  from: Checkpoint,
  collector: Collector<Collected>,
): AsyncGenerator<{ readonly batch: Collected; readonly checkpoint: Checkpoint }> {
  const splitter = splitterFor(collector, from);
  const part = () => ({
    batch: collector.take(),
    checkpoint: { ...from, position: splitter.position, line: splitter.line },
  });
  let skip = from.position;
  let failure: { error: unknown } | null = null;
  try {
    for await (const chunk of chunks) {
      const start = Math.min(skip, chunk.length);
      skip -= start;
      if (start === chunk.length) continue;
      splitter.push(start === 0 ? chunk : chunk.subarray(start));
      if (collector.isFull()) yield part();
    }
  } catch (error) {
    failure = { error };
  }
  splitter.finish();
  yield part();
  if (failure !== null) throw failure.error;
}

async function readAll(chunks: AsyncIterable<Uint8Array>, fileName: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maximumTableBytes) throw tooLarge(fileName);
    pieces.push(chunk);
  }
  return Buffer.concat(pieces);
}

function emptyFile(fileName: string): AppError {
  return new AppError('file-empty', `${fileName} is empty.`, { file: fileName });
}
