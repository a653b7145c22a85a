import { withVisibleMarks } from '../../components/invisible.ts';
import { MarkedText } from '../archive/marked-text.tsx';
import { cropToHit } from './excerpt.ts';
import type { HitRow } from './hit-rows.ts';

/** The text around a hit in one line, the hit itself always in sight. */
export function HitExcerpt({ row }: { readonly row: HitRow }) {
  const { text, start, end } = cropToHit(row.excerpt, row.excerptStart, row.text.length, 8);
  return (
    <span title={withVisibleMarks(row.excerpt)}>
      <MarkedText text={text} marks={[{ start, end, strength: 'strong' }]} />
    </span>
  );
}
