import type { UnpackedMessage } from '../batch-message.ts';
import { joinFields, locate } from '../fields.ts';
import type { Found, JoinedText } from '../../screening/index.ts';
import type { ArchiveHit, HitPart } from './protocol.ts';
import type { SentMessage } from './sender-memory.ts';

/** A hit at these offsets of the message's text, its fields with U+001E between them. */
export function hitOf(
  line: number,
  message: UnpackedMessage,
  { entry, folds, confidence }: Found,
  start: number,
  end: number,
  parts: readonly HitPart[] | null,
): ArchiveHit {
  const place = locate(message.fields, start);
  const fieldStart = place?.start ?? 0;
  const text = place?.field.text ?? joinFields(message.fields);
  // A rule over several fields counts to the end of the one it begins in.
  const fieldEnd = Math.min(end - fieldStart, text.length);
  return {
    line,
    msgid: message.msgid,
    conversation: message.conversationKey,
    from: message.from,
    msgtime: message.msgtime,
    field: place?.field.path ?? '',
    entry,
    start: start - fieldStart,
    end: fieldEnd,
    text: text.slice(start - fieldStart, fieldEnd),
    folds,
    confidence,
    parts,
  };
}

/** A hit of a joined text: of its last part's message, with its parts; null where it does not end in the newest one. */
export function joinedHitOf(
  line: number,
  message: UnpackedMessage,
  found: Found,
  joined: JoinedText,
  before: readonly SentMessage[],
): ArchiveHit | null {
  const slices = joined.parts.flatMap((part): Slice[] => {
    const start = Math.max(found.start, part.start);
    const end = Math.min(found.end, part.start + part.length);
    const sent = part.back === 0 ? null : (before.at(-part.back) ?? null);
    const text = joined.text.slice(part.start, part.start + part.length);
    return start < end ? [{ sent, text, start: start - part.start, end: end - part.start }] : [];
  });
  const last = slices.at(-1);
  if (last === undefined || last.sent !== null) return null;
  return hitOf(line, message, found, last.start, last.end, partsOf(slices, message));
}

/** Where a hit stands in one of the joined messages; `sent` is null for the newest. */
interface Slice {
  readonly sent: SentMessage | null;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function partsOf(slices: readonly Slice[], message: UnpackedMessage): HitPart[] {
  return slices.map(({ sent, text, start, end }) => {
    // Offsets count from the field's own beginning, which may lie before what was taken of the message.
    const fieldStart = text.lastIndexOf('\u001E', Math.max(0, start - 1)) + 1;
    const begins = start === 0 ? 0 : fieldStart;
    const before = begins === 0 ? (sent?.inField ?? 0) : 0;
    return {
      msgid: sent?.msgid ?? message.msgid,
      start: start - begins + before,
      end: end - begins + before,
      text: text.slice(start, end),
    };
  });
}
