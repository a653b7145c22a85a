import { Button, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useCan, useMutate } from '../../api/hooks.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { type RunFilterInput, wholeArchive } from '../hits/run-filter.ts';
import { PartOfArchive } from '../hits/part-of-archive.tsx';
import styles from './workbench.module.css';

type Draft = ProcedureOutput<'lexicons.list'>[number]['draft'];
type Backtest = ProcedureOutput<'lexicons.backtests'>[number];

/** A sample that takes seconds and still shows what is common. */
const usualSample = 100_000;

/** Starts a backtest of the draft, over the whole archive, a sample, or a part of it. */
export function BacktestStart({
  draft,
  published,
  running,
  onStarted,
}: {
  readonly draft: Draft;
  /** There is a version to compare with. */
  readonly published: boolean;
  readonly running: boolean;
  readonly onStarted: (id: Backtest['id']) => void;
}) {
  const { t } = useTranslation('workbench');
  const mayRead = useCan()('archive:read');
  const start = useMutate('lexicons.startBacktest', { toast: false });
  const [sampled, setSampled] = useState(false);
  const [sample, setSample] = useState(usualSample);
  const [filter, setFilter] = useState<RunFilterInput>(wholeArchive);
  if (draft === null) return <p className={styles['quiet']}>{t('backtest.noDraft')}</p>;
  return (
    <form
      className={styles['start']}
      aria-label={t('backtest.start')}
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate(
          { versionId: draft.id, sample: sampled ? sample : null, filter },
          { onSuccess: (backtest) => onStarted(backtest.id) },
        );
      }}
    >
      <p className={styles['quiet']}>{t(published ? 'backtest.hint' : 'backtest.hintFirst')}</p>
      <Radio.Group
        aria-label={t('backtest.messages')}
        value={sampled}
        onChange={(event) => setSampled(event.target.value === true)}
        options={[
          { value: false, label: t('backtest.whole') },
          { value: true, label: t('backtest.sample') },
        ]}
      />
      {sampled && (
        <InputNumber
          aria-label={t('backtest.sampleSize')}
          min={100}
          max={10_000_000}
          step={10_000}
          precision={0}
          value={sample}
          onChange={(value) => setSample(value ?? usualSample)}
          suffix={t('backtest.messagesUnit')}
        />
      )}
      {mayRead && (
        <details>
          <summary>{t('backtest.part')}</summary>
          <PartOfArchive filter={filter} onChange={setFilter} />
        </details>
      )}
      <Button type="primary" htmlType="submit" disabled={running} loading={start.isPending}>
        {t('backtest.start')}
      </Button>
      <ErrorAlert error={start.error} />
    </form>
  );
}
