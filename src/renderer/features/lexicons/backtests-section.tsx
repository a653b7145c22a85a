import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useCan, useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useFormat } from '../../use-format.ts';
import { isWhole } from '../hits/run-filter.ts';
import { BacktestResult } from './backtest-result.tsx';
import { BacktestStart } from './backtest-start.tsx';
import styles from './workbench.module.css';

type Lexicon = ProcedureOutput<'lexicons.list'>[number];
type Backtest = ProcedureOutput<'lexicons.backtests'>[number];

/** What a draft would add and remove over the archive, before anybody publishes it; and what earlier ones showed. */
export function BacktestsSection({ lexicon }: { readonly lexicon: Lexicon }) {
  const { t } = useTranslation('workbench');
  const mayEdit = useCan()('lexicons:edit');
  const backtests = useProcedure('lexicons.backtests', { lexiconId: lexicon.id });
  const [chosen, setChosen] = useState<Backtest['id'] | null>(null);
  if (backtests.isError)
    return <ErrorState error={backtests.error} onRetry={() => void backtests.refetch()} />;
  if (!backtests.data) return <Loading />;
  const listed = backtests.data;
  const shown = listed.find(({ id }) => id === chosen) ?? listed[0] ?? null;
  const running = listed.some(({ state }) => state === 'running');
  return (
    <div className={styles['backtests']}>
      <div className={styles['history']}>
        {mayEdit && (
          <BacktestStart
            draft={lexicon.draft}
            published={lexicon.published !== null}
            running={running}
            onStarted={setChosen}
          />
        )}
        {listed.length > 0 && (
          <nav aria-label={t('backtest.history')}>
            <h3 className={styles['title']}>{t('backtest.history')}</h3>
            <ul className={styles['list']}>
              {listed.map((backtest) => (
                <HistoryItem
                  key={backtest.id}
                  backtest={backtest}
                  current={backtest.id === shown?.id}
                  onChoose={() => setChosen(backtest.id)}
                />
              ))}
            </ul>
          </nav>
        )}
      </div>
      {shown === null ? (
        <EmptyState
          title={t('backtest.none')}
          description={t(mayEdit ? 'backtest.noneHint' : 'backtest.noneHintRead')}
        />
      ) : (
        <BacktestResult key={shown.id} backtest={shown} onEnded={() => void backtests.refetch()} />
      )}
    </div>
  );
}

function HistoryItem({
  backtest,
  current,
  onChoose,
}: {
  readonly backtest: Backtest;
  readonly current: boolean;
  readonly onChoose: () => void;
}) {
  const { t } = useTranslation('workbench');
  const format = useFormat();
  return (
    <li>
      <button
        type="button"
        className={styles['historyItem']}
        aria-current={current ? 'true' : undefined}
        onClick={onChoose}
      >
        <span>
          {format.dateTime(backtest.startedAt)} <StateTag state={backtest.state} />
        </span>
        <span className={styles['quiet']}>
          {backtest.sample !== null
            ? t('backtest.sampleOf', { count: backtest.sample, number: format.number(backtest.sample) })
            : t(isWhole(backtest.filter) ? 'backtest.whole' : 'backtest.part')}
          {backtest.state === 'done' &&
            ` · +${format.number(backtest.added)} −${format.number(backtest.removed)}`}
        </span>
      </button>
    </li>
  );
}
