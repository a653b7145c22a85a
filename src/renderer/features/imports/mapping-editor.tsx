import { Button, Form, Input, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import {
  type ColumnMapping,
  type TableField,
  type TableKind,
  feedTitles,
  neededFields,
  tableFields,
  tableKinds,
} from '../../../core/features/feeds/model.ts';
import { useMutate } from '../../api/hooks.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { usePreferences } from '../../preferences.ts';
import styles from './imports.module.css';

interface MappingEditorProps {
  readonly mapping: ColumnMapping;
  /** The name that it is saved under; empty: none yet. */
  readonly name: string;
  readonly preview: ProcedureOutput<'feeds.previewTable'>;
  readonly onChange: (mapping: ColumnMapping) => void;
  readonly onSaved: (name: string) => void;
  readonly onDeleted: () => void;
  readonly onCancel: () => void;
}

/** Which header is which field; saved by name, so that the next file of its kind needs no more than that name. */
export function MappingEditor({
  mapping,
  name: savedName,
  preview,
  onChange,
  onSaved,
  onDeleted,
  onCancel,
}: MappingEditorProps) {
  const { t } = useTranslation('imports');
  const { language } = usePreferences();
  const [name, setName] = useState(savedName);
  const save = useMutate('feeds.saveMapping', { toast: false });
  const remove = useMutate('feeds.deleteMapping', { toast: false });
  const { feed, columns } = mapping;
  const headers = [...new Set(preview.header.filter((header) => header !== ''))];
  const missing = neededFields[feed].filter((choices) =>
    choices.every((field) => columns[field] === undefined),
  );
  const label = (field: TableField) => t(`field.${field}`);
  const setColumn = (field: TableField, header: string | undefined) => {
    const { [field]: _before, ...others } = columns;
    onChange({ feed, columns: header === undefined ? others : { ...others, [field]: header } });
  };
  return (
    <section className={styles['mapping']} aria-label={t('mapping.own')}>
      <h2>{t('mapping.own')}</h2>
      <Form.Item label={t('mapping.feed')} htmlFor="mapping-feed">
        <Select<TableKind>
          id="mapping-feed"
          value={feed}
          onChange={(next) => onChange({ feed: next, columns: keep(columns, next) })}
          options={tableKinds.map((value) => ({ value, label: feedTitles[language][value] }))}
        />
      </Form.Item>
      <div className={styles['fields']}>
        {tableFields[feed].map((field) => (
          <Form.Item
            key={field}
            label={label(field)}
            htmlFor={`mapping-${field}`}
            required={neededFields[feed].some((choices) => choices.includes(field) && choices.length === 1)}
          >
            <Select<string>
              id={`mapping-${field}`}
              allowClear
              showSearch
              placeholder={t('mapping.none')}
              {...(columns[field] === undefined ? {} : { value: columns[field] })}
              onChange={(header: string | undefined) => setColumn(field, header)}
              options={headers.map((header) => ({ value: header, label: header }))}
            />
          </Form.Item>
        ))}
      </div>
      {missing.length > 0 && (
        <p role="status" className={styles['missing']}>
          {t('mapping.missing', {
            fields: missing.map((choices) => choices.map(label).join(' / ')).join('、'),
          })}
        </p>
      )}
      <ErrorAlert error={save.error ?? remove.error} />
      <div className={styles['line']}>
        <Input
          aria-label={t('mapping.name')}
          placeholder={t('mapping.name')}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button
          type="primary"
          loading={save.isPending}
          disabled={name.trim() === '' || missing.length > 0}
          onClick={() =>
            save.mutate({ name: name.trim(), feed, columns }, { onSuccess: (saved) => onSaved(saved.name) })
          }
        >
          {t('mapping.save')}
        </Button>
        <Button onClick={onCancel}>{t('mapping.discard')}</Button>
        {savedName !== '' && (
          <Popconfirm
            title={t('mapping.deleteSure', { name: savedName })}
            onConfirm={() => remove.mutate({ name: savedName }, { onSuccess: onDeleted })}
          >
            <Button danger loading={remove.isPending}>
              {t('mapping.delete')}
            </Button>
          </Popconfirm>
        )}
      </div>
    </section>
  );
}

/** The columns that a table of another kind has too. */
function keep(columns: ColumnMapping['columns'], feed: TableKind): ColumnMapping['columns'] {
  const fields: readonly TableField[] = tableFields[feed];
  const kept: Partial<Record<TableField, string>> = {};
  for (const field of fields) {
    const header = columns[field];
    if (header !== undefined) kept[field] = header;
  }
  return kept;
}
