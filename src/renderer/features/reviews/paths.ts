import type { ReviewId } from '../../../core/contract/ids.ts';

const isId = (text: string): text is ReviewId => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);

/** The review that `/reviews/<id>` names; null: the queue. */
export function readReviewPath(pathname: string): ReviewId | null {
  const id = pathname.split('/')[2] ?? '';
  return isId(id) ? id : null;
}
