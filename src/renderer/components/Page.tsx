import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';

import { useProcedure } from '../api/hooks.ts';
import styles from './Page.module.css';

export interface PageProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode;
  /** The page takes the window's height, and its content scrolls inside itself. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

/** A screen: its title (also the window's), its actions, its content. Moves the focus to the title on arrival. */
export function Page({ title, description, actions, fill = false, children }: PageProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const section = useLocation().pathname.split('/')[1] ?? '';
  const workspace = useProcedure('workspaces.status', {}).data?.open?.title;

  useEffect(() => {
    document.title = [title, workspace, t('productName')].filter(Boolean).join(' · ');
  }, [title, workspace, t]);

  useLayoutEffect(() => {
    // A screen reader then reads the new screen's name, and Tab goes on from its top. Something inside may have
    // asked for the focus already (a search box): that wins.
    const main = heading.current?.closest('main');
    if (main?.contains(document.activeElement) && document.activeElement !== main) return;
    heading.current?.focus({ preventScroll: true });
    // On arrival at another screen, not when one of its own paths changes.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [section]);

  return (
    <div className={fill ? `${styles['page']} ${styles['fill']}` : styles['page']}>
      <header className={styles['header']}>
        <div>
          <h1 ref={heading} tabIndex={-1} className={styles['title']}>
            {title}
          </h1>
          {description !== undefined && <p className={styles['description']}>{description}</p>}
        </div>
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </header>
      <div className={styles['content']}>{children}</div>
    </div>
  );
}
