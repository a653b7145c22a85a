import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { useCan, useProcedure } from '../../../api/hooks.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loading } from '../../../components/Loading.tsx';
import { useFormat } from '../../../use-format.ts';
import { FindingCards } from '../findings/finding-cards.tsx';
import { DayStrip } from './day-strip.tsx';
import { DaysList } from './days-list.tsx';
import { RiskPanel } from './risk-panel.tsx';
import styles from './timeline.module.css';

/** What happened around the last day, what of it points to customers being carried away, and how the risk comes about. */
export function TimelineTab({ handover }: { readonly handover: ProcedureOutput<'handovers.get'> }) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const may = useCan();
  const timeline = useProcedure('handovers.timeline', { id: handover.id });
  if (timeline.isError) return <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />;
  if (!timeline.data) return <Loading />;
  const { from, to, messages, risk, findings, names, days } = timeline.data;
  const nothing = findings.length === 0 && days.every(({ groups }) => groups.every(isLastDay));
  return (
    <div className={styles['timeline']}>
      <p className={styles['quiet']}>
        {t('timeline.scope', { from, to, count: messages, number: format.number(messages) })}
      </p>
      {nothing ? (
        <EmptyState
          title={t('timeline.empty')}
          description={t(messages === 0 ? 'timeline.emptyHint' : 'timeline.emptyLooked')}
          action={
            messages === 0 && may('archive:import') && <Link to="/imports">{t('overview.toImports')}</Link>
          }
        />
      ) : (
        <div className={styles['columns']}>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
          <section className={styles['column']} tabIndex={0} aria-label={t('timeline.findings')}>
            <RiskPanel risk={risk} />
            <FindingCards handover={handover} about="signs" findings={findings} names={names} />
          </section>
          <section className={styles['column']} aria-label={t('timeline.days')}>
            <DayStrip timeline={timeline.data} />
            <DaysList handoverId={handover.id} timeline={timeline.data} />
          </section>
        </div>
      )}
    </div>
  );
}

function isLastDay({ kind }: { readonly kind: string }): boolean {
  return kind === 'last-day';
}
