import { useMutation } from '@tanstack/react-query';

import type { ApprovalId } from '../../../core/contract/ids.ts';
import { type ApiError, invoke } from '../../api/client.ts';
import { download } from '../../components/download.ts';
import { useErrorToast } from '../../components/use-error-toast.ts';
import { usePreferences } from '../../preferences.ts';

/** Makes the approval sheet in the reader's language and hands it to the browser's download. */
export function useSheetDownload(id: ApprovalId): {
  readonly pending: boolean;
  readonly download: () => void;
} {
  const { language } = usePreferences();
  const showError = useErrorToast();
  const sheet = useMutation<void, ApiError>({
    mutationFn: async () => {
      const { fileName, mediaType, base64 } = await invoke('approvals.sheet', { id, language });
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      download(fileName, mediaType, bytes);
    },
    onError: showError,
  });
  return { pending: sheet.isPending, download: () => sheet.mutate() };
}
