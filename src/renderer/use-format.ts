import { useProcedure } from './api/hooks.ts';
import { createFormatters, type Formatters } from './format.ts';
import { usePreferences } from './preferences.ts';

/** Used until the workspace's own time zone is known, and by the first screens. */
export const defaultTimeZone = 'Asia/Shanghai';

export function useTimeZone(): string {
  return useProcedure('workspaces.status', {}).data?.timeZone ?? defaultTimeZone;
}

/** Formatters for the chosen language and the workspace's time zone. */
export function useFormat(): Formatters {
  const { language } = usePreferences();
  return createFormatters(language, useTimeZone());
}
