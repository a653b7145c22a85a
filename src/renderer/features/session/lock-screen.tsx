import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, type InputRef } from 'antd';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { useMutate } from '../../api/hooks.ts';
import { setSessionState, setSignedIn } from '../../api/session.ts';
import { EntryLayout } from '../../components/EntryLayout.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import styles from './session.module.css';

export interface LockScreenProps {
  /** `signed-out`: the session ended on the host; the same user signs in again, and finds everything as it was. */
  readonly state: 'locked' | 'signed-out';
  /** Null where the window was loaded again while locked: the host knows who it is. */
  readonly userName?: string;
  readonly displayName: string;
  /** The person is somebody else: forget what is below. */
  readonly onLeave: () => void;
}

/** Covers the app until its user gives the password again. */
export function LockScreen({ state, userName, displayName, onLeave }: LockScreenProps) {
  const { t } = useTranslation('session');
  const client = useQueryClient();
  const field = useRef<InputRef>(null);
  const unlock = useMutate('users.unlock', { toast: false });
  const signIn = useMutate('users.signIn', { toast: false });
  const signOut = useMutate('users.signOut');
  const asking = state === 'locked' ? unlock : signIn;
  const cover = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (asking.isError) field.current?.focus({ cursor: 'all' });
  }, [asking.isError]);
  // Before the next key can arrive: the first letters of a password may not act on the app behind.
  useLayoutEffect(() => {
    const before = document.activeElement;
    // Dialogs and menus of the app hang on the body, outside the part that is inert already.
    const others = [...document.body.children].filter(
      (element): element is HTMLElement =>
        element instanceof HTMLElement && !element.contains(cover.current) && !element.inert,
    );
    for (const element of others) {
      element.inert = true;
      element.style.visibility = 'hidden';
    }
    // After those, whose focus lock would take it back.
    field.current?.focus();
    return () => {
      for (const element of others) {
        element.inert = false;
        element.style.visibility = '';
      }
      // Back to where the person was typing.
      if (before instanceof HTMLElement && before.isConnected) requestAnimationFrame(() => before.focus());
    };
  }, []);

  function submit({ password }: { readonly password: string }): void {
    const done = { onSuccess: (user: Parameters<typeof setSignedIn>[1]) => setSignedIn(client, user) };
    if (state === 'locked') unlock.mutate({ password }, done);
    else if (userName !== undefined) signIn.mutate({ userName, password }, done);
  }

  function leave(): void {
    signOut.mutate(
      {},
      {
        onSuccess: () => {
          onLeave();
          setSessionState(client, 'signed-out');
        },
      },
    );
  }

  return (
    <div ref={cover} className={styles['cover']}>
      <EntryLayout
        title={state === 'locked' ? t('lock.title') : t('lock.endedTitle')}
        description={
          displayName === ''
            ? t('lock.descriptionUnnamed')
            : t(state === 'locked' ? 'lock.description' : 'lock.endedDescription', { name: displayName })
        }
      >
        <Form layout="vertical" requiredMark={false} onFinish={submit}>
          {/* Password managers match the entry by the user's name. */}
          <input type="text" autoComplete="username" value={userName ?? ''} readOnly hidden />
          <Form.Item
            name="password"
            label={t('signIn.password')}
            rules={[{ required: true, message: t('password.required') }]}
          >
            <Input.Password ref={field} autoComplete="current-password" disabled={asking.isPending} />
          </Form.Item>
          {asking.isError && (
            <Form.Item>
              {state === 'locked' && asking.error.code === 'wrong-credentials' ? (
                <Alert type="error" showIcon role="alert" title={t('lock.wrong')} />
              ) : (
                <ErrorAlert error={asking.error} />
              )}
            </Form.Item>
          )}
          <Button type="primary" htmlType="submit" block loading={asking.isPending}>
            {state === 'locked' ? t('lock.unlock') : t('signIn.submit')}
          </Button>
        </Form>
        <Button type="link" onClick={leave}>
          {t('lock.signOut')}
        </Button>
      </EntryLayout>
    </div>
  );
}
