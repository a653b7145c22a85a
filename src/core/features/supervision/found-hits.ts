import type { NewHit } from '../../platform/database/sqlite/hits-bulk.ts';
import type { ScannedMessage } from '../archive/index.ts';
import { fieldsOf, locate } from '../archive/model.ts';
import { type ScanHits, foldNamesOf, forEachHit } from '../screening/index.ts';
import type { RunTerm } from './run-repository.ts';

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
        severity: term.severity,
        text: message.text.slice(start, end),
        folds: JSON.stringify(foldNamesOf(folds)),
      });
    });
    return hits;
  };
}
