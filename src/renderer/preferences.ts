import { useSyncExternalStore } from 'react';

import type { Language } from '../core/contract/language.ts';

export const languages = ['zh-CN', 'en-US'] as const satisfies readonly Language[];

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

/** What a person sets for this computer alone; kept in the browser's storage, never in the workspace. */
export interface Preferences {
  readonly language: Language;
  readonly theme: ThemeChoice;
  readonly navigationCollapsed: boolean;
}

const storageKey = 'countersign.preferences';
const narrowWindow = 1100;
const listeners = new Set<() => void>();
let preferences = load();

function load(): Preferences {
  // Chinese unless the browser asks for another language first.
  const browserLanguage = navigator.languages[0] ?? 'zh-CN';
  const defaults: Preferences = {
    language: browserLanguage.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US',
    theme: 'system',
    // At 1024 pixels the names would take what the tables need.
    navigationCollapsed: window.innerWidth <= narrowWindow,
  };
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return defaults;
    const read = <Value>(key: keyof Preferences, allowed: readonly Value[], fallback: Value): Value =>
      allowed.find((value) => value === Reflect.get(stored, key)) ?? fallback;
    return {
      language: read('language', languages, defaults.language),
      theme: read('theme', themeChoices, defaults.theme),
      navigationCollapsed: read('navigationCollapsed', [true, false], defaults.navigationCollapsed),
    };
  } catch {
    return defaults;
  }
}

export function getPreferences(): Preferences {
  return preferences;
}

export function setPreferences(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change };
  try {
    localStorage.setItem(storageKey, JSON.stringify(preferences));
  } catch {
    // A browser that keeps nothing still runs the app: the choice lasts until the window closes.
  }
  for (const listener of listeners) listener();
}

export function subscribePreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribePreferences, getPreferences);
}
