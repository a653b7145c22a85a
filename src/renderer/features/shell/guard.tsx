import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';

import { ApiError } from '../../api/client.ts';
import { useCan } from '../../api/hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Page } from '../../components/Page.tsx';
import { destinations } from './destinations.tsx';
import type { Permission } from '../../../core/features/users/model.ts';

/** A screen for those who may see it; for others, the reason in its place. */
export function Guard({
  permission,
  children,
}: {
  readonly permission: Permission | null;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const can = useCan();
  const { pathname } = useLocation();
  if (permission === null || can(permission)) return children;
  const place = destinations.find(({ path }) => path !== '/' && pathname.startsWith(path));
  return (
    <Page title={t(place ? `shell:nav.${place.id}` : 'productName')}>
      <ErrorState error={new ApiError('forbidden', 'Not allowed.')} />
    </Page>
  );
}
