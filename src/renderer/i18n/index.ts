import { changeLanguage, use } from 'i18next';
import { initReactI18next } from 'react-i18next';

import type { Language } from '../../core/contract/language.ts';
import { getPreferences, languages, subscribePreferences } from '../preferences.ts';

type Namespace = Record<string, unknown>;

const files = import.meta.glob<Namespace>('./*/*.json', { eager: true, import: 'default' });

function resourcesOf(language: Language): Record<string, Namespace> {
  const resources: Record<string, Namespace> = {};
  for (const [path, content] of Object.entries(files)) {
    const [, folder, file] = path.split('/');
    if (folder === language && file) resources[file.replace('.json', '')] = content;
  }
  return resources;
}

/** One namespace per file of this folder; `useTranslation('hits')` reads hits.json. */
export function startI18n(): void {
  void use(initReactI18next).init({
    lng: getPreferences().language,
    fallbackLng: 'zh-CN',
    supportedLngs: [...languages],
    defaultNS: 'common',
    resources: Object.fromEntries(languages.map((language) => [language, resourcesOf(language)])),
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  const applyLanguage = () => {
    const { language } = getPreferences();
    document.documentElement.lang = language;
    void changeLanguage(language);
  };
  applyLanguage();
  subscribePreferences(applyLanguage);
}
