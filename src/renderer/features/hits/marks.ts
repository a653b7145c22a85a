import type { MarksByField } from '../archive/message-body.tsx';
import type { Mark } from '../archive/highlight.ts';
import type { HitDetail } from './hit-details.ts';

/** Where to highlight each message of a hit's context: the hit itself strongly, its neighbours lightly. */
export function marksOf(detail: HitDetail): ReadonlyMap<number, MarksByField> {
  const byMessage = new Map<number, Map<string, Mark[]>>();
  const add = (hit: HitDetail['hit'], strength: Mark['strength']) => {
    const fields = byMessage.get(hit.messageId) ?? new Map<string, Mark[]>();
    byMessage.set(hit.messageId, fields);
    fields.set(hit.field, [...(fields.get(hit.field) ?? []), { start: hit.start, end: hit.end, strength }]);
  };
  add(detail.hit, 'strong');
  for (const neighbour of detail.neighbours) {
    if (neighbour.id !== detail.hit.id) add(neighbour, 'light');
  }
  return byMessage;
}
