import { App, Form } from 'antd';
import { useTranslation } from 'react-i18next';

import { useMutate } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import type { UserView } from '../../../core/features/users/contract.ts';
import { PasswordFields } from '../session/password-fields.tsx';

/** A temporary password for somebody who lost theirs. */
export function ResetPasswordDialog({
  user,
  onClose,
}: {
  readonly user: UserView;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('users');
  const { message } = App.useApp();
  const reset = useMutate('users.resetPassword', { toast: false });

  function submit({ password }: { readonly password: string }): void {
    reset.mutate(
      { id: user.id, password },
      {
        onSuccess: () => {
          void message.success(t('resetDone', { name: user.displayName }));
          onClose();
        },
      },
    );
  }

  return (
    <Dialog title={t('resetNamed', { name: user.displayName })} footer={null} width={420} onCancel={onClose}>
      <p style={{ marginBottom: 12 }}>{t('resetHint')}</p>
      <Form layout="vertical" requiredMark={false} onFinish={submit} disabled={reset.isPending}>
        <PasswordFields
          label={t('temporaryPassword')}
          againLabel={t('session:password.again')}
          names={[user.userName, user.displayName]}
        />
        {reset.isError && (
          <Form.Item>
            <ErrorAlert error={reset.error} />
          </Form.Item>
        )}
        <SubmitButton block loading={reset.isPending}>
          {t('reset')}
        </SubmitButton>
      </Form>
    </Dialog>
  );
}
