import type { MaterialVersionId } from '../../../contract/ids.ts';
import { AppError } from '../../../contract/errors.ts';
import type { BlobStore } from '../../../platform/blobs/index.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { DatabaseConnection, Reader } from '../../../platform/database/connection.ts';
import { preparePublicationSource } from '../../../platform/database/sqlite/publication-source.ts';
import { loadDocument, readDocumentFile } from '../../documents/index.ts';
import type { MaterialContent } from '../material/contract.ts';
import { readContent, selectVersion } from '../material/index.ts';
import { type ComparedText, type Published, comparedText } from './judge.ts';
import { type Judged, type Outcome, judgeAll, settleOutcome } from './matcher.ts';
import { selectUnreadVersions, storeTexts } from './repository.ts';
import { comparable } from './shingles.ts';
import { createTextIndex } from './text-index.ts';
import { type ApprovedPart, partsOf } from './texts.ts';

export interface ApprovedTexts {
  /** Takes in what was approved since, and answers how many texts there are. */
  refresh(): Promise<number>;
  judge(text: Published): readonly Judged[];
  /** What was judged, by what the approvals were worth at that time. */
  settle(judged: readonly Judged[], at: number): Outcome;
  textOf(id: number): string;
}

/** Texts that are taken into memory in one go. */
const batch = 500;
/** Versions whose texts are kept in one transaction: each costs the disk a wait. */
const versionsAtOnce = 50;
/** Texts that are kept worked out, of so many characters: some 30 MB at most, mostly a tenth of it. */
const mostKept = 3_000;
const longestKept = 2_000;

/**
 * The texts of all approved versions, looked up in memory. What a version says is read once and kept in the database; keys are
 * worked out when a thread begins, and for what is approved while it lives.
 */
export function createApprovedTexts(environment: {
  readonly connection: DatabaseConnection;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  /** Called between versions and batches: throws where the work is to stop. */
  readonly pause?: () => void;
}): ApprovedTexts {
  const { connection, blobs, clock, pause = () => {} } = environment;
  const source = preparePublicationSource(connection);
  const index = createTextIndex();
  let last = 0;
  const known = new Map<number, { readonly text: Judged['text']; readonly compared: ComparedText }>();

  function compared(id: number) {
    const found = known.get(id);
    if (found !== undefined) return found;
    const { text, ...rest } = source.text(id);
    const entry = { text: rest, compared: comparedText(text) };
    if (text.length <= longestKept) {
      if (known.size >= mostKept) known.clear();
      known.set(id, entry);
    }
    return entry;
  }

  return {
    async refresh() {
      await readVersions(connection.query, blobs, clock, pause);
      for (;;) {
        const texts = source.textsAfter(last, batch);
        for (const { id, text } of texts) {
          index.add(id, comparable(text));
          last = id;
        }
        pause();
        if (texts.length < batch) return index.size;
      }
    },
    judge: (text) => judgeAll(index, compared, text),
    settle: (judged, at) => settleOutcome(judged, source.approvals, at),
    textOf: (id) => source.text(id).text,
  };
}

/** Keeps the texts of versions that were approved since somebody looked last. They follow from the version alone: no record. */
async function readVersions(
  reader: Reader,
  blobs: BlobStore,
  clock: Clock,
  pause: () => void,
): Promise<void> {
  let waiting: { readonly versionId: MaterialVersionId; readonly parts: readonly ApprovedPart[] }[] = [];
  const keep = async () => {
    const versions = waiting;
    waiting = [];
    if (versions.length === 0) return;
    await reader.transaction().execute(async (writer) => {
      for (const { versionId, parts } of versions) await storeTexts(writer, versionId, parts, clock.now());
    });
  };
  for (const versionId of await selectUnreadVersions(reader)) {
    pause();
    const version = await selectVersion(reader, versionId);
    if (version === undefined) throw new Error(`there is no version ${versionId}`);
    const content = readContent(version.content);
    const attached = await Promise.all(
      content.attachments.map(({ blobId }) => textOfFile(reader, blobs, blobId)),
    );
    waiting.push({ versionId, parts: partsOf(content, (index) => attached[index] ?? '') });
    if (waiting.length >= versionsAtOnce) await keep();
  }
  await keep();
}

async function textOfFile(
  reader: Reader,
  blobs: BlobStore,
  blobId: MaterialContent['attachments'][number]['blobId'],
): Promise<string> {
  const known = await loadDocument(reader, blobId);
  if (known !== null) return known.text;
  try {
    return (await readDocumentFile(await blobs.path(blobId))).text;
  } catch (error) {
    // A file that is gone has no text to compare with; checking the workspace says that it is gone.
    if (error instanceof AppError && error.code === 'not-found') return '';
    throw error;
  }
}
