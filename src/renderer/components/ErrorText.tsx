import { useTranslation } from 'react-i18next';

import { errorSentence } from './error-sentence.ts';

/** One error's sentence in the reader's language, with the numbers and names it carries. */
export function ErrorText({ error }: { readonly error: unknown }) {
  const { t } = useTranslation('errors');
  return errorSentence(t, error);
}
