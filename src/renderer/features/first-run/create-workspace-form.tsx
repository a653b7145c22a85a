import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { useMutate } from '../../api/hooks.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { SubmitButton } from '../../components/SubmitButton.tsx';
import { PasswordFields } from '../session/password-fields.tsx';
import { userNamePattern } from '../users/user-name.ts';

interface Fields {
  readonly title: string;
  readonly userName: string;
  readonly displayName: string;
  readonly password: string;
  readonly again: string;
}

export function CreateWorkspaceForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('first-run');
  const [form] = Form.useForm<Fields>();
  const userName = Form.useWatch('userName', form) ?? '';
  const displayName = Form.useWatch('displayName', form) ?? '';
  const create = useMutate('workspaces.create', { toast: false });
  const required = { required: true, whitespace: true, message: t('session:password.required') };

  function submit({ title, userName, displayName, password }: Fields): void {
    create.mutate({ title, admin: { userName, displayName, password } }, { onSuccess: onDone });
  }

  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={submit}
      disabled={create.isPending}
      scrollToFirstError={{ focus: true }}
    >
      <Form.Item name="title" label={t('create.name')} rules={[required, { max: 200 }]}>
        <Input placeholder={t('create.namePlaceholder')} autoComplete="organization" />
      </Form.Item>
      <Form.Item
        name="userName"
        label={t('create.userName')}
        extra={t('create.userNameHint')}
        normalize={(value: string) => value.trim().toLowerCase()}
        validateTrigger="onBlur"
        rules={[required, { pattern: userNamePattern, message: t('userNameInvalid') }]}
      >
        <Input autoComplete="username" autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      <Form.Item name="displayName" label={t('create.displayName')} rules={[required, { max: 200 }]}>
        <Input placeholder={t('create.displayNamePlaceholder')} autoComplete="name" />
      </Form.Item>
      <PasswordFields
        label={t('create.password')}
        againLabel={t('create.again')}
        names={[userName, displayName]}
      />
      {create.isError && (
        <Form.Item>
          <ErrorAlert error={create.error} />
        </Form.Item>
      )}
      <SubmitButton block loading={create.isPending}>
        {t('create.submit')}
      </SubmitButton>
    </Form>
  );
}
