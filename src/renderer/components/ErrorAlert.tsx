import { Alert } from 'antd';

import { ErrorText } from './ErrorText.tsx';

/** An error within a form; nothing while there is none. */
export function ErrorAlert({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined) return null;
  return <Alert type="error" showIcon role="alert" title={<ErrorText error={error} />} />;
}
