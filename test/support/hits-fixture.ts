import { Readable } from 'node:stream';

import type { BlobId } from '../../src/core/contract/ids.ts';
import type { ProcedureInput, ProcedureOutput } from '../../src/core/contract/index.ts';
import { type LexiconView, TermInput } from '../../src/core/features/lexicons/contract.ts';
import type { HitFilter, HitRow } from '../../src/core/features/supervision/contract.ts';
import { createBlobStore } from '../../src/core/platform/blobs/index.ts';
import type { TestClient, TestWorld } from './workspace.ts';

// A small archive whose hits are known by another way than the engine's, and the steps from its file to its hits.

/** Terms that overlap, nest and disguise: `保本` lies in `保本保息`, which shares `息` with nothing. */
export const fixtureTerms: readonly TermInput[] = [
  term('保本', '承诺收益', 'critical'),
  term('保本保息', '承诺收益', 'critical'),
  term('本保', '承诺收益', 'low'),
  term('绝对', '绝对化用语', 'high'),
  term('绝对安全', '绝对化用语', 'high'),
  term('私下转账', '私单渠道', 'medium'),
  term('VIP返现', '返佣', 'medium'),
  term('投诉', '投诉苗头', 'info'),
];

function term(text: string, category: string, severity: TermInput['severity']): TermInput {
  return TermInput.parse({ text, category, severity, basis: `行内制度之${category}` });
}

export interface FixtureMessage {
  readonly message: Readonly<Record<string, unknown>> & { readonly msgid: string };
  /** What of it is screened, as docs/formats.md says. */
  readonly fields: readonly { readonly path: string; readonly text: string }[];
}

const says = [
  '您好,这款产品保本保息,绝对安全,您放心。',
  '今天天气不错,周末愉快。',
  '可以私下转账给我,ｖｉｐ返现两个点。',
  '本保单随信寄出,请查收😀绝对准时。',
  '我要投诉,你们说的保\u200B本根本没有。',
  '保本保本保息,V\u200BIP返现!',
  '手机 13800138000,请联系我,不投诉了。',
  '收到,谢谢。',
];

/** Messages `from` up to `from + count`, in three conversations, of several kinds; the same on every run. */
export function fixtureMessages(from: number, count: number): readonly FixtureMessage[] {
  return Array.from({ length: count }, (_, index) => fixtureMessage(from + index));
}

function fixtureMessage(number: number): FixtureMessage {
  const text = says[(number * 5) % says.length] ?? '';
  const other = says[(number * 3 + 1) % says.length] ?? '';
  const common = {
    msgid: `fixture-${String(number).padStart(6, '0')}_external`,
    action: 'send',
    from: number % 2 === 0 ? 'ceshi.jingli' : 'wmFixtureKehu',
    tolist: [number % 2 === 0 ? 'wmFixtureKehu' : 'ceshi.jingli'],
    roomid: ['', 'wrFixtureOne', 'wrFixtureTwo'][number % 3],
    msgtime: Date.UTC(2026, 1, 2, 1) + number * 60_000,
  };
  switch (number % 5) {
    case 1:
      return {
        message: {
          ...common,
          msgtype: 'link',
          link: { title: text, description: other, link_url: 'https://example.test/a' },
        },
        fields: [
          { path: 'link.title', text },
          { path: 'link.description', text: other },
        ],
      };
    case 2:
      return {
        message: {
          ...common,
          msgtype: 'chatrecord',
          chatrecord: {
            title: '聊天记录',
            item: [
              {
                type: 'ChatRecordText',
                msgtime: 1_770_000_000,
                content: JSON.stringify({ content: text }),
                from_chatroom: false,
              },
              {
                type: 'ChatRecordText',
                msgtime: 1_770_000_060,
                content: JSON.stringify({ content: other }),
                from_chatroom: false,
              },
            ],
          },
        },
        fields: [
          { path: 'chatrecord.title', text: '聊天记录' },
          { path: 'chatrecord.item[0].content', text },
          { path: 'chatrecord.item[1].content', text: other },
        ],
      };
    default:
      return {
        message: { ...common, msgtype: 'text', text: { content: text } },
        fields: [{ path: 'text.content', text }],
      };
  }
}

