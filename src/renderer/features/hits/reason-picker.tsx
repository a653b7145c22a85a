import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { type ReasonCode, reasonCodes } from '../../../core/features/supervision/model.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import styles from './triage.module.css';

/** The reasons with a digit each: `r 4` says "negated" without the mouse. */
export function ReasonPicker({
  value,
  onPick,
  onClose,
}: {
  readonly value: ReasonCode | null;
  readonly onPick: (reason: ReasonCode | null) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('hits');
  const pick = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const reason = /^[1-9]$/.test(event.key) ? reasonCodes[Number(event.key) - 1] : undefined;
    if (event.key !== '0' && reason === undefined) return;
    event.preventDefault();
    onPick(reason ?? null);
  };
  return (
    <Dialog
      title={t('triage.chooseReason')}
      footer={null}
      onCancel={onClose}
      width={420}
      // Around the whole dialog: the focus may be on its close button.
      wrapProps={{ onKeyDown: pick }}
    >
      <div className={styles['reasons']}>
        {reasonCodes.map((reason, index) => (
          <button
            key={reason}
            type="button"
            className={styles['reason']}
            aria-pressed={reason === value}
            data-first-focus={index === 0 || undefined}
            onClick={() => onPick(reason)}
          >
            <KeyHint keys={String(index + 1)} />
            {t(`reason.${reason}`)}
          </button>
        ))}
        <button type="button" className={styles['reason']} onClick={() => onPick(null)}>
          <KeyHint keys="0" />
          {t('triage.noReason')}
        </button>
      </div>
    </Dialog>
  );
}
