import { App, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { useMutate } from '../../api/hooks.ts';
import { SideDialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { userNamePattern } from './user-name.ts';
import type { Role } from '../../../core/features/users/model.ts';
import { PasswordFields } from '../session/password-fields.tsx';
import { RoleChoice } from './role-choice.tsx';
import styles from './users.module.css';

interface Fields {
  readonly userName: string;
  readonly displayName: string;
  readonly roles: Role[];
  readonly branch: string;
  readonly password: string;
  readonly again: string;
}

export function CreateUserDrawer({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('users');
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const userName = Form.useWatch('userName', form) ?? '';
  const displayName = Form.useWatch('displayName', form) ?? '';
  const create = useMutate('users.create', { toast: false });
  const required = { required: true, whitespace: true, message: t('session:password.required') };

  function submit({ userName, displayName, roles, branch, password }: Fields): void {
    create.mutate(
      { userName, displayName, roles, branch, password },
      {
        onSuccess: (user) => {
          void message.success(t('created', { name: user.displayName }));
          onClose();
        },
      },
    );
  }

  return (
    <SideDialog title={t('create')} size={420} onClose={onClose} destroyOnHidden>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ roles: ['reviewer'], branch: '' }}
        onFinish={submit}
        disabled={create.isPending}
        scrollToFirstError={{ focus: true }}
      >
        <Form.Item
          name="userName"
          label={t('userName')}
          extra={t('first-run:create.userNameHint')}
          normalize={(value: string) => value.trim().toLowerCase()}
          validateTrigger="onBlur"
          rules={[required, { pattern: userNamePattern, message: t('first-run:userNameInvalid') }]}
        >
          <Input autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="displayName" label={t('displayName')} rules={[required, { max: 200 }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <RoleChoice />
        <Form.Item name="branch" label={t('branch')} extra={t('branchHint')} rules={[{ max: 200 }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <PasswordFields
          label={t('initialPassword')}
          againLabel={t('session:password.again')}
          names={[userName, displayName]}
        />
        <p className={styles['secondary']}>{t('initialPasswordHint')}</p>
        {create.isError && (
          <Form.Item>
            <ErrorAlert error={create.error} />
          </Form.Item>
        )}
        <Form.Item className={styles['buttons'] ?? ''}>
          <SubmitButton loading={create.isPending}>{t('create')}</SubmitButton>
        </Form.Item>
      </Form>
    </SideDialog>
  );
}
