import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan, useMutate, useProcedure } from '../../api/hooks.ts';
import { JobEnding } from '../../components/JobEnding.tsx';
import { useFormat } from '../../use-format.ts';
import { JobProgress } from '../imports/job-progress.tsx';
import styles from './findings.module.css';
import { RunDialog } from './run-dialog.tsx';

/** The runs over the archive, the newest first, and starting one. */
export function useArchiveRun() {
  const runs = useProcedure('publication.runs', { limit: 20 });
  const start = useMutate('publication.startRun');
  const last = runs.data?.[0] ?? null;
  const running = last?.state === 'running' ? last : null;
  return { runs, start, last, running };
}

type ArchiveRun = ReturnType<typeof useArchiveRun>;

export function RunButton({ run }: { readonly run: ArchiveRun }) {
  const { t } = useTranslation('findings');
  const may = useCan()('screening:run');
  const [choosing, setChoosing] = useState(false);
  const button = (
    <Button
      type="primary"
      disabled={!may || run.running !== null}
      loading={run.start.isPending}
      onClick={() => setChoosing(true)}
    >
      {t('run')}
    </Button>
  );
  if (!may) return <Tooltip title={t('mayNotRun')}>{button}</Tooltip>;
  return (
    <>
      {button}
      {choosing && (
        <RunDialog
          onClose={() => setChoosing(false)}
          onStart={(input) => {
            setChoosing(false);
            run.start.mutate(input, { onSuccess: () => void run.runs.refetch() });
          }}
        />
      )}
    </>
  );
}

/** How far the run is, or what the last one came to. */
export function RunPanel({ run }: { readonly run: ArchiveRun }) {
  const { t } = useTranslation('findings');
  const format = useFormat();
  const { running, last, runs } = run;
  if (running !== null) {
    return (
      <div className={styles['panel']}>
        <JobProgress jobId={running.jobId} title={t('running')} onEnded={() => void runs.refetch()} />
      </div>
    );
  }
  if (last === null) return null;
  return (
    <div className={styles['panel']} role="status">
      <JobEnding jobId={last.jobId} state={last.state} />
      <span className={styles['quiet']}>
        {t('last', {
          time: format.dateTime(last.startedAt),
          messages: format.number(last.messages),
          promotional: format.number(last.promotional),
          number: format.number(last.findings),
        })}
      </span>
    </div>
  );
}
