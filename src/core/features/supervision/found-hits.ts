import type { LexiconVersionId, MessageId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import type { NewHit } from '../../platform/database/sqlite/hits-bulk.ts';
import type { ScannedMessage } from '../../platform/database/sqlite/message-scan.ts';
import { fieldsOf, locate } from '../archive/model.ts';
import { type PublishedTerm, loadVersionSettings, loadVersionTerms } from '../lexicons/index.ts';
import { severityRank } from '../lexicons/model.ts';
import { type ScreenerEntry, foldNamesOf, forEachHit } from '../screening/index.ts';
import type { ScreenedBatch } from './archive-screening.ts';
import type { Joining } from './joined-messages.ts';

/** An entry as a run looks for it. */
export type RunEntry = PublishedTerm & ScreenerEntry & { readonly versionId: LexiconVersionId };

/** What of it crosses to the worker that screens. */
export function screenerEntryOf({ text, options, settings, severity }: RunEntry): ScreenerEntry {
  return { text, options, settings, gravity: severityRank(severity) };
}

/** The entries that a run looks for: those of its own versions, also where a newer one was published since. */
export async function loadRunEntries(
  reader: Reader,
  versionIds: readonly LexiconVersionId[],
): Promise<readonly RunEntry[]> {
  const entries: RunEntry[] = [];
  for (const versionId of versionIds) {
    const settings = await loadVersionSettings(reader, versionId);
    for (const term of await loadVersionTerms(reader, versionId))
      entries.push({ ...term, settings, versionId });
  }
  return entries;
}

/** Where a hit stands, in fields of messages. */
export interface HitPlace {
  readonly messageId: MessageId;
  readonly field: string;
  readonly start: number;
  readonly end: number;
}

/** A hit with its place. */
export interface FoundHit extends HitPlace {
  /** The entry's position in the list that the screener was compiled from. */
  readonly entry: number;
  readonly folds: number;
  readonly confidence: number;
  readonly text: string;
  /** In order of time, the last one being the hit's own place; null unless it is split across messages. */
  readonly parts: readonly HitPlace[] | null;
  /** The message it is stored with. */
  readonly message: Pick<ScannedMessage, 'conversation_id' | 'sender_id' | 'sent_at'>;
  /** The message with the highest id that it needs: what was looked at up to there has found it. */
  readonly foundAt: MessageId;
}

type Readable = Pick<ScannedMessage, 'id' | 'kind' | 'text' | 'body'>;

/**
 * Turns what a worker found in joined fields and joined messages into hits in fields, in the order of the texts.
 * `readMessage` reads the parts of split hits: they may be long past.
 */
export function placeHits(
  { messages, joinings, result }: Pick<ScreenedBatch, 'messages' | 'joinings' | 'result'>,
  readMessage: (id: MessageId) => Readable,
  onHit: (hit: FoundHit) => void,
): void {
  const place = createPlacer();
  forEachHit(result.hits, (text, entry, start, end, folds, confidence) => {
    const message = messages[text];
    if (message !== undefined) {
      const at = place(message, start, end);
      onHit({
        ...at,
        entry,
        folds,
        confidence,
        text: message.text.slice(start, start + at.end - at.start),
        parts: null,
        message,
        foundAt: message.id,
      });
      return;
    }
    const joining = joinings[text - messages.length];
    if (joining === undefined) throw new Error(`a hit in text ${text}, which the batch does not have`);
    const stretches = stretchesOf(joining, start, end);
    const last = stretches.at(-1);
    // Without the window's last message another window has it, without the one that made this window one before had it.
    if (last?.id !== joining.messages[0]?.id) return;
    if (!stretches.some((stretch) => stretch.id === joining.trigger)) return;
    const parts = stretches.map((stretch) => place(readMessage(stretch.id), stretch.start, stretch.end));
    const own = parts.at(-1);
    if (last === undefined || own === undefined) return;
    onHit({
      ...own,
      entry,
      folds,
      confidence,
      text: readMessage(last.id).text.slice(last.start, last.start + own.end - own.start),
      parts,
      message: joining,
      foundAt: joining.trigger,
    });
  });
}

/** Which stretch of which message a stretch of the joined text is, part by part. */
function stretchesOf({ joined, messages }: Joining, start: number, end: number) {
  return joined.parts.flatMap((part) => {
    const message = messages[part.back];
    const from = Math.max(start, part.start);
    const to = Math.min(end, part.start + part.length);
    if (message === undefined || from >= to) return [];
    const shift = message.skipped + part.offset - part.start;
    return [{ id: message.id, start: from + shift, end: to + shift }];
  });
}

/** Finds the field of an offset; what goes on beyond the field is cut off there, since a hit has one field. */
function createPlacer(): (message: Readable, start: number, end: number) => HitPlace {
  let last: Readable | null = null;
  let fields: ReturnType<typeof fieldsOf> = [];
  return (message, start, end) => {
    if (message !== last) {
      last = message;
      fields = fieldsOf(message.kind, message.body, message.text);
    }
    const place = locate(fields, start);
    if (place === null) throw new Error(`message ${message.id} has text that none of its fields has`);
    return {
      messageId: message.id,
      field: place.field.path,
      start: start - place.start,
      end: Math.min(end - place.start, place.field.text.length),
    };
  };
}

/**
 * Makes the rows of hits. `seenTo` says, entry by entry, up to which message its version has been looked with already: a
 * hit there has been found before.
 */
export function createHitMaker(
  entries: readonly RunEntry[],
  seenTo: readonly number[],
  readMessage: (id: MessageId) => Readable,
): (batch: Pick<ScreenedBatch, 'messages' | 'joinings' | 'result'>) => readonly NewHit[] {
  return (batch) => {
    const hits: NewHit[] = [];
    placeHits(batch, readMessage, (hit) => {
      const entry = entries[hit.entry];
      if (entry === undefined || hit.foundAt <= (seenTo[hit.entry] ?? 0)) return;
      hits.push({
        messageId: hit.messageId,
        field: hit.field,
        start: hit.start,
        end: hit.end,
        termKey: entry.key,
        termId: entry.id,
        versionId: entry.versionId,
        conversationId: hit.message.conversation_id,
        senderId: hit.message.sender_id,
        sentAt: hit.message.sent_at,
        term: entry.text,
        category: entry.category,
        severity: severityRank(entry.severity),
        text: hit.text,
        folds: JSON.stringify(foldNamesOf(hit.folds)),
        confidence: hit.confidence,
        parts: hit.parts === null ? null : JSON.stringify(hit.parts),
      });
    });
    return hits;
  };
}
