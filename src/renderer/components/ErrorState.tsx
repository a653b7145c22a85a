import { StopOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { toApiError } from '../api/client.ts';
import { EmptyState } from './EmptyState.tsx';
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
      <EmptyState
        icon={error.code === 'forbidden' ? <StopOutlined /> : <WarningOutlined />}
        title={t(error.code === 'forbidden' ? 'errors:forbiddenTitle' : 'errors:title')}
        description={<ErrorText error={error} />}
        action={
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
