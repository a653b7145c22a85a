import { Form } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { GrowingText } from '../../components/GrowingText.tsx';
import styles from './handovers.module.css';

/** Asks for a reason, which stays on record, before something is done. */
export function ReasonDialog({
  title,
  hint,
  okText,
  pending,
  error,
  onOk,
  onCancel,
}: {
  readonly title: string;
  readonly hint: string;
  readonly okText: string;
  readonly pending: boolean;
  readonly error: unknown;
  readonly onOk: (reason: string) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation('handovers');
  const id = useId();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = asked && reason.trim() === '';
  return (
    <Dialog
      title={title}
      okText={okText}
      confirmLoading={pending}
      onCancel={onCancel}
      onOk={() => {
        setAsked(true);
        if (reason.trim() !== '') onOk(reason.trim());
      }}
    >
      <p className={styles['quiet']}>{hint}</p>
      <Form layout="vertical" component="div">
        <Form.Item
          label={t('reason')}
          htmlFor={`${id}-reason`}
          required
          {...(missing ? { validateStatus: 'error' as const, help: t('needed') } : {})}
        >
          <GrowingText
            id={`${id}-reason`}
            value={reason}
            maxLength={2_000}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
      <ErrorAlert error={error} />
    </Dialog>
  );
}
