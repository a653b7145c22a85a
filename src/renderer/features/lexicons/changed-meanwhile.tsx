import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import type { ApiError } from '../../api/client.ts';
import { useFormat } from '../../use-format.ts';
import styles from './lexicons.module.css';

/** What somebody else was faster with. */
export interface Overtaken {
  readonly what: 'term' | 'settings' | 'removed';
  /** The revision that it has now; null where it is gone. */
  readonly revision: number | null;
  readonly by: string;
  readonly at: number | null;
}

/** What a refused save says of somebody else's; null for any other error. */
export function overtakenBy(error: ApiError | null): Overtaken | null {
  if (error?.code !== 'changed-meanwhile') return null;
  const { what, revision, by, at } = error.details;
  if (what === 'removed') return { what, revision: null, by: '', at: null };
  if ((what !== 'term' && what !== 'settings') || typeof revision !== 'number') return null;
  return {
    what,
    revision,
    by: typeof by === 'string' ? by : '',
    at: typeof at === 'number' ? at : null,
  };
}

/** Says who was faster and when, and offers the ways on. Nothing that was typed is lost before one is chosen. */
export function ChangedMeanwhile({
  overtaken,
  differences,
  pending,
  onOverwrite,
  onTake,
}: {
  readonly overtaken: Overtaken;
  /** The fields in which the two differ; empty where that is not known. */
  readonly differences: readonly string[];
  readonly pending: boolean;
  readonly onOverwrite: () => void;
  /** Takes theirs; of what was removed: leaves it. Null while theirs is not there yet. */
  readonly onTake: (() => void) | null;
}) {
  const { t } = useTranslation('lexicons');
  const format = useFormat();
  const { what, by, at } = overtaken;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t(`errors:changedMeanwhile.${what}`, { by, time: at === null ? '' : format.dateTime(at) })}
      description={
        <div className={styles['overtaken']}>
          {differences.length > 0 && (
            <span>{t('overtaken.differences', { fields: differences.join(t('common:listSeparator')) })}</span>
          )}
          <span className={styles['overtakenWays']}>
            <Button size="small" loading={pending} onClick={onOverwrite}>
              {t(what === 'removed' ? 'overtaken.addAgain' : 'overtaken.overwrite')}
            </Button>
            <Button size="small" disabled={pending || onTake === null} onClick={() => onTake?.()}>
              {t(what === 'removed' ? 'overtaken.leave' : 'overtaken.take')}
            </Button>
          </span>
        </div>
      }
    />
  );
}
