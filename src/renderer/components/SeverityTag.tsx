import { useTranslation } from 'react-i18next';

import type { Severity } from '../../core/features/lexicons/model.ts';
import styles from './Tags.module.css';

export function SeverityTag({ severity }: { readonly severity: Severity }) {
  const { t } = useTranslation();
  return <span className={`${styles['tag']} ${styles[severity]}`}>{t(`severity.${severity}`)}</span>;
}
