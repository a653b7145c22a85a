import { Modal } from 'antd';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { type ReasonCode, reasonCodes } from '../../../core/features/supervision/model.ts';
import { KeyHint } from '../../components/KeyHint.tsx';
import styles from './triage.module.css';
import { useReturnFocus } from '../../components/use-return-focus.ts';

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
  useReturnFocus();
  const first = useRef<HTMLButtonElement>(null);
  const pick = (event: KeyboardEvent) => {
    const reason = /^[1-9]$/.test(event.key) ? reasonCodes[Number(event.key) - 1] : undefined;
    if (event.key !== '0' && reason === undefined) return;
    event.preventDefault();
    onPick(reason ?? null);
  };
  return (
    <Modal
      open
      afterOpenChange={(open) => open && first.current?.focus()}
      title={t('triage.chooseReason')}
      footer={null}
      onCancel={onClose}
      width={420}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the buttons inside have the focus */}
      <div className={styles['reasons']} onKeyDown={pick}>
        {reasonCodes.map((reason, index) => (
          <button
            key={reason}
            type="button"
            className={styles['reason']}
            aria-pressed={reason === value}
            ref={index === 0 ? first : undefined}
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
    </Modal>
  );
}
