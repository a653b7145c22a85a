import { Alert, App, Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useMutate } from '../../api/hooks.ts';
import { SideDialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import type { UserView } from '../../../core/features/users/contract.ts';
import type { Role } from '../../../core/features/users/model.ts';
import { RoleChoice } from './role-choice.tsx';

interface Fields {
  readonly displayName: string;
  readonly roles: Role[];
  readonly branch: string;
  readonly state: UserView['state'];
}

export interface EditUserDrawerProps {
  /** As it was when the drawer was opened. */
  readonly user: UserView;
  /** As the list has it now: somebody else may have changed it meanwhile. */
  readonly newest: UserView;
  readonly onClose: () => void;
}

export function EditUserDrawer({ user, newest, onClose }: EditUserDrawerProps) {
  const { t } = useTranslation('users');
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [base, setBase] = useState(user);
  const update = useMutate('users.update', { toast: false });
  const changedElsewhere = newest.updatedAt !== base.updatedAt && !update.isPending && !update.isSuccess;

  function submit({ displayName, roles, branch, state }: Fields): void {
    update.mutate(
      { id: base.id, displayName, roles, branch, state, expectedUpdatedAt: base.updatedAt },
      {
        onSuccess: () => {
          void message.success(t('saved'));
          onClose();
        },
      },
    );
  }

  return (
    <SideDialog
      title={t('editNamed', { name: user.displayName })}
      size={420}
      onClose={onClose}
      destroyOnHidden
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          displayName: user.displayName,
          roles: user.roles,
          branch: user.branch,
          state: user.state,
        }}
        onFinish={submit}
        disabled={update.isPending}
      >
        {changedElsewhere && (
          <Form.Item>
            <Alert
              type="warning"
              showIcon
              role="alert"
              title={t('changedElsewhere')}
              action={
                <Button
                  size="small"
                  onClick={() => {
                    setBase(newest);
                    update.reset();
                    form.setFieldsValue({
                      displayName: newest.displayName,
                      roles: newest.roles,
                      branch: newest.branch,
                      state: newest.state,
                    });
                  }}
                >
                  {t('loadNewest')}
                </Button>
              }
            />
          </Form.Item>
        )}
        <Form.Item label={t('userName')}>
          <Input value={user.userName} disabled aria-label={t('userName')} />
        </Form.Item>
        <Form.Item
          name="displayName"
          label={t('displayName')}
          rules={[
            { required: true, whitespace: true, message: t('session:password.required') },
            { max: 200 },
          ]}
        >
          <Input />
        </Form.Item>
        <RoleChoice />
        <Form.Item name="branch" label={t('branch')} extra={t('branchHint')} rules={[{ max: 200 }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="state" label={t('state')} extra={t('stateHint')}>
          <Radio.Group
            optionType="button"
            options={(['active', 'disabled'] as const).map((state) => ({
              value: state,
              label: t(`common:state.${state}`),
            }))}
          />
        </Form.Item>
        {update.isError && !changedElsewhere && (
          <Form.Item>
            <ErrorAlert error={update.error} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" loading={update.isPending}>
          {t('common:save')}
        </Button>
      </Form>
    </SideDialog>
  );
}
