import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useCan, useProcedure } from '../../api/hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useFormat } from '../../use-format.ts';
import { MarkedText } from '../archive/marked-text.tsx';
import type { BacktestTerm } from './backtest-pages.ts';
import styles from './workbench.module.css';

type Sample = ProcedureOutput<'lexicons.backtestSamples'>[number];

/** Some of the places where a term would hit now, or no longer would. */
export function BacktestSamples({
  id,
  term,
}: {
  readonly id: ProcedureOutput<'lexicons.backtests'>[number]['id'];
  readonly term: BacktestTerm;
}) {
  const { t } = useTranslation('workbench');
  const samples = useProcedure('lexicons.backtestSamples', { id, key: term.key });
  if (samples.isError) return <ErrorState error={samples.error} onRetry={() => void samples.refetch()} />;
  if (!samples.data) return <Loading />;
  const listed = samples.data;
  return (
    <>
      <h3 className={styles['title']}>
        <OutsideText text={term.term} />
      </h3>
      {listed.length === 0 && <p className={styles['quiet']}>{t('backtest.noSamples')}</p>}
      {(['added', 'removed'] as const).map((change) => {
        const rows = listed.filter((sample) => sample.change === change);
        return (
          rows.length > 0 && (
            <section key={change} aria-label={t(`backtest.${change}`)}>
              <h4 className={styles['changeTitle']} data-change={change}>
                {t(`backtest.${change}`)}
              </h4>
              <ol className={styles['list']}>
                {rows.map((sample, index) => (
                  // oxlint-disable-next-line react/no-array-index-key -- one message can hold several that look alike; none moves
                  <SampleItem key={index} sample={sample} />
                ))}
              </ol>
            </section>
          )
        );
      })}
    </>
  );
}

function SampleItem({ sample }: { readonly sample: Sample }) {
  const { t } = useTranslation('workbench');
  const format = useFormat();
  const mayRead = useCan()('archive:read');
  const { excerptStart: start, text } = sample;
  return (
    <li className={styles['sample']}>
      <div className={styles['sampleText']}>
        <MarkedText text={sample.excerpt} marks={[{ start, end: start + text.length, strength: 'strong' }]} />
      </div>
      <div className={styles['quiet']}>
        {sample.sender !== null && (
          <>
            <OutsideText text={sample.sender} /> ·{' '}
          </>
        )}
        {format.dateTime(sample.sentAt)}
        {sample.folds.length > 0 &&
          ` · ${sample.folds.map((fold) => t(`rules:fold.${fold}.name`)).join(t('common:listSeparator'))}`}
        {mayRead && sample.conversationId !== null && (
          <>
            {' '}
            <Link to={`/archive/${sample.conversationId}?message=${sample.messageId}`}>
              {t('backtest.openConversation')}
            </Link>
          </>
        )}
      </div>
    </li>
  );
}
