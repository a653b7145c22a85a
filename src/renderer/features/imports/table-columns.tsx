import { Button, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CalendarDay } from '../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import type { ColumnMapping, FeedKind } from '../../../core/features/feeds/model.ts';
import { useProcedure, useProcedureWhen } from '../../api/hooks.ts';
import { useUploaded } from '../../api/use-uploaded.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { Loading } from '../../components/Loading.tsx';
import styles from './imports.module.css';
import { MappingEditor } from './mapping-editor.tsx';
import { TablePreviewTable } from './table-preview.tsx';

type Preview = ProcedureOutput<'feeds.previewTable'>;

interface TableColumnsProps {
  readonly file: File;
  readonly kind: FeedKind | 'auto';
  readonly asOf: CalendarDay | null;
  /** The saved mapping in use; null: the usual names. */
  readonly mapping: string | null;
  readonly onMapping: (name: string | null) => void;
  readonly onUnsaved: (unsaved: boolean) => void;
}

/** How the columns of a table are understood, with its first rows; by their usual names, a saved mapping, or one made here. */
export function TableColumns({ file, kind, asOf, mapping, onMapping, onUnsaved }: TableColumnsProps) {
  const { t } = useTranslation('imports');
  const mappings = useProcedure('feeds.mappings', {});
  const uploaded = useUploaded(file);
  const [draft, setDraft] = useState<ColumnMapping | null>(null);
  const saved = mappings.data?.find(({ name }) => name === mapping);
  const used: ColumnMapping | null =
    draft ?? (saved === undefined ? null : { feed: saved.feed, columns: saved.columns });
  const preview = useProcedureWhen(
    'feeds.previewTable',
    uploaded.blobId === null
      ? null
      : { blobId: uploaded.blobId, fileName: file.name.slice(-255), kind, mapping: used, asOf },
    { keepPrevious: true },
  );
  const edit = (next: ColumnMapping | null) => {
    setDraft(next);
    onUnsaved(next !== null);
  };
  const { data } = preview;
  return (
    <section aria-label={t('mapping.title')}>
      <div className={styles['pair']}>
        <Form.Item label={t('mapping.title')} htmlFor="import-mapping" extra={t('mapping.hint')}>
          <Select<string>
            id="import-mapping"
            value={mapping ?? ''}
            disabled={draft !== null}
            onChange={(name) => onMapping(name === '' ? null : name)}
            options={[
              { value: '', label: t('mapping.usual') },
              ...(mappings.data ?? []).map(({ name }) => ({ value: name, label: name })),
            ]}
          />
        </Form.Item>
        {draft === null && data !== undefined && (
          <Button className={styles['beside'] ?? ''} onClick={() => edit(startOf(data, used, kind))}>
            {t(saved === undefined ? 'mapping.own' : 'mapping.edit')}
          </Button>
        )}
      </div>
      <ErrorAlert error={uploaded.error ?? preview.error} />
      {draft !== null && data !== undefined && (
        <MappingEditor
          mapping={draft}
          name={mapping ?? ''}
          preview={data}
          onChange={edit}
          onSaved={(name) => {
            onMapping(name);
            edit(null);
          }}
          onDeleted={() => {
            onMapping(null);
            edit(null);
          }}
          onCancel={() => edit(null)}
        />
      )}
      {data !== undefined ? (
        <TablePreviewTable preview={data} />
      ) : (
        !preview.isError && uploaded.error === null && <Loading />
      )}
    </section>
  );
}

/** What a mapping begins with: the one in use, or what was understood without one. */
function startOf(preview: Preview, used: ColumnMapping | null, kind: FeedKind | 'auto'): ColumnMapping {
  if (used !== null) return used;
  const feed = preview.feed ?? (kind === 'live-codes' || kind === 'sop-tasks' ? kind : 'customers');
  return { feed, columns: preview.columns };
}
