import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';

import { type FoldName, foldNames } from '../../../core/features/screening/model.ts';
import styles from './lexicons.module.css';

/** Every fold with what it does and an example, to switch on and off. */
export function FoldChoices({
  on,
  defaults,
  onToggle,
  disabled = false,
}: {
  readonly on: ReadonlySet<FoldName>;
  /** The lexicon's own, where these are an entry's: what differs is said. */
  readonly defaults?: readonly FoldName[];
  readonly onToggle: (fold: FoldName, on: boolean) => void;
  readonly disabled?: boolean;
}) {
  const { t } = useTranslation('rules');
  return (
    <ul className={styles['folds']} aria-label={t('folds')}>
      {foldNames.map((fold) => (
        <li key={fold}>
          <Checkbox
            checked={on.has(fold)}
            disabled={disabled}
            onChange={(event) => onToggle(fold, event.target.checked)}
          >
            {t(`fold.${fold}.name`)}
          </Checkbox>
          <span className={styles['quiet']}>
            {t(`fold.${fold}.what`)} <span className={styles['example']}>{t(`fold.${fold}.example`)}</span>
            {defaults !== undefined && defaults.includes(fold) !== on.has(fold) && (
              <em className={styles['differs']}>{t(on.has(fold) ? 'foldAdded' : 'foldLeftOut')}</em>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
