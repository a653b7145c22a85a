import type { LexiconVersionId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import type { NewHit } from '../../platform/database/sqlite/hits-bulk.ts';
import type { ScannedMessage } from '../archive/index.ts';
import { fieldsOf, locate } from '../archive/model.ts';
import { type PublishedTerm, loadVersionTerms } from '../lexicons/index.ts';
import { severityRank } from '../lexicons/model.ts';
import { type ScanHits, foldNamesOf, forEachHit } from '../screening/index.ts';

/** A term as a run looks for it. */
export type RunTerm = PublishedTerm & { readonly versionId: LexiconVersionId };

/** The terms that a run looks for: those of its own versions, also where a newer one was published since. */
export async function loadRunTerms(
  reader: Reader,
  versionIds: readonly LexiconVersionId[],
): Promise<readonly RunTerm[]> {
  const terms: RunTerm[] = [];
  for (const versionId of versionIds) {
    for (const term of await loadVersionTerms(reader, versionId)) terms.push({ ...term, versionId });
  }
  return terms;
}

/**
 * Turns what a worker found in joined texts into hits in fields. `seenTo` says, term by term, up to which message its
 * version has been looked with already: a hit there has been found before.
 */
export function createHitMaker(terms: readonly RunTerm[], seenTo: readonly number[]) {
  return (messages: readonly ScannedMessage[], found: ScanHits): readonly NewHit[] => {
    const hits: NewHit[] = [];
    let last = -1;
    let fields: ReturnType<typeof fieldsOf> = [];
    forEachHit(found, (text, index, start, end, folds) => {
      const message = messages[text];
      const term = terms[index];
      if (message === undefined || term === undefined || message.id <= (seenTo[index] ?? 0)) return;
      if (text !== last) {
        last = text;
        fields = fieldsOf(message.kind, message.body, message.text);
      }
      const place = locate(fields, start);
      if (place === null) throw new Error(`message ${message.id} has text that none of its fields has`);
      hits.push({
        messageId: message.id,
        field: place.field.path,
        start: start - place.start,
        end: end - place.start,
        termKey: term.key,
        termId: term.id,
        versionId: term.versionId,
        conversationId: message.conversation_id,
        senderId: message.sender_id,
        sentAt: message.sent_at,
        term: term.text,
        category: term.category,
        severity: severityRank(term.severity),
        text: message.text.slice(start, end),
        folds: JSON.stringify(foldNamesOf(folds)),
      });
    });
    return hits;
  };
}
