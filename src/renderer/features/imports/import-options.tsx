import { Button, Form, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CalendarDay } from '../../../core/contract/ids.ts';
import { type ImportKind, importKinds } from '../../../core/features/archive/model.ts';
import { DayInput } from '../../components/DayInput.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { usePreferences } from '../../preferences.ts';
import { useImportFiles } from './drop-zone.tsx';
import styles from './imports.module.css';
import { kindName } from './kind-name.ts';
import { TableColumns } from './table-columns.tsx';
import { acceptedEndings, useUpload } from './uploads.ts';

/** Files of which something has to be said first: what they are, the day that they are of, how their columns are named. */
export function ImportOptionsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('imports');
  const { language } = usePreferences();
  const start = useImportFiles();
  const upload = useUpload();
  const input = useRef<HTMLInputElement>(null);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [kind, setKind] = useState<ImportKind>('auto');
  const [asOf, setAsOf] = useState<CalendarDay | null>(null);
  const [mapping, setMapping] = useState<string | null>(null);
  const [unsaved, setUnsaved] = useState(false);
  const busy = upload !== null && upload.error === null;
  const table = files.find(({ name }) => /\.(?:csv|xlsx|txt)$/i.test(name));
  const take = () => {
    start(files, { kind, asOf, mapping: table === undefined ? null : mapping });
    onClose();
  };
  return (
    <Dialog
      title={t('options.title')}
      width={860}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="primary" disabled={files.length === 0 || busy || unsaved} onClick={take}>
            {t('options.start')}
          </Button>
        </>
      }
    >
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="options-files"
        accept={acceptedEndings.join(',')}
        aria-label={t('options.files')}
        onChange={(event) => {
          setFiles([...(event.target.files ?? [])]);
          setMapping(null);
          setUnsaved(false);
          event.target.value = '';
        }}
      />
      <Form layout="vertical" component="div" className={styles['options'] ?? ''}>
        <Form.Item label={t('options.files')} extra={acceptedEndings.join(' ')}>
          <Button data-first-focus="true" onClick={() => input.current?.click()}>
            {t('choose')}
          </Button>
          {files.length > 0 && (
            <ul className={styles['chosen']} aria-label={t('options.chosen')}>
              {files.map((file) => (
                <li key={`${file.name} ${file.size}`}>
                  <OutsideText text={file.name} />
                </li>
              ))}
            </ul>
          )}
        </Form.Item>
        <div className={styles['pair']}>
          <Form.Item label={t('options.kind')} htmlFor="import-kind" extra={t('options.kindHint')}>
            <Select<ImportKind>
              id="import-kind"
              value={kind}
              onChange={setKind}
              options={importKinds.map((value) => ({
                value,
                label: value === 'auto' ? t('options.auto') : kindName(value, t, language),
              }))}
            />
          </Form.Item>
          <Form.Item label={t('options.asOf')} htmlFor="import-as-of" extra={t('options.asOfHint')}>
            <DayInput id="import-as-of" value={asOf} editable onChange={setAsOf} />
          </Form.Item>
        </div>
        {table !== undefined && (
          <TableColumns
            key={`${table.name} ${table.size} ${table.lastModified}`}
            file={table}
            kind={kind === 'chat' ? 'auto' : kind}
            asOf={asOf}
            mapping={mapping}
            onMapping={setMapping}
            onUnsaved={setUnsaved}
          />
        )}
      </Form>
    </Dialog>
  );
}
