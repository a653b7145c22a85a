import { useTranslation } from 'react-i18next';

import { useCurrentUser } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ChangePasswordForm } from './change-password-form.tsx';

/** The user's own password, from the account menu and from the settings. */
export function ChangePasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('shell');
  const user = useCurrentUser();
  return (
    <Dialog title={t('changePassword')} footer={null} width={420} onCancel={onClose}>
      <ChangePasswordForm user={user} onDone={onClose} />
    </Dialog>
  );
}
