import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

import { useCurrentUser } from '../../api/hooks.ts';
import { focusFirstField } from '../../components/focus-first-field.ts';
import { ChangePasswordForm } from './change-password-form.tsx';

/** The user's own password, from the account menu and from the settings. */
export function ChangePasswordDialog({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('shell');
  const user = useCurrentUser();
  return (
    <Modal
      open={open}
      title={t('changePassword')}
      footer={null}
      width={420}
      destroyOnHidden
      afterOpenChange={focusFirstField}
      onCancel={onClose}
    >
      <ChangePasswordForm user={user} onDone={onClose} />
    </Modal>
  );
}
