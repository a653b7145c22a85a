import { type Batch, Column, type Participants, columnCount, unpackText } from './batch.ts';
import { fieldsOf } from './fields.ts';
import { type ArchivedMessage, conversationKeyOf } from './model.ts';

/** As `ArchivedMessage`, with its time as it came. */
export type UnpackedMessage = Omit<ArchivedMessage, 'msgtime'> & { readonly msgtime: number };

/** A row of a batch as an object; `participants` and `names` are all that its parser has handed out so far. */
export function messageOf(
  batch: Batch,
  row: number,
  participants: readonly Participants[],
  names: readonly string[],
): UnpackedMessage {
  const number = (column: number) => batch.numbers[row * columnCount + column] ?? 0;
  const kind = names[number(Column.kind)] ?? '';
  const { from, recipients, roomId } = participants[number(Column.participants)] ?? nobody;
  const body = unpackText(batch, row, Column.body);
  return {
    msgid: unpackText(batch, row, Column.msgid) ?? '',
    conversationKey: conversationKeyOf(roomId, from, recipients),
    roomId,
    from,
    recipients,
    msgtime: batch.times[row] ?? 0,
    action: names[number(Column.action)] ?? '',
    kind,
    fields: fieldsOf(kind, body, unpackText(batch, row, Column.text) ?? ''),
    seq: unpackText(batch, row, Column.seq),
    revokes: unpackText(batch, row, Column.revokes),
    body,
  };
}

const nobody: Participants = { from: null, recipients: [], roomId: null };
