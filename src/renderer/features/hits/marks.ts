import type { MarksByField } from '../archive/message-body.tsx';
import type { Mark } from '../archive/highlight.ts';
import type { HitDetail } from './hit-details.ts';

/**
 * Where to highlight each message of a hit's context: the hit itself strongly, in
 * every message that it is split over, its neighbours lightly.
 */
export function marksOf(detail: HitDetail): ReadonlyMap<number, MarksByField> {
  const byMessage = new Map<number, Map<string, Mark[]>>();
  type Place = Pick<HitDetail['hit'], 'messageId' | 'field' | 'start' | 'end'>;
  const add = (hit: Place, strength: Mark['strength']) => {
    const fields = byMessage.get(hit.messageId) ?? new Map<string, Mark[]>();
    byMessage.set(hit.messageId, fields);
    fields.set(hit.field, [...(fields.get(hit.field) ?? []), { start: hit.start, end: hit.end, strength }]);
  };
  for (const part of detail.parts.length > 0 ? detail.parts : [detail.hit]) add(part, 'strong');
  for (const neighbour of detail.neighbours) {
    if (neighbour.id !== detail.hit.id) add(neighbour, 'light');
  }
  return byMessage;
}
