import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { type DiffMode, TextDiffView } from '../materials/diff/text-diff.tsx';
import styles from './publication.module.css';

type Compared = NonNullable<ProcedureOutput<'publication.check'>['compared']>;

/** What was approved against what was published: removed is what only the approved text says. */
export function ComparedTexts({ compared, title }: { readonly compared: Compared; readonly title: string }) {
  const { t } = useTranslation('publication');
  const [mode, setMode] = useState<DiffMode>('inline');
  return (
    <section className={styles['comparison']} aria-label={title}>
      <div className={styles['line']}>
        <h3>{title}</h3>
        <span className={`${styles['quiet']} ${styles['legend']}`}>
          <del>{t('approved')}</del> → <ins>{t('published')}</ins> ·{' '}
          {t(`diff:change.${compared.diff.change}`)}
        </span>
        <span className={styles['grow']} />
        <Segmented<DiffMode>
          size="small"
          aria-label={t('diff:mode')}
          value={mode}
          options={[
            { value: 'inline', label: t('diff:inline') },
            { value: 'side-by-side', label: t('diff:sideBySide') },
          ]}
          onChange={setMode}
        />
      </div>
      {compared.diff.coarse && <p className={styles['quiet']}>{t('diff:coarse')}</p>}
      <div className={styles['compared']}>
        <TextDiffView diff={compared.diff} old={compared.approved} current={compared.published} mode={mode} />
      </div>
    </section>
  );
}
