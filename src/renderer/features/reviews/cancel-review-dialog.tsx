import { Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { GrowingText } from '../../components/GrowingText.tsx';
import type { ReviewId } from '../../../core/contract/ids.ts';
import { useMutate } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';

/** Takes a submission back, with the reason on record. */
export function CancelReviewDialog({
  reviewId,
  onClose,
}: {
  readonly reviewId: ReviewId;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('reviews');
  const cancel = useMutate('reviews.cancel', { toast: false });
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={t('cancel.title')}
      okText={t('cancel.ok')}
      okButtonProps={{ disabled: reason.trim() === '' }}
      confirmLoading={cancel.isPending}
      onCancel={onClose}
      onOk={() => cancel.mutate({ id: reviewId, reason: reason.trim() }, { onSuccess: onClose })}
    >
      <p>{t('cancel.hint')}</p>
      <Form layout="vertical">
        <Form.Item label={t('cancel.reason')} htmlFor="cancel-reason" required>
          <GrowingText
            id="cancel-reason"
            value={reason}
            maxLength={4_000}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
      <ErrorAlert error={cancel.error} />
    </Dialog>
  );
}
