import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

import { Dialog } from './Dialog.tsx';
import { useHeldWindow } from './use-held-window.ts';

/** Asks before changes that are not saved are left behind, by a link or with the window. */
export function LeaveGuard({ when }: { readonly when: boolean }) {
  const { t } = useTranslation();
  const leaving = useBlocker(
    ({ currentLocation, nextLocation }) => when && currentLocation.pathname !== nextLocation.pathname,
  );
  useHeldWindow(when);
  if (leaving.state !== 'blocked') return null;
  return (
    <Dialog
      title={t('leave.question')}
      okText={t('leave.ok')}
      cancelText={t('leave.stay')}
      width={420}
      onOk={() => leaving.proceed()}
      onCancel={() => leaving.reset()}
    >
      {t('leave.hint')}
    </Dialog>
  );
}
