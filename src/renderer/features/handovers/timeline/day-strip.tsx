import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import styles from './timeline.module.css';

const dayLength = 86_400_000;

/**
 * The whole time at a glance: one bar per day, as high as much happened, and the last day set off. The list below says the same in
 * words, and is what a screen reader gets.
 */
export function DayStrip({ timeline }: { readonly timeline: ProcedureOutput<'handovers.timeline'> }) {
  const { t } = useTranslation('handovers');
  const { from, to, lastDay, days } = timeline;
  const counts = new Map<string, number>(
    days.map(({ day, groups }) => [
      day,
      groups.reduce((sum, { kind, count }) => sum + (kind === 'last-day' ? 0 : count), 0),
    ]),
  );
  const all = daysBetween(from, to);
  // One day of a thousand deletions would make everything else invisible: the height is of the logarithm.
  const most = Math.log1p(Math.max(1, ...counts.values()));
  return (
    <div className={styles['strip']}>
      <div className={styles['bars']} aria-hidden="true">
        {all.map((day) => {
          const count = counts.get(day) ?? 0;
          const height = count === 0 ? 0 : Math.max(8, (Math.log1p(count) / most) * 100);
          return (
            // Only a shorter way to where the list leads too, for the pointer.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
            <span
              key={day}
              title={t('timeline.dayCount', { day, count, number: count })}
              data-last={day === lastDay || undefined}
              data-after={day > lastDay || undefined}
              onClick={() => document.getElementById(`day-${day}`)?.scrollIntoView({ block: 'start' })}
            >
              <span style={{ height: `${height}%` }} />
            </span>
          );
        })}
      </div>
      <div className={styles['stripFoot']} aria-hidden="true">
        <span>{from}</span>
        <span>{t('line.lastDay', { day: lastDay })}</span>
        <span>{to}</span>
      </div>
    </div>
  );
}

function daysBetween(from: string, to: string): readonly string[] {
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  return Array.from({ length: Math.max(0, Math.round((last - first) / dayLength)) + 1 }, (_each, index) =>
    new Date(first + index * dayLength).toISOString().slice(0, 10),
  );
}
