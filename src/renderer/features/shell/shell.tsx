import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useNavigate } from 'react-router';

import { useCan } from '../../api/hooks.ts';
import { Loading } from '../../components/Loading.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { setPreferences, usePreferences } from '../../preferences.ts';
import { ImportDropZone } from '../imports/drop-zone.tsx';
import { useLock } from '../session/use-idle-lock.ts';
import { CommandPalette } from './command-palette.tsx';
import { destinations } from './destinations.tsx';
import { useJobNotices } from './job-notices.ts';
import styles from './shell.module.css';
import { TopBar } from './top-bar.tsx';

/** The frame around every screen: top bar, navigation, and the shortcuts that work everywhere. */
export function Shell() {
  const { t } = useTranslation('shell');
  useJobNotices();
  const can = useCan();
  const { navigationCollapsed, theme, language } = usePreferences();
  const [paletteOpen, setPaletteOpen] = useState(false);
  const navigate = useNavigate();
  const lock = useLock();
  const main = useRef<HTMLElement>(null);
  const mine = destinations.filter(({ permission }) => permission === null || can(permission));
  const inNavigation = mine.filter(({ aside }) => aside !== true);
  const dark = document.documentElement.dataset['theme'] === 'dark';

  useShortcuts([
    { keys: '?', label: t('commands'), group: t('groupGeneral'), run: () => setPaletteOpen(true) },
    { keys: 'mod+k', label: t('commands'), group: t('groupGeneral'), run: () => setPaletteOpen(true) },
    { keys: 'mod+l', label: t('lock'), group: t('groupGeneral'), run: lock },
    {
      keys: 'mod+b',
      label: t('toggleNavigation'),
      group: t('groupGeneral'),
      run: () => setPreferences({ navigationCollapsed: !navigationCollapsed }),
    },
    {
      keys: 'g d',
      label: t('toggleTheme'),
      group: t('groupGeneral'),
      run: () => setPreferences({ theme: dark ? 'light' : 'dark' }),
    },
    {
      keys: 'g z',
      label: t('toggleLanguage'),
      group: t('groupGeneral'),
      run: () => setPreferences({ language: language === 'zh-CN' ? 'en-US' : 'zh-CN' }),
    },
    ...mine.map(({ id, path, letter }) => ({
      keys: `g ${letter}`,
      label: t('goTo', { name: t(`nav.${id}`) }),
      group: t('groupGo'),
      run: () => void navigate(path),
    })),
  ]);

  useEffect(() => {
    // Until the first screen is there, Tab starts from the content and not from the browser's bar.
    main.current?.focus();
  }, []);

  return (
    <div className={styles['shell']} data-theme-choice={theme}>
      <a
        className={styles['skip']}
        href="#content"
        onClick={(event) => {
          // The address's hash is the route.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('skip')}
      </a>
      <TopBar onCommands={() => setPaletteOpen(true)} onLock={lock} />
      <nav
        aria-label={t('navigation')}
        className={
          navigationCollapsed ? `${styles['navigation']} ${styles['collapsed']}` : styles['navigation']
        }
      >
        <ul>
          {inNavigation.map(({ id, path, icon }) => (
            <li key={id}>
              <NavLink
                to={path}
                end={path === '/'}
                className={styles['link'] ?? ''}
                title={navigationCollapsed ? t(`nav.${id}`) : undefined}
              >
                <span aria-hidden="true">{icon}</span>
                <span className={navigationCollapsed ? 'visually-hidden' : undefined}>{t(`nav.${id}`)}</span>
              </NavLink>
            </li>
          ))}
        </ul>
        <button
          type="button"
          className={styles['collapse']}
          aria-expanded={!navigationCollapsed}
          aria-label={t(navigationCollapsed ? 'expand' : 'collapse')}
          title={t(navigationCollapsed ? 'expand' : 'collapse')}
          onClick={() => setPreferences({ navigationCollapsed: !navigationCollapsed })}
        >
          {navigationCollapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        </button>
      </nav>
      <main id="content" ref={main} tabIndex={-1} className={styles['main']}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <ImportDropZone />
      {/* Not fetched when it is asked for: what is typed until then would act on the screen behind. */}
      {paletteOpen && <CommandPalette onClose={() => setPaletteOpen(false)} />}
    </div>
  );
}
