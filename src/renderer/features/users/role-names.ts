import type { TFunction } from 'i18next';

/** Roles as a reader knows them: `审核、审批`. */
export function roleNames(t: TFunction<string>, roles: readonly string[]): string {
  return roles
    .map((role) => t(`common:role.${role}`, { defaultValue: role }))
    .join(t('common:listSeparator'));
}
