import { App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import { toApiError } from '../api/client.ts';
import { errorSentence } from './error-sentence.ts';

/** Errors that the lock, the sign-in screen or the person's own act already explain. */
const silent: ReadonlySet<string> = new Set(['locked', 'not-signed-in', 'cancelled']);

/** Shows what happened and what to do next in a notification. */
export function useErrorToast(): (error: unknown) => void {
  const { notification } = App.useApp();
  const { t } = useTranslation('errors');
  return useCallback(
    (thrown: unknown) => {
      const error = toApiError(thrown);
      if (silent.has(error.code)) return;
      notification.error({
        title: t('title'),
        description: errorSentence(t, error),
        duration: 8,
        role: 'alert',
      });
    },
    [notification, t],
  );
}
