import { App, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { useMutate } from '../../api/hooks.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import type { CurrentUser } from '../../../core/features/users/contract.ts';
import { PasswordFields } from './password-fields.tsx';

interface Fields {
  readonly current: string;
  readonly password: string;
  readonly again: string;
}

/** The user's own password, with the old one as proof. */
export function ChangePasswordForm({
  user,
  onDone,
}: {
  readonly user: CurrentUser;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation('session');
  const { message } = App.useApp();
  const change = useMutate('users.changeOwnPassword', { toast: false });

  function submit({ current, password }: Fields): void {
    change.mutate(
      { current, next: password },
      {
        onSuccess: () => {
          void message.success(t('password.changed'));
          onDone();
        },
      },
    );
  }

  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      onFinish={submit}
      // What was refused is not what stands there now.
      onValuesChange={() => change.reset()}
      disabled={change.isPending}
    >
      <input type="text" autoComplete="username" value={user.userName} readOnly hidden />
      <Form.Item
        name="current"
        label={t('password.current')}
        rules={[{ required: true, message: t('password.required') }]}
      >
        <Input.Password autoFocus autoComplete="current-password" />
      </Form.Item>
      <PasswordFields
        label={t('password.next')}
        againLabel={t('password.again')}
        names={[user.userName, user.displayName]}
      />
      {change.isError && (
        <Form.Item>
          <ErrorAlert error={change.error} />
        </Form.Item>
      )}
      <SubmitButton block loading={change.isPending}>
        {t('password.submit')}
      </SubmitButton>
    </Form>
  );
}
