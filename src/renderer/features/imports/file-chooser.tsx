import { Button, Tooltip } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '../../api/hooks.ts';
import { useImportFiles } from './drop-zone.tsx';
import { acceptedEndings, useUpload } from './uploads.ts';

/** Opens the system's file dialog; disabled, with the reason, for those who may not import. */
export function FileChooser({ label }: { readonly label: string }) {
  const { t } = useTranslation('imports');
  const may = useCan()('archive:import');
  const upload = useUpload();
  const start = useImportFiles();
  const input = useRef<HTMLInputElement>(null);
  const busy = upload !== null && upload.error === null;
  const button = (
    <Button type="primary" disabled={!may || busy} onClick={() => input.current?.click()}>
      {label}
    </Button>
  );
  return (
    <>
      {may ? button : <Tooltip title={t('mayNot')}>{button}</Tooltip>}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="import-files"
        accept={acceptedEndings.join(',')}
        aria-label={label}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file again is a choice too.
          event.target.value = '';
          start(files);
        }}
      />
    </>
  );
}
