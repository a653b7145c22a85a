import { useTranslation } from 'react-i18next';

import { useFormat } from '../../../use-format.ts';
import styles from './continuity.module.css';
import type { ContinuityAnswer } from './continuity-tab.tsx';

/** How far the takers had come at the end of each week after the last day. */
export function WeeksTable({ weeks }: { readonly weeks: ContinuityAnswer['weeks'] }) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  if (weeks.length === 0) return null;
  const share = (part: number, of: number) => (of === 0 ? 0 : part / of);
  return (
    <div className={styles['weeks']}>
      <table aria-label={t('continuity.weeks')}>
        <thead>
          <tr>
            <th scope="col">{t('continuity.week')}</th>
            <th scope="col">{t('continuity.customers')}</th>
            <th scope="col">{t('continuity.contacted')}</th>
            <td aria-hidden="true" />
            <th scope="col">{t('continuity.answered')}</th>
            <th scope="col">{t('continuity.left')}</th>
            <th scope="col">{t('continuity.complaints')}</th>
          </tr>
        </thead>
        <tbody>
          {weeks.map((week, index) => (
            <tr key={week.from}>
              <th scope="row">
                {t('continuity.weekNumber', {
                  number: index + 1,
                  from: week.from.slice(5),
                  to: week.to.slice(5),
                })}
              </th>
              <td>{format.number(week.customers)}</td>
              <td>
                {format.number(week.contacted)} ({format.percent(share(week.contacted, week.customers))})
              </td>
              <td className={styles['barCell']} aria-hidden="true">
                <span className={styles['bar']}>
                  <span style={{ width: `${share(week.contacted, week.customers) * 100}%` }} />
                </span>
              </td>
              <td>{format.number(week.answered)}</td>
              <td>{format.number(week.left)}</td>
              <td>{format.number(week.complained)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
