import { Form } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useMutate } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { GrowingText } from '../../components/GrowingText.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './approvals.module.css';

/** Takes an approval back: what follows from it, where the item is in use now, and why it is done. */
export function WithdrawDialog({
  approval,
  onClose,
}: {
  readonly approval: ProcedureOutput<'approvals.get'>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('approvals');
  const format = useFormat();
  const id = useId();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const withdraw = useMutate('approvals.withdraw', { toast: false });
  const missing = asked && reason.trim() === '';
  return (
    <Dialog
      title={t('withdraw.title', { number: approval.number })}
      okText={t('withdraw.ok')}
      okButtonProps={{ danger: true, loading: withdraw.isPending }}
      onCancel={onClose}
      onOk={() => {
        setAsked(true);
        if (reason.trim() !== '') withdraw.mutate({ id: approval.id, reason }, { onSuccess: onClose });
      }}
    >
      <div className={styles['stack']}>
        <p>{t('withdraw.hint')}</p>
        {approval.uses.length > 0 && (
          <div>
            <p>{t('withdraw.inUse')}</p>
            <ul className={styles['inUse']}>
              {approval.uses.map((use) => (
                <li key={`${use.usedAt} ${use.recordedAt} ${use.channel} ${use.place}`}>
                  {t(`materials:channel.${use.channel}`)} · <OutsideText text={use.place} /> ·{' '}
                  {format.date(use.usedAt)}
                </li>
              ))}
            </ul>
          </div>
        )}
        <Form layout="vertical" component="div">
          <Form.Item
            label={t('withdraw.reason')}
            htmlFor={`${id}-reason`}
            extra={t('withdraw.reasonHint')}
            required
            {...(missing ? { validateStatus: 'error' as const, help: t('needed') } : {})}
          >
            <GrowingText
              id={`${id}-reason`}
              value={reason}
              maxLength={4000}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
        </Form>
        <ErrorAlert error={withdraw.error} />
      </div>
    </Dialog>
  );
}
