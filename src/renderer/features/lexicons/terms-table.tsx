import { Button, Input, Select } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { type Severity, severities } from '../../../core/features/lexicons/model.ts';
import { useMutate } from '../../api/hooks.ts';
import { Confirm } from '../../components/Confirm.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { SeverityTag } from '../../components/SeverityTag.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { useSettled } from '../../components/use-settled.ts';
import { VirtualTable, type VirtualColumn } from '../../components/VirtualTable.tsx';
import { useFormat } from '../../use-format.ts';
import { EntryEditor } from './entry-editor.tsx';
import { kindOf } from './entry-options.ts';
import styles from './lexicons.module.css';
import { type Term, useTermPages } from './term-pages.ts';

interface TermsTableProps {
  readonly version: ProcedureOutput<'lexicons.versions'>[number];
  /** A draft, and the user may edit it. */
  readonly editable: boolean;
}

/** The terms of one version: search, filters; in a draft also add, change and remove. */
export function TermsTable({ version, editable }: TermsTableProps) {
  const { id: versionId } = version;
  const { t } = useTranslation('lexicons');
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [category, setCategory] = useState<string | null>(null);
  const [severity, setSeverity] = useState<Severity | null>(null);
  const query = useSettled(typed.trim());
  const pages = useTermPages({ versionId, query, category, severity });
  // Another filter shows other rows: none of them is the chosen one.
  const shown = JSON.stringify([query, category, severity]);
  const [held, setHeld] = useState<{ readonly index: number; readonly of: string } | null>(null);
  const current = held?.of === shown ? held.index : null;
  const [editing, setEditing] = useState<Term | 'new' | null>(null);
  const remove = useMutate('lexicons.removeTerms');
  const columns = useColumns();
  const grid = useRef<HTMLDivElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const removed = remove.isSuccess;
  // With the last term the grid goes, and the focus that it was given.
  useEffect(() => {
    if (removed && pages.total === 0 && document.activeElement === document.body) addButton.current?.focus();
  }, [removed, pages.total]);
  const chosen = current === null ? undefined : pages.getRow(current);
  useShortcuts([{ keys: 'a', label: t('term.add'), run: () => setEditing('new'), disabled: !editable }]);

  if (pages.error) return <ErrorState error={pages.error} onRetry={pages.retry} />;
  const filtered = query !== '' || category !== null || severity !== null;
  return (
    <>
      <div className={styles['bar']}>
        <Input
          type="search"
          className={styles['find']}
          aria-label={t('term.find')}
          placeholder={t('term.find')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Select
          allowClear
          className={styles['select']}
          aria-label={t('term.category')}
          placeholder={t('term.category')}
          value={category}
          onChange={(value: string | null | undefined) => setCategory(value ?? null)}
          options={pages.categories.map((value) => ({ value, label: value }))}
        />
        <Select<Severity | null>
          allowClear
          className={styles['select']}
          aria-label={t('term.severity')}
          placeholder={t('term.severity')}
          value={severity}
          onChange={(value) => setSeverity(value ?? null)}
          options={severities.map((value) => ({ value, label: t(`common:severity.${value}`) }))}
        />
        {pages.total !== undefined && (
          <span className={styles['quiet']} role="status">
            {t('term.count', { count: pages.total, number: format.number(pages.total) })}
          </span>
        )}
        {editable && (
          <span className={styles['barActions']}>
            <Button onClick={() => chosen && setEditing(chosen)} disabled={!chosen}>
              {t('common:edit')}
            </Button>
            <Confirm
              title={t('term.removeQuestion', { text: chosen?.text ?? '' })}
              okText={t('common:remove')}
              disabled={!chosen}
              onConfirm={() => {
                if (!chosen) return;
                remove.mutate(
                  { versionId, ids: [chosen.id] },
                  // The button is of no use until another term is chosen, which is done there.
                  { onSuccess: () => grid.current?.focus() },
                );
              }}
            >
              <Button disabled={!chosen} loading={remove.isPending}>
                {t('common:remove')}
              </Button>
            </Confirm>
            <Button ref={addButton} type="primary" onClick={() => setEditing('new')}>
              {t('term.add')}
            </Button>
          </span>
        )}
      </div>
      {pages.total === 0 ? (
        <EmptyState
          title={t(filtered ? 'term.noneFound' : 'term.none')}
          description={t(filtered ? 'term.noneFoundHint' : editable ? 'term.noneHint' : 'term.noneHintRead')}
        />
      ) : (
        <VirtualTable<Term>
          label={t('term.list')}
          grid={grid}
          columns={columns}
          rowCount={pages.total ?? 0}
          getRow={pages.getRow}
          onVisibleRange={pages.onVisibleRange}
          selectedIndex={current}
          onSelect={(index) => setHeld({ index, of: shown })}
          onActivate={(index) => {
            const term = pages.getRow(index);
            if (term && editable) setEditing(term);
          }}
        />
      )}
      {editing !== null && (
        <EntryEditor
          versionId={versionId}
          lexiconFolds={version.settings.folds}
          term={editing === 'new' ? null : editing}
          categories={pages.categories}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

function useColumns(): readonly VirtualColumn<Term>[] {
  const { t } = useTranslation('lexicons');
  return useMemo(
    () => [
      {
        id: 'text',
        header: t('term.text'),
        width: 140,
        render: (term) => (
          <span className={term.enabled ? styles['termText'] : styles['termOff']} title={term.text}>
            {term.text}
          </span>
        ),
      },
      {
        id: 'kind',
        header: t('rules:kindLabel'),
        width: 84,
        render: (term) => t(`rules:kind.${kindOf(term.options)}.short`),
      },
      { id: 'category', header: t('term.category'), width: 100, render: (term) => term.category },
      {
        id: 'severity',
        header: t('term.severity'),
        width: 92,
        render: (term) => <SeverityTag severity={term.severity} />,
      },
      {
        id: 'basis',
        header: t('term.basis'),
        width: 160,
        grow: true,
        render: (term) => <span title={term.basis}>{term.basis === '' ? '–' : term.basis}</span>,
      },
      { id: 'note', header: t('term.note'), width: 90, render: (term) => term.note },
      {
        id: 'enabled',
        header: t('term.enabled'),
        width: 74,
        render: (term) => t(term.enabled ? 'common:yes' : 'common:no'),
      },
    ],
    [t],
  );
}
