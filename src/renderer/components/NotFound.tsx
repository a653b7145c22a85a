import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { EmptyState } from './EmptyState.tsx';
import { Page } from './Page.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')}>
      <EmptyState
        title={t('notFound.title')}
        description={t('notFound.description')}
        action={<Link to="/">{t('notFound.home')}</Link>}
      />
    </Page>
  );
}
