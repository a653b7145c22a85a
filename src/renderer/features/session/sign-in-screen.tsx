import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, type InputRef } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { useMutate } from '../../api/hooks.ts';
import { setSignedIn } from '../../api/session.ts';
import { EntryLayout } from '../../components/EntryLayout.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { roleNames } from '../users/role-names.ts';
import styles from './session.module.css';

interface Fields {
  readonly userName: string;
  readonly password: string;
}

export interface SignInScreenProps {
  readonly status: ProcedureOutput<'workspaces.status'>;
  /** To the list of workspaces. */
  readonly onLeave: () => void;
}

export function SignInScreen({ status, onLeave }: SignInScreenProps) {
  const { t } = useTranslation('session');
  const client = useQueryClient();
  const password = useRef<InputRef>(null);
  const signIn = useMutate('users.signIn', { toast: false });

  useEffect(() => {
    // After a refusal the password is what to type again.
    if (signIn.isError) password.current?.focus({ cursor: 'all' });
  }, [signIn.isError]);

  function submit(fields: Fields): void {
    signIn.mutate(fields, { onSuccess: (user) => setSignedIn(client, user) });
  }

  return (
    <EntryLayout
      title={t('signIn.title')}
      description={status.open === null ? undefined : t('signIn.workspace', { title: status.open.title })}
    >
      <Form<Fields> layout="vertical" requiredMark={false} onFinish={submit} disabled={signIn.isPending}>
        <Form.Item
          name="userName"
          label={t('signIn.userName')}
          rules={[{ required: true, whitespace: true, message: t('password.required') }]}
        >
          <Input autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('signIn.password')}
          rules={[{ required: true, message: t('password.required') }]}
        >
          <Input.Password ref={password} autoComplete="current-password" />
        </Form.Item>
        {signIn.isError && (
          <Form.Item>
            <ErrorAlert error={signIn.error} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
      </Form>
      {status.demoAccounts.length > 0 && (
        <section aria-label={t('signIn.demoTitle')} className={styles['demo']}>
          <h2 className={styles['subtitle']}>{t('signIn.demoTitle')}</h2>
          <p className={styles['secondary']}>{t('signIn.demoHint')}</p>
          <ul className={styles['accounts']}>
            {status.demoAccounts.map((account) => (
              <li key={account.userName}>
                <Button
                  block
                  disabled={signIn.isPending}
                  onClick={() => submit({ userName: account.userName, password: account.password })}
                >
                  {t(account.post === '' ? 'signIn.demoAs' : 'signIn.demoAsAt', {
                    name: account.displayName,
                    role: roleNames(t, [account.role]),
                    post: account.post,
                  })}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {status.canSwitch && (
        <Button type="link" onClick={onLeave}>
          {t('signIn.other')}
        </Button>
      )}
    </EntryLayout>
  );
}
