import { DownloadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import type { HandoverId, HandoverSnapshotId } from '../../../../core/contract/ids.ts';
import type { ProcedureInput } from '../../../../core/contract/index.ts';
import { type ApiError, invoke } from '../../../api/client.ts';
import { useProcedure } from '../../../api/hooks.ts';
import { download } from '../../../components/download.ts';
import { useErrorToast } from '../../../components/use-error-toast.ts';
import { usePreferences } from '../../../preferences.ts';

type Wanted =
  | Pick<ProcedureInput<'handovers.export'>, 'kind' | 'format'>
  /** What was signed, byte for byte. */
  | { readonly kind: 'frozen'; readonly format: 'json'; readonly frozen: HandoverSnapshotId };

const registers = [
  { kind: 'register', format: 'pdf' },
  { kind: 'register', format: 'xlsx' },
] as const satisfies readonly Wanted[];

/** Downloads of the register, of the certificate once everybody has signed, and of what was signed; in the reader's language. */
export function ExportButtons({
  id,
  snapshotId,
  draft,
  certificate,
}: {
  readonly id: HandoverId;
  /** Null: the sheet as it stands now. */
  readonly snapshotId: HandoverSnapshotId | null;
  readonly draft: boolean;
  readonly certificate: boolean;
}) {
  const { t } = useTranslation('handovers');
  const { language } = usePreferences();
  const showError = useErrorToast();
  const exporting = useMutation<void, ApiError, Wanted>({
    mutationFn: async (wanted) => {
      const file =
        'frozen' in wanted
          ? await invoke('handovers.frozenFile', { snapshotId: wanted.frozen, language })
          : await invoke('handovers.export', { target: { handoverId: id }, snapshotId, language, ...wanted });
      const bytes = Uint8Array.from(atob(file.base64), (character) => character.charCodeAt(0));
      download(file.fileName, file.mediaType, bytes);
    },
    onError: showError,
  });
  const busy = (wanted: Wanted) =>
    exporting.isPending &&
    exporting.variables.kind === wanted.kind &&
    exporting.variables.format === wanted.format;
  // The leaver takes no workbook of all customers along: the core refuses it.
  const table = useProcedure('handovers.signing', { id }).data?.may.table ?? null;
  const wanted: readonly Wanted[] = [
    ...registers.filter(({ format }) => format !== 'xlsx' || table === null),
    ...(certificate ? [{ kind: 'certificate', format: 'pdf' } as const] : []),
    ...(snapshotId !== null && table === null
      ? [{ kind: 'frozen', format: 'json', frozen: snapshotId } as const]
      : []),
  ];
  const label = ({ kind, format }: Wanted) => {
    switch (kind) {
      case 'certificate':
        return t('signing.certificate');
      case 'frozen':
        return t('signing.frozenFile');
      case 'register':
        return t(draft ? 'signing.draftRegister' : 'signing.register', { format: format?.toUpperCase() });
    }
  };
  return wanted.map((each) => (
    <Button
      key={`${each.kind} ${each.format}`}
      icon={<DownloadOutlined />}
      loading={busy(each)}
      disabled={exporting.isPending && !busy(each)}
      onClick={() => exporting.mutate(each)}
    >
      {label(each)}
    </Button>
  ));
}
