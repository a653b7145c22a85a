import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { SideDialog } from '../../components/Dialog.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { JobEnding } from '../../components/JobEnding.tsx';
import { Loading } from '../../components/Loading.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useFormat } from '../../use-format.ts';
import { JobProgress } from '../imports/job-progress.tsx';
import styles from './hits.module.css';
import { RunFilterWords } from './run-filter-words.tsx';
import type { Run, useScreening } from './screening.tsx';

/** The last screening runs: who started them, over what, with which lexicons, and what they found. */
export function RunsDrawer({
  runs,
  onClose,
}: {
  readonly runs: ReturnType<typeof useScreening>['runs'];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('hits');
  return (
    <SideDialog title={t('run.title')} size={560} onClose={onClose}>
      {runs.isError ? (
        <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />
      ) : !runs.data ? (
        <Loading />
      ) : runs.data.length === 0 ? (
        <EmptyState title={t('run.none')} description={t('run.noneHint')} />
      ) : (
        <ol className={styles['runs']}>
          {runs.data.map((run) => (
            <RunItem key={run.id} run={run} onLeave={onClose} onEnded={() => void runs.refetch()} />
          ))}
        </ol>
      )}
    </SideDialog>
  );
}

function RunItem({
  run,
  onLeave,
  onEnded,
}: {
  readonly run: Run;
  readonly onLeave: () => void;
  readonly onEnded: () => void;
}) {
  const { t } = useTranslation('hits');
  const format = useFormat();
  return (
    <li>
      <div className={styles['panelLine']}>
        <strong>{format.dateTime(run.startedAt)}</strong>
        <StateTag state={run.state} />
      </div>
      <JobEnding jobId={run.jobId} state={run.state} />
      {run.state === 'running' ? (
        // Its numbers are of whenever the list was read; how far it is, its job says.
        <JobProgress jobId={run.jobId} title={t('run.running')} onEnded={onEnded} />
      ) : (
        <div>
          {t('run.result', {
            count: run.hits,
            hits: format.number(run.hits),
            messages: format.number(run.messages),
          })}{' '}
          {run.hits > 0 && (
            <Link to={`/hits?state=any&run=${run.id}`} onClick={onLeave}>
              {t('run.showHits')}
            </Link>
          )}
        </div>
      )}
      {run.cut > 0 && <div>{t('run.cut', { count: run.cut, number: format.number(run.cut) })}</div>}
      <div className={styles['quiet']}>
        {t('run.by', { name: run.startedBy })}
        {run.finishedAt !== null &&
          ` · ${t('run.took', { duration: format.duration(run.finishedAt - run.startedAt) })}`}
      </div>
      <div className={styles['quiet']}>
        <RunFilterWords filter={run.filter} />
      </div>
      <div className={styles['quiet']}>
        {run.lexicons.map((lexicon) => t('triage.lexicon', lexicon)).join(t('comma'))}
      </div>
    </li>
  );
}
