import type { TFunction } from 'i18next';

/** What was done, in words; the procedure's name where this version has no words for it. */
export function actionName(t: TFunction<string>, action: string): string {
  return t(`audit:actionName.${action}`, { defaultValue: action });
}

/** What kind of record it was done to. */
export function recordKindName(t: TFunction<string>, kind: string): string {
  return t(`audit:recordName.${kind}`, { defaultValue: kind });
}
