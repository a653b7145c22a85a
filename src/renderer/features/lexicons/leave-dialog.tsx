import { useTranslation } from 'react-i18next';

import { Dialog } from '../../components/Dialog.tsx';

/** Asks before changes that are not saved are lost. */
export function LeaveDialog({
  hint,
  onLeave,
  onStay,
}: {
  readonly hint: string;
  readonly onLeave: () => void;
  readonly onStay: () => void;
}) {
  const { t } = useTranslation('rules');
  return (
    <Dialog
      title={t('leave.question')}
      okText={t('leave.ok')}
      cancelText={t('leave.stay')}
      width={420}
      onOk={onLeave}
      onCancel={onStay}
    >
      {hint}
    </Dialog>
  );
}
