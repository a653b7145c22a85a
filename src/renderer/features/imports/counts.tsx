import { useTranslation } from 'react-i18next';

import { useFormat } from '../../use-format.ts';
import styles from './imports.module.css';

interface Counts {
  readonly read: number;
  readonly imported: number;
  readonly duplicates: number;
  readonly quarantined: number;
}

/** The numbers of an import as the sum that they are: read = imported + duplicates + quarantined. */
export function CountsSum({ counts }: { readonly counts: Counts }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const cell = (key: keyof Counts) => (
    <div className={styles['count']} data-kind={key} data-some={counts[key] > 0 || undefined}>
      <dt>{t(`count.${key}`)}</dt>
      <dd>{format.number(counts[key])}</dd>
    </div>
  );
  return (
    <dl className={styles['sum']}>
      {cell('read')}
      {cell('imported')}
      {cell('duplicates')}
      {cell('quarantined')}
    </dl>
  );
}
