import { useTranslation } from 'react-i18next';

import { toApiError } from '../api/client.ts';

/** One error's sentence in the reader's language, with the numbers and names it carries. */
export function ErrorText({ error: thrown }: { readonly error: unknown }) {
  const { t } = useTranslation('errors');
  const error = toApiError(thrown);
  return <>{t(error.code, { ...error.details, defaultValue: error.message })}</>;
}
