import { type Batch, Column, type Participants, columnCount, unpackText } from './batch.ts';
import { fieldsOf } from './fields.ts';
import { type ArchiveEntry, conversationKeyOf } from './model.ts';
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
    if (part.type === 'people')
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
    const number = (column: number) => batch.numbers[row * columnCount + column] ?? 0;
    const kind = names[number(Column.kind)] ?? '';
    const { from, recipients, roomId } = participants[number(Column.participants)] ?? nobody;
    const body = unpackText(batch, row, Column.body);
    entries.push({
      kind: 'message',
      line: number(Column.line),
      message: {
        msgid: unpackText(batch, row, Column.msgid) ?? '',
        conversationKey: conversationKeyOf(roomId, from, recipients),
        roomId,
        from,
        recipients,
        msgtime: Milliseconds.parse(batch.times[row]),
        action: names[number(Column.action)] ?? '',
        kind,
        fields: fieldsOf(kind, body, unpackText(batch, row, Column.text) ?? ''),
        seq: unpackText(batch, row, Column.seq),
        revokes: unpackText(batch, row, Column.revokes),
        body,
      },
    });
  }
  return entries.toSorted((a, b) => a.line - b.line);
}

const nobody: Participants = { from: null, recipients: [], roomId: null };
