import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { LanguageMenu, ThemeMenu } from '../features/shell/appearance-menus.tsx';
import styles from './EntryLayout.module.css';

export interface EntryLayoutProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** The screens before the app: first run, sign-in, lock, new password. */
export function EntryLayout({ title, description, wide = false, children }: EntryLayoutProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('productName')}`;
  }, [title, t]);
  return (
    <div className={styles['screen']}>
      <header className={styles['bar']}>
        <span className={styles['brand']}>
          <img src="./icon.svg" alt="" />
          {t('productName')}
        </span>
        <span>
          <LanguageMenu />
          <ThemeMenu />
        </span>
      </header>
      <main className={styles['content']}>
        <div className={wide ? `${styles['card']} ${styles['wide']}` : styles['card']}>
          <div>
            <h1 className={styles['title']}>{title}</h1>
            {description !== undefined && <p className={styles['secondary']}>{description}</p>}
          </div>
          {children}
        </div>
      </main>
    </div>
  );
}
