import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { Template } from './template-list.tsx';
import styles from './templates.module.css';

/** The parts of a template, and the way back. */
export function TemplateNav({
  template,
  versions,
}: {
  readonly template: Template;
  readonly versions: boolean;
}) {
  const { t } = useTranslation('templates');
  const path = `/templates/${template.id}`;
  return (
    <span className={styles['under']}>
      <Link to={path} aria-current={versions ? undefined : 'page'}>
        {t('partStages')}
      </Link>
      <Link to={`${path}/versions`} aria-current={versions ? 'page' : undefined}>
        {t('partVersions', { number: template.published?.number ?? 0 })}
      </Link>
      <Link to="/templates">{t('toList')}</Link>
    </span>
  );
}
