import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { useFormat } from '../use-format.ts';
import styles from './Overtaken.module.css';

/** Says that somebody saved meanwhile, and offers the two ways on. What was typed stays until one is chosen. */
export function Overtaken({
  what,
  at,
  pending,
  onOverwrite,
  onTake,
}: {
  /** What was changed by whom, as a sentence's beginning: "the calendar". */
  readonly what: string;
  /** When; null where that is not known. */
  readonly at: number | null;
  readonly pending: boolean;
  readonly onOverwrite: () => void;
  readonly onTake: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('overtaken.title', { what, time: at === null ? '' : format.dateTime(at) })}
      description={
        <div className={styles['ways']}>
          <span>{t('overtaken.hint')}</span>
          <span>
            <Button size="small" loading={pending} onClick={onOverwrite}>
              {t('overtaken.overwrite')}
            </Button>{' '}
            <Button size="small" disabled={pending} onClick={onTake}>
              {t('overtaken.take')}
            </Button>
          </span>
        </div>
      }
    />
  );
}
