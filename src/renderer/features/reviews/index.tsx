import { useLocation } from 'react-router';

import { ReviewQueue } from './queue.tsx';
import { readReviewPath } from './paths.ts';
import { ReviewScreen } from './review-screen.tsx';

/** What is under review: the queue, or one review. */
export function ReviewsScreen() {
  const { pathname } = useLocation();
  const id = readReviewPath(pathname);
  return id === null ? <ReviewQueue /> : <ReviewScreen key={id} id={id} />;
}
