import { useTranslation } from 'react-i18next';

import { useActiveJobs, useCan, useCurrentUser, useProcedure } from '../../api/hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { ProgressPanel } from '../../components/ProgressPanel.tsx';
import { Card } from './card.tsx';
import { DecidedCard } from './decided-card.tsx';
import { FirstSteps } from './first-steps.tsx';
import { HandoversCard } from './handovers-card.tsx';
import styles from './home.module.css';
import { OpenHitsCard } from './open-hits-card.tsx';
import { QuarantineCard } from './quarantine-card.tsx';
import { ReviewsCard } from './reviews-card.tsx';
import { UnscreenedCard } from './unscreened-card.tsx';

/** What waits for me. */
export function HomeScreen() {
  const { t } = useTranslation('home');
  const user = useCurrentUser();
  const can = useCan();
  const jobs = useActiveJobs();
  const readsArchive = can('archive:read');
  const readsHits = can('hits:read');
  const archive = useProcedure('archive.summary', {}, { enabled: readsArchive });
  const hits = useProcedure('supervision.summary', {}, { enabled: readsHits });
  const title = t('title', { name: user.displayName });

  const failed = archive.error ?? hits.error;
  if (failed && !(archive.data && hits.data)) {
    return (
      <Page title={title}>
        <ErrorState
          error={failed}
          onRetry={() => {
            void archive.refetch();
            void hits.refetch();
          }}
        />
      </Page>
    );
  }
  if (!readsArchive || !readsHits) {
    return (
      <Page title={title} description={t('description')}>
        <div className={styles['grid']}>
          <ReviewsCard />
          <HandoversCard />
        </div>
      </Page>
    );
  }
  if (!archive.data || !hits.data) {
    return (
      <Page title={title}>
        <Loading />
      </Page>
    );
  }
  return (
    <Page title={title} description={t('description')}>
      <div className={styles['grid']}>
        {jobs.length > 0 && (
          <Card title={t('jobs.title')} wide>
            {jobs.map((job) => (
              <ProgressPanel key={job.id} job={job} canCancel={can('jobs:cancel')} />
            ))}
          </Card>
        )}
        {archive.data.messages === 0 ? (
          <>
            <FirstSteps />
            <div className={styles['column']}>
              <ReviewsCard />
              <HandoversCard />
            </div>
          </>
        ) : (
          <>
            <OpenHitsCard summary={hits.data} />
            <div className={styles['column']}>
              <ReviewsCard />
              <HandoversCard />
              <UnscreenedCard unscreened={hits.data.unscreened} archive={archive.data} />
              <DecidedCard summary={hits.data} />
              <QuarantineCard />
            </div>
          </>
        )}
      </div>
    </Page>
  );
}
