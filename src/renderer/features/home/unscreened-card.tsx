import { RadarChartOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { useActiveJobs, useCan, useMutate } from '../../api/hooks.ts';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useFormat } from '../../use-format.ts';
import { Card } from './card.tsx';
import styles from './home.module.css';

export interface UnscreenedCardProps {
  readonly unscreened: number;
  readonly archive: ProcedureOutput<'archive.summary'>;
}

/** Messages that the current lexicons have not seen, and the button that shows them. */
export function UnscreenedCard({ unscreened, archive }: UnscreenedCardProps) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const can = useCan();
  const screen = useMutate('supervision.startScreening');
  const jobs = useActiveJobs();
  const running = jobs.some((job) => job.kind === 'screening');
  const importing = jobs.some((job) => job.kind === 'import');

  return (
    <Card title={t('unscreened.title')}>
      <p className={styles['figure']}>
        <strong>{format.number(unscreened)}</strong>
        <span className={styles['secondary']}>
          {t('unscreened.of', { total: format.number(archive.messages) })}
        </span>
      </p>
      {unscreened === 0 ? (
        // While messages come, the count is behind them.
        <p className={styles['secondary']}>{t(importing ? 'unscreened.importing' : 'unscreened.none')}</p>
      ) : can('screening:run') ? (
        <Button
          type="primary"
          icon={<RadarChartOutlined />}
          loading={screen.isPending || running}
          onClick={() => screen.mutate({})}
        >
          {t(running ? 'unscreened.running' : 'unscreened.screen')}
        </Button>
      ) : (
        <p className={styles['secondary']}>{t('unscreened.askReviewer')}</p>
      )}
    </Card>
  );
}
