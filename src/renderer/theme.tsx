import { ConfigProvider, theme as antTheme, type ThemeConfig } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useLayoutEffect, useSyncExternalStore, type ReactNode } from 'react';

import type { Language } from '../core/contract/language.ts';
import { styleNonce } from './csp.ts';
import { usePreferences } from './preferences.ts';

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');
const stillQuery = window.matchMedia('(prefers-reduced-motion: reduce)');

function useMediaQuery(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => query.matches,
  );
}

const chineseFonts =
  "'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";

/** Chinese fonts draw ’ and … a whole character wide: in English a Latin font has to come first on every system. */
const fontFamilies: Readonly<Record<Language, string>> = {
  'zh-CN': `-apple-system, 'Segoe UI', ${chineseFonts}`,
  'en-US': `-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', Arial, ${chineseFonts}`,
};

function themeConfig(dark: boolean, still: boolean, language: Language): ThemeConfig {
  return {
    algorithm: [dark ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm, antTheme.compactAlgorithm],
    token: {
      // antd's own #1677ff has 4.1:1 on white, below the 4.5:1 that WCAG AA asks of text.
      colorPrimary: dark ? '#3c89e8' : '#0958d9',
      // antd lightens what the pointer is over, below 4.5:1 again: darker in the light theme, for text and buttons.
      colorPrimaryHover: dark ? '#2f74c9' : '#003eb3',
      colorLink: dark ? '#69b1ff' : '#0958d9',
      colorLinkHover: dark ? '#91c6ff' : '#003eb3',
      colorError: dark ? '#f0696b' : '#cf1322',
      // The compact algorithm makes text one step smaller; Chinese needs the 14 px that this gives back.
      fontSize: 16,
      fontFamily: fontFamilies[language],
      motion: !still,
      borderRadius: 5,
      ...(dark ? { colorBgLayout: '#0b0c0e' } : {}),
      colorTextDescription: dark ? '#a6a6a6' : '#5c5c5c',
      colorTextPlaceholder: dark ? '#8f8f8f' : '#6b6b6b',
    },
    components: {
      // What is switched on is read too where it can't be changed: antd's own grey is too faint for that.
      Checkbox: { colorTextDisabled: dark ? '#b8b8b8' : '#5c5c5c' },
      Table: { cellPaddingInlineMD: 12 },
      ...(dark ? { Button: { defaultHoverColor: '#8cc0ff', defaultHoverBorderColor: '#3c89e8' } } : {}),
    },
  };
}

/** The chosen theme and language for antd, and its colours as variables for our own style sheets. */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const { theme, language } = usePreferences();
  const systemDark = useMediaQuery(darkQuery);
  const still = useMediaQuery(stillQuery);
  const dark = theme === 'dark' || (theme === 'system' && systemDark);
  return (
    <ConfigProvider
      theme={themeConfig(dark, still, language)}
      locale={language === 'zh-CN' ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      {...(styleNonce === undefined ? {} : { csp: { nonce: styleNonce } })}
    >
      <ThemeVariables dark={dark} />
      {children}
    </ConfigProvider>
  );
}

/** Our style sheets (styles.css and the CSS modules) take their colours from antd's tokens through these. */
function ThemeVariables({ dark }: { readonly dark: boolean }) {
  const { token } = antTheme.useToken();
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset['theme'] = dark ? 'dark' : 'light';
    root.style.colorScheme = dark ? 'dark' : 'light';
    const variables: Readonly<Record<string, string>> = {
      '--text': token.colorText,
      '--text-secondary': dark ? '#a6a6a6' : '#595959',
      '--background': token.colorBgContainer,
      '--background-page': token.colorBgLayout,
      '--background-raised': token.colorBgElevated,
      '--fill': token.colorFillQuaternary,
      '--fill-strong': token.colorFillSecondary,
      '--border': token.colorBorderSecondary,
      '--border-strong': token.colorBorder,
      '--primary': token.colorPrimary,
      '--primary-background': token.colorPrimaryBg,
      '--link': dark ? '#8cc0ff' : '#0958d9',
      '--error': token.colorError,
      '--warning': token.colorWarning,
      '--success': token.colorSuccess,
      '--shadow': token.boxShadowTertiary,
      '--radius': `${token.borderRadius}px`,
      '--font': token.fontFamily,
      '--font-code': token.fontFamilyCode,
      '--font-size': `${token.fontSize}px`,
      '--font-size-small': `${token.fontSizeSM}px`,
    };
    for (const [name, value] of Object.entries(variables)) root.style.setProperty(name, value);
  }, [token, dark]);
  return null;
}
