import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { useMutate } from '../../api/hooks.ts';
import { EntryLayout } from '../../components/EntryLayout.tsx';
import type { CurrentUser } from '../../../core/features/users/contract.ts';
import { ChangePasswordForm } from './change-password-form.tsx';

/** After an administrator's reset, before anything else. */
export function MustChangePasswordScreen({ user }: { readonly user: CurrentUser }) {
  const { t } = useTranslation('session');
  const client = useQueryClient();
  const signOut = useMutate('users.signOut');
  const refresh = () => void client.invalidateQueries();
  return (
    <EntryLayout title={t('password.mustTitle')} description={t('password.mustDescription')}>
      <ChangePasswordForm user={user} onDone={refresh} />
      <Button type="link" onClick={() => signOut.mutate({}, { onSuccess: () => window.location.reload() })}>
        {t('shell:signOut')}
      </Button>
    </EntryLayout>
  );
}
