import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import styles from './reviews.module.css';
import { ThreadCard } from './thread-card.tsx';

type Review = ProcedureOutput<'reviews.get'>;
type Thread = Review['threads'][number];

/** The comments of a review, by place; those that must be fixed first. */
export function ThreadsPanel({
  review,
  current,
  onNew,
  onGoTo,
}: {
  readonly review: Review;
  readonly current: string | null;
  readonly onNew: (() => void) | null;
  readonly onGoTo: (thread: Thread) => void;
}) {
  const { t } = useTranslation('reviews');
  const [withResolved, setWithResolved] = useState(false);
  const resolved = review.threads.filter((thread) => thread.resolved !== null).length;
  const shown = review.threads
    .filter((thread) => withResolved || thread.resolved === null)
    .toSorted(
      (a, b) => Number(b.mustFix) - Number(a.mustFix) || a.place.start - b.place.start || a.at - b.at,
    );
  return (
    <>
      <div className={styles['panelHead']}>
        {onNew !== null && (
          <Button size="small" onClick={onNew}>
            {t('comment.new')}
          </Button>
        )}
        {resolved > 0 && (
          <Checkbox checked={withResolved} onChange={(event) => setWithResolved(event.target.checked)}>
            {t('comment.withResolved', { count: resolved })}
          </Checkbox>
        )}
      </div>
      {shown.length === 0 ? (
        <p className={styles['quiet']}>{t(onNew === null ? 'comment.none' : 'comment.noneHint')}</p>
      ) : (
        <ol className={styles['cards']}>
          {shown.map((thread) => (
            <ThreadCard
              key={thread.id}
              review={review}
              thread={thread}
              current={thread.id === current}
              onGoTo={() => onGoTo(thread)}
            />
          ))}
        </ol>
      )}
    </>
  );
}
