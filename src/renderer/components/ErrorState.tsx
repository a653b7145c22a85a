import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';

import { toApiError } from '../api/client.ts';
import { ErrorText } from './ErrorText.tsx';

export interface ErrorStateProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}

/** In place of content that could not be had: what happened, what to do next, and the way to try again. */
export function ErrorState({ error: thrown, onRetry }: ErrorStateProps) {
  const { t } = useTranslation();
  const error = toApiError(thrown);
  return (
    <div role="alert">
      <Result
        status={error.code === 'forbidden' ? '403' : error.code === 'not-found' ? '404' : 'warning'}
        title={t('errors:title')}
        subTitle={<ErrorText error={error} />}
        extra={
          onRetry && (
            <Button type="primary" onClick={onRetry}>
              {t('retry')}
            </Button>
          )
        }
      />
    </div>
  );
}
