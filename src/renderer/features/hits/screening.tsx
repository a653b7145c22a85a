import { Button, Tooltip } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ProcedureInput, ProcedureOutput } from '../../../core/contract/index.ts';
import { useCan, useMutate, useProcedure } from '../../api/hooks.ts';
import { JobEnding } from '../../components/JobEnding.tsx';
import { useFormat } from '../../use-format.ts';
import { JobProgress } from '../imports/job-progress.tsx';
import styles from './hits.module.css';
import { ScreeningDialog } from './screening-dialog.tsx';

export type Run = ProcedureOutput<'supervision.startScreening'>;
export type RunInput = ProcedureInput<'supervision.startScreening'>;

/** The run that works now, when there is one, and the way to start another. */
export function useScreening() {
  const start = useMutate('supervision.startScreening');
  const runs = useProcedure('supervision.runs', { limit: 50 });
  const [started, setStarted] = useState<Run | null>(null);
  const listed = runs.data ?? [];
  const newest = listed.find((run) => run.id === started?.id) ?? started;
  const running =
    listed.find((run) => run.state === 'running') ?? (newest?.state === 'running' ? newest : null);
  return {
    runs,
    running,
    /** The run that was started here and has ended. */
    finished: newest !== null && newest.state !== 'running' ? newest : null,
    starting: start.isPending,
    start: (input: RunInput = {}) => start.mutate(input, { onSuccess: setStarted }),
    dismiss: () => setStarted(null),
  };
}

/**
 * Starts a run over everything new, or asks first what to screen. Disabled, with the reason, for those who may not.
 */
export function ScreenButton({
  screening,
  children,
  primary = false,
  choose = false,
}: {
  readonly screening: ReturnType<typeof useScreening>;
  readonly children: ReactNode;
  readonly primary?: boolean;
  /** Opens the choice of messages and lexicons instead of starting at once. */
  readonly choose?: boolean;
}) {
  const { t } = useTranslation('hits');
  const [choosing, setChoosing] = useState(false);
  const may = useCan()('screening:run');
  const button = (
    <Button
      {...(primary ? { type: 'primary' as const } : {})}
      disabled={!may || screening.running !== null}
      loading={screening.starting}
      onClick={() => (choose ? setChoosing(true) : screening.start())}
    >
      {children}
    </Button>
  );
  if (!may) return <Tooltip title={t('run.mayNot')}>{button}</Tooltip>;
  return (
    <>
      {button}
      {choosing && (
        <ScreeningDialog
          onClose={() => setChoosing(false)}
          onStart={(input) => {
            setChoosing(false);
            screening.start(input);
          }}
        />
      )}
    </>
  );
}

/** How far the running run is, or what the last one found, with the way on to the hits. */
export function ScreeningPanel({ screening }: { readonly screening: ReturnType<typeof useScreening> }) {
  const { t } = useTranslation('hits');
  const format = useFormat();
  const { running, finished, runs } = screening;
  if (running) {
    return (
      <div className={styles['panel']}>
        <JobProgress jobId={running.jobId} title={t('run.running')} onEnded={() => void runs.refetch()} />
      </div>
    );
  }
  if (!finished) return null;
  return (
    <div className={styles['panel']} role="status">
      <JobEnding jobId={finished.jobId} state={finished.state} />
      <div className={styles['panelLine']}>
        <span>
          <strong>{t(`run.ended.${finished.state}`)}</strong>{' '}
          {t('run.result', {
            count: finished.hits,
            hits: format.number(finished.hits),
            messages: format.number(finished.messages),
          })}
          {finished.cut > 0 &&
            ` ${t('run.cut', { count: finished.cut, number: format.number(finished.cut) })}`}
        </span>
        <span className={styles['panelActions']}>
          {finished.hits > 0 && <Link to={`/hits?run=${finished.id}`}>{t('run.showHits')}</Link>}
          <Button size="small" type="text" onClick={screening.dismiss}>
            {t('common:close')}
          </Button>
        </span>
      </div>
    </div>
  );
}
