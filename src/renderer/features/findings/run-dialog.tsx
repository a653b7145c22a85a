import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureInput } from '../../../core/contract/index.ts';
import { DayRange, type Days } from '../../components/DayRange.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import styles from './findings.module.css';

/** Which messages to check: a period, and whether those again that were checked before. */
export function RunDialog({
  onStart,
  onClose,
}: {
  readonly onStart: (input: ProcedureInput<'publication.startRun'>) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('findings');
  const [days, setDays] = useState<Days>({ from: null, to: null });
  const [all, setAll] = useState(false);
  return (
    <Dialog
      title={t('runTitle')}
      okText={t('start')}
      cancelText={t('common:cancel')}
      onCancel={onClose}
      onOk={() => onStart({ filter: days, onlyNew: !all })}
      width={480}
    >
      <div className={styles['choice']}>
        <p className={styles['quiet']}>{t('runHint')}</p>
        <div role="group" aria-label={t('period')}>
          <DayRange fromLabel={t('from')} toLabel={t('to')} value={days} onChange={setDays} />
        </div>
        <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>
          {t('all')}
        </Checkbox>
      </div>
    </Dialog>
  );
}