export interface ExpectedHit {
  readonly msgid: string;
  readonly field: string;
  readonly term: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Every place where a term stands, by trying each term at each character: slow, and independent of the engine. */
export function bruteForceHits(
  messages: readonly FixtureMessage[],
  terms: readonly { readonly text: string }[],
): readonly ExpectedHit[] {
  return messages.flatMap(({ message, fields }) =>
    fields.flatMap(({ path, text }) =>
      terms.flatMap((entry) =>
        Array.from({ length: text.length }, (_, start) => start).flatMap((start) => {
          const end = endOfTerm(text, start, entry.text);
          if (end === null) return [];
          return [
            { msgid: message.msgid, field: path, term: entry.text, start, end, text: text.slice(start, end) },
          ];
        }),
      ),
    ),
  );
}

/** Where the term that begins at `start` ends, or null: compares letter by letter in plain, lower, half-width form. */
function endOfTerm(text: string, start: number, wanted: string): number | null {
  let at = start;
  for (const letter of wanted.toLowerCase()) {
    while (at > start && text[at] === '\u200B') at += 1;
    if (text[at]?.normalize('NFKC').toLowerCase() !== letter) return null;
    at += 1;
  }
  return at;
}

/** The rows as the brute force writes them, both in one order. */
export function comparable(hits: readonly (ExpectedHit | HitRow)[]): readonly string[] {
  return hits
    .map(({ msgid, field, term, start, end, text }) => JSON.stringify([msgid, field, start, end, term, text]))
    .toSorted();
}

/** Puts a file's text into the blob store, as a host does with an upload. */
export async function upload(world: TestWorld, client: TestClient, text: string): Promise<BlobId> {
  const { blobDirectory } = await world.app.prepareUpload(client.caller());
  const { id } = await createBlobStore(blobDirectory).write(Readable.from([Buffer.from(text, 'utf8')]));
  return id;
}

/** Imports the messages as a file of JSON lines and waits for the import's end. */
export async function importMessages(
  world: TestWorld,
  client: TestClient,
  messages: readonly FixtureMessage[],
): Promise<void> {
  const text = messages.map(({ message }) => JSON.stringify(message)).join('\n');
  const blobId = await upload(world, client, text);
  const { id } = await client.call('archive.startImport', {
    files: [{ blobId, name: 'fixture.jsonl' }],
    kind: 'chat',
  });
  await world.app.idle();
  const done = await client.call('archive.import', { id });
  if (done.state !== 'done' || done.imported !== messages.length) {
    throw new Error(
      `the fixture's import is ${done.state} with ${done.imported} of ${messages.length} messages`,
    );
  }
}

/** A term as a call writes it: what has a default may be left out. */
export type WrittenTerm = ProcedureInput<'lexicons.saveTerm'>['term'];

/** Makes a lexicon of these terms and publishes it. Its folds are those that the brute force above knows, unless said. */
export async function publishLexicon(
  client: TestClient,
  name: string,
  terms: readonly WrittenTerm[] = fixtureTerms,
  settings: ProcedureInput<'lexicons.saveSettings'>['settings'] = { folds: ['width', 'case', 'invisible'] },
): Promise<LexiconView> {
  const lexicon = await client.call('lexicons.create', { name });
  if (lexicon.draft === null) throw new Error('a new lexicon begins with a draft');
  await client.call('lexicons.saveSettings', {
    versionId: lexicon.draft.id,
    revision: lexicon.draft.settingsRevision,
    settings,
  });
  return publishTerms(client, lexicon.id, terms);
}

/** Adds the terms to the lexicon's draft and publishes it as the next version. */
export async function publishTerms(
  client: TestClient,
  lexiconId: LexiconView['id'],
  terms: readonly WrittenTerm[],
): Promise<LexiconView> {
  const { draft } = await client.call('lexicons.startDraft', { lexiconId });
  if (draft === null) throw new Error('startDraft gave no draft');
  for (const entry of terms)
    await client.call('lexicons.saveTerm', { versionId: draft.id, id: null, term: entry });
  const { lexicon } = await client.call('lexicons.publish', { lexiconId, versionId: draft.id });
  return lexicon;
}

/** Screens and waits for the run's end. */
export async function screen(
  world: TestWorld,
  client: TestClient,
  input: ProcedureInput<'supervision.startScreening'> = {},
): Promise<ProcedureOutput<'supervision.startScreening'>> {
  const { id } = await client.call('supervision.startScreening', input);
  await world.app.idle();
  const run = (await client.call('supervision.runs')).find((entry) => entry.id === id);
  if (run === undefined) throw new Error('the run is not listed');
  return run;
}

/** All hits that a filter lets through, by id. */
export async function allHits(
  client: TestClient,
  filter: Partial<HitFilter> = {},
): Promise<readonly HitRow[]> {
  const { ids } = await client.call('supervision.hitIds', {
    filter,
    sort: { by: 'sentAt', descending: false },
  });
  const rows: HitRow[] = [];
  for (let at = 0; at < ids.length; at += 500) {
    rows.push(...(await client.call('supervision.hitRows', { ids: ids.slice(at, at + 500) })));
  }
  return rows.toSorted((a, b) => a.id - b.id);
}
