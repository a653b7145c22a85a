import { Button, Radio } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useCan, useCurrentUser, useProcedure } from '../../api/hooks.ts';
import { Page } from '../../components/Page.tsx';
import { languages, setPreferences, themeChoices, usePreferences } from '../../preferences.ts';
import { ChangePasswordDialog } from '../session/change-password-dialog.tsx';
import { roleNames } from '../users/role-names.ts';
import styles from './settings.module.css';
import { WorkspaceForm } from './workspace-form.tsx';

export function SettingsScreen() {
  const { t } = useTranslation('settings');
  const can = useCan();
  return (
    <Page title={t('title')}>
      <div className={styles['sections']}>
        {can('settings:read') && (
          <Section title={t('workspace.title')} description={t('workspace.description')}>
            <WorkspaceForm />
          </Section>
        )}
        {can('settings:read') && (
          <Section title={t('reviews.title')} description={t('reviews.description')}>
            <ul className={styles['links']}>
              <li>
                <Link to="/calendar">{t('shell:nav.calendar')}</Link>
                <span className={styles['secondary']}>{t('reviews.calendar')}</span>
              </li>
              {can('materials:read') && (
                <li>
                  <Link to="/templates">{t('shell:nav.templates')}</Link>
                  <span className={styles['secondary']}>{t('reviews.templates')}</span>
                </li>
              )}
              {can('materials:read') && (
                <li>
                  <Link to="/delegations">{t('shell:nav.delegations')}</Link>
                  <span className={styles['secondary']}>{t('reviews.delegations')}</span>
                </li>
              )}
            </ul>
          </Section>
        )}
        <Section title={t('appearance.title')} description={t('appearance.description')}>
          <Appearance />
        </Section>
        <Section title={t('account.title')}>
          <Account />
        </Section>
        <Section title={t('about.title')}>
          <About />
        </Section>
      </div>
    </Page>
  );
}

interface SectionProps {
  readonly title: string;
  readonly description?: string;
  readonly children: ReactNode;
}

function Section({ title, description, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles['section']}>
      <div>
        <h2 id={id} className={styles['heading']}>
          {title}
        </h2>
        {description !== undefined && <p className={styles['secondary']}>{description}</p>}
      </div>
      <div>{children}</div>
    </section>
  );
}

function Appearance() {
  const { t } = useTranslation('settings');
  const { language, theme } = usePreferences();
  const languageLabel = useId();
  const themeLabel = useId();
  return (
    <div className={styles['rows']}>
      <div className={styles['row']}>
        <span id={languageLabel}>{t('shell:language')}</span>
        <Radio.Group
          aria-labelledby={languageLabel}
          optionType="button"
          value={language}
          onChange={(event) =>
            setPreferences({ language: languages.find((name) => name === event.target.value) ?? 'zh-CN' })
          }
          options={languages.map((name) => ({ value: name, label: t(`shell:languageName.${name}`) }))}
        />
      </div>
      <div className={styles['row']}>
        <span id={themeLabel}>{t('shell:theme')}</span>
        <Radio.Group
          aria-labelledby={themeLabel}
          optionType="button"
          value={theme}
          onChange={(event) =>
            setPreferences({
              theme: themeChoices.find((choice) => choice === event.target.value) ?? 'system',
            })
          }
          options={themeChoices.map((choice) => ({ value: choice, label: t(`shell:themeName.${choice}`) }))}
        />
      </div>
    </div>
  );
}

function Account() {
  const { t } = useTranslation('settings');
  const user = useCurrentUser();
  const [changing, setChanging] = useState(false);
  return (
    <div className={styles['rows']}>
      <p>
        {user.displayName} ({user.userName}) · {roleNames(t, user.roles)}
      </p>
      <div>
        <Button onClick={() => setChanging(true)}>{t('shell:changePassword')}</Button>
      </div>
      {changing && <ChangePasswordDialog onClose={() => setChanging(false)} />}
    </div>
  );
}

function About() {
  const { t } = useTranslation('settings');
  const status = useProcedure('workspaces.status', {});
  return (
    <div className={styles['rows']}>
      <p>
        {t('common:productName')} {status.data?.version}
      </p>
      <p className={styles['secondary']}>{t('about.licence')}</p>
      <p className={styles['secondary']}>{t('about.local')}</p>
    </div>
  );
}
