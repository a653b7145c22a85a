import type { TFunction } from 'i18next';

import type { Scope } from '../../../core/features/screening/rules/model.ts';

/** A scope's conditions in words; empty where it sets none. */
export function scopeWords(t: TFunction<string>, scope: Scope): string {
  const separator = t('common:listSeparator');
  return [
    scope.speaker === 'any' ? '' : t(`rules:speaker.${scope.speaker}`),
    scope.channel === 'any' ? '' : t(`rules:channel.${scope.channel}`),
    scope.kinds === null
      ? ''
      : scope.kinds.map((kind) => t(`archive:kind.${kind}`, { defaultValue: kind })).join(separator),
    scope.hours === null ? '' : `${scope.hours.from}–${scope.hours.to}`,
    scope.branches === null ? '' : scope.branches.join(separator),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
