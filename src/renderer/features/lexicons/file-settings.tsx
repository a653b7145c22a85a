import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import styles from './lexicons.module.css';
import { SettingsChanges } from './settings-changes.tsx';

type Settings = ProcedureOutput<'lexicons.importTerms'>['settings'];

/** What becomes of the settings in a file that is imported, or became of them; nothing where it has none. */
export function FileSettings({
  settings: { outcome, changes, problems },
  imported,
}: {
  readonly settings: Settings;
  readonly imported: boolean;
}) {
  const { t } = useTranslation('lexicons');
  if (outcome === 'none') return null;
  if (outcome === 'same') {
    return (
      <p className={styles['quiet']} role="status">
        {t('fileSettings.same')}
      </p>
    );
  }
  return (
    <Alert
      type={outcome === 'refused' ? 'error' : problems.count > 0 ? 'warning' : 'info'}
      showIcon
      role="status"
      title={t(`fileSettings.${imported ? 'imported' : 'preview'}.${outcome}`)}
      description={
        <div className={styles['fileSettings']}>
          <Problems problems={problems} />
          {outcome === 'taken' && changes !== null && <SettingsChanges changes={changes} />}
          {outcome === 'left' && changes !== null && (
            // What does not happen is looked at by those who wanted it.
            <details>
              <summary>{t('fileSettings.differ')}</summary>
              <SettingsChanges changes={changes} />
            </details>
          )}
        </div>
      }
    />
  );
}

function Problems({ problems: { count, first } }: { readonly problems: Settings['problems'] }) {
  const { t } = useTranslation('lexicons');
  if (count === 0) return null;
  const rest = count - first.length;
  return (
    <>
      <p>{t('fileSettings.wrong')}</p>
      <ul className={styles['fileProblems']}>
        {first.map(({ kind, detail }) => (
          <li key={`${kind} ${detail}`}>
            {t(`fileSettings.problem.${kind}`, { detail, defaultValue: `${kind}: ${detail}` })}
          </li>
        ))}
        {rest > 0 && <li>{t('warning.more', { count: rest })}</li>}
      </ul>
    </>
  );
}
