import { type Batch, Column, type Participants, columnCount } from './batch.ts';
import { messageOf } from './batch-message.ts';
import type { ArchiveEntry } from './model.ts';
import { readArchive } from './read-archive.ts';
import { AppError } from '../../contract/errors.ts';
import { Milliseconds } from '../../contract/ids.ts';

/**
 * Reads a chat archive without a workspace, in batches of entries, with bounded memory. Throws AppError for a file that
 * can't be read at all; what came before a damaged part is yielded first. `onSkipped` hears of what of a zip is no archive.
 */
export async function* readMessages(
  source: string | AsyncIterable<Uint8Array>,
  fileName: string,
  onSkipped: (names: readonly string[], count: number) => void = () => {},
): AsyncGenerator<ArchiveEntry[]> {
  const participants: Participants[] = [];
  const names: string[] = [];
  for await (const part of readArchive(source, { fileName, expected: 'chat', checkpoint: null })) {
    if (part.type === 'people' || part.type === 'records')
      throw new AppError('file-not-recognised', `${fileName} is no chat archive.`, {});
    if (part.type === 'skipped') {
      onSkipped(part.names, part.count);
      continue;
    }
    const { batch } = part;
    if (batch.reset) {
      participants.length = 0;
      names.length = 0;
    }
    participants.push(...batch.participants);
    names.push(...batch.names);
    yield entriesOf(batch, participants, names);
  }
}

function entriesOf(
  batch: Batch,
  participants: readonly Participants[],
  names: readonly string[],
): ArchiveEntry[] {
  const entries: ArchiveEntry[] = batch.quarantined.map(({ line, reason, detail, size }) => ({
    kind: 'quarantined',
    line,
    reason,
    detail,
    size,
  }));
  for (let row = 0; row < batch.rows; row += 1) {
    const line = batch.numbers[row * columnCount + Column.line] ?? 0;
    const message = messageOf(batch, row, participants, names);
    const msgtime = Milliseconds.parse(message.msgtime);
    entries.push({ kind: 'message', line, message: { ...message, msgtime } });
  }
  return entries.toSorted((a, b) => a.line - b.line);
}
