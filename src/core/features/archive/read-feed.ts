import { type TableReading, dayInName, readTable } from '../feeds/index.ts';
import type { FeedKind, PersonRow } from '../feeds/model.ts';
import { maximumRawBytes } from './entry-splitter.ts';
import { FeedParser, parseJson } from './feed-parser.ts';
import { personKindOf } from './model.ts';
import type { CollectOptions, ReadPart } from './read-archive.ts';
import type { Member } from './unpack.ts';

/** Makes the parser of a text's entries. */
export async function feedParser(
  member: Member,
  layout: 'lines' | 'values' | 'xml',
  kind: FeedKind | null,
  options: CollectOptions,
): Promise<FeedParser> {
  const { expected, circumstances } = feedsOf(options, member.name);
  return new FeedParser(
    // Loaded when the first events come: whoever scans an archive doesn't wait for it.
    layout === 'xml' ? (await import('./parse-xml.ts')).parseXml : parseJson,
    expected === 'auto' ? null : expected,
    circumstances,
    member.name,
    kind,
  );
}

/** What a feed is read with. Nothing else comes here without it: a chat archive is all that is looked for then. */
function feedsOf({ expected, fileName, feeds }: CollectOptions, memberName: string | null) {
  if (feeds === undefined || expected === 'chat') throw new Error('a feed is read with its options');
  const fileDay = (memberName === null ? null : dayInName(memberName)) ?? dayInName(fileName);
  return { expected, mapping: feeds.mapping, circumstances: { ...feeds, fileDay } };
}

/** Reads a table whole. */
export async function readTableOf(
  bytes: Uint8Array,
  fileName: string,
  memberName: string | null,
  options: CollectOptions,
): Promise<TableReading> {
  const { expected, mapping, circumstances } = feedsOf(options, memberName);
  const reading = await readTable(bytes, fileName, expected, mapping, circumstances);
  // A column may be called userid and hold customers all the same: the ids say who they are.
  return reading.kind === 'roster' && mapping === null && namesOnlyOutsiders(reading.people)
    ? readTable(bytes, fileName, 'customers', null, circumstances)
    : reading;
}

/** What was read of a table as a part of its file, which is done with it. */
export function tablePart<Collected>(
  reading: TableReading,
  member: number,
  consumed: number,
): ReadPart<Collected> {
  const { kind, people, records } = reading;
  const quarantined = reading.refused.map(({ line, reason, detail, raw }) => {
    const bytes = Buffer.from(raw, 'utf8');
    return {
      line,
      reason,
      detail,
      raw: Uint8Array.from(bytes.subarray(0, maximumRawBytes)),
      size: bytes.length,
      seq: null,
    };
  });
  const batch = { kind, records: [...records], quarantined };
  const checkpoint = { member, layout: 'lines', of: 'whole', position: 0, line: 1 } as const;
  return kind === 'roster' || kind === 'customers'
    ? { type: 'people', kind, people, batch, checkpoint }
    : { type: 'records', batch, checkpoint, consumed };
}

function namesOnlyOutsiders(people: readonly PersonRow[]): boolean {
  return people.length > 0 && people.every(({ externalId }) => personKindOf(externalId) !== 'employee');
}
