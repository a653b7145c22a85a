import { BulbOutlined, GlobalOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

import { MenuButton } from '../../components/MenuButton.tsx';
import { languages, setPreferences, themeChoices, usePreferences } from '../../preferences.ts';

export function LanguageMenu() {
  const { t } = useTranslation('shell');
  const { language } = usePreferences();
  return (
    <MenuButton
      type="text"
      icon={<GlobalOutlined />}
      aria-label={t('language')}
      title={t('language')}
      menu={{
        selectable: true,
        selectedKeys: [language],
        items: languages.map((name) => ({
          key: name,
          label: t(`languageName.${name}`),
          onClick: () => setPreferences({ language: name }),
        })),
      }}
    />
  );
}

export function ThemeMenu() {
  const { t } = useTranslation('shell');
  const { theme } = usePreferences();
  return (
    <MenuButton
      type="text"
      icon={<BulbOutlined />}
      aria-label={t('theme')}
      title={t('theme')}
      menu={{
        selectable: true,
        selectedKeys: [theme],
        items: themeChoices.map((choice) => ({
          key: choice,
          label: t(`themeName.${choice}`),
          onClick: () => setPreferences({ theme: choice }),
        })),
      }}
    />
  );
}
