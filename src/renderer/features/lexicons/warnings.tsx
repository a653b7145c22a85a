import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import styles from './lexicons.module.css';

export type Warning = ProcedureOutput<'lexicons.saveTerm'>['warnings'][number];

/** More than these are counted, not listed. */
const mostShown = 50;

/** What works but deserves a look: one-character terms, duplicates, skipped lines. */
export function Warnings({ warnings }: { readonly warnings: readonly Warning[] }) {
  const { t } = useTranslation('lexicons');
  if (warnings.length === 0) return null;
  // The host lists so many and says how many more there are.
  const listed = warnings.filter((warning) => warning.kind !== 'more');
  const unlisted = warnings.find((warning) => warning.kind === 'more');
  const count = listed.length + (unlisted === undefined ? 0 : Number(unlisted.text));
  return (
    <Alert
      type="warning"
      showIcon
      title={t('warning.title', { count })}
      description={
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
        <ul className={styles['warnings']} tabIndex={0} aria-label={t('warning.list')}>
          {listed.slice(0, mostShown).map((warning, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the same line may warn twice; the list never changes
            <li key={index}>
              {warning.line !== null && `${t('warning.line', { line: warning.line })} `}
              {t(`warning.${warning.kind}`)}
              {warning.text !== '' && <q>{warning.text}</q>}
              {warning.other !== undefined && (
                <>
                  {' = '}
                  <q>{warning.other}</q>
                </>
              )}
            </li>
          ))}
          {count > mostShown && <li>{t('warning.more', { count: count - mostShown })}</li>}
        </ul>
      }
    />
  );
}
