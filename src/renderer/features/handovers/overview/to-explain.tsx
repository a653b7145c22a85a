import { useTranslation } from 'react-i18next';

import { useFormat } from '../../../use-format.ts';
import styles from './overview.module.css';

/** How many rows still need a written explanation, and of how many unexplained ones. */
export function ToExplain({
  unexplained,
  explained,
}: {
  readonly unexplained: number;
  readonly explained: number;
}) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const left = unexplained - explained;
  return (
    <>
      <span className={left > 0 ? styles['urgent'] : styles['number']}>{format.number(left)}</span>
      {explained > 0 && (
        <span className={styles['quiet']}>
          {t('overview.ofUnexplained', {
            all: format.number(unexplained),
            number: format.number(explained),
          })}
        </span>
      )}
    </>
  );
}
