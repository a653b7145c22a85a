import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './approvals.module.css';

/** Where and since when the item is used. */
export function Uses({ approval }: { readonly approval: ProcedureOutput<'approvals.get'> }) {
  const { t } = useTranslation('approvals');
  const format = useFormat();
  return (
    <section className={styles['card']} aria-labelledby="approval-uses">
      <h2 id="approval-uses">{t('use.title')}</h2>
      {approval.uses.length === 0 ? (
        <p className={styles['secondary']}>{t('use.none')}</p>
      ) : (
        <table className={styles['uses']}>
          <thead>
            <tr>
              <th scope="col">{t('use.day')}</th>
              <th scope="col">{t('use.channel')}</th>
              <th scope="col">{t('use.place')}</th>
              <th scope="col">{t('use.recorded')}</th>
            </tr>
          </thead>
          <tbody>
            {approval.uses.map((use) => (
              <tr key={`${use.usedAt} ${use.recordedAt} ${use.channel} ${use.place}`}>
                <td>{format.date(use.usedAt)}</td>
                <td>{t(`materials:channel.${use.channel}`)}</td>
                <td>
                  <OutsideText text={use.place} />
                </td>
                <td>
                  {t('use.recordedBy', { name: use.recordedBy.name, day: format.date(use.recordedAt) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
