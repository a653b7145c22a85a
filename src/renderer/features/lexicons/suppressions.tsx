import { Button, Radio } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useCan, useMutate, useProcedure } from '../../api/hooks.ts';
import { Confirm } from '../../components/Confirm.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { Page } from '../../components/Page.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { VirtualTable, type VirtualColumn } from '../../components/VirtualTable.tsx';
import { useFormat } from '../../use-format.ts';
import { scopeWords } from './scope-words.ts';
import { SuppressionDialog } from './suppression-dialog.tsx';
import styles from './lexicons.module.css';

type Suppression = ProcedureOutput<'lexicons.suppressions'>[number];

/** Phrases that don't count for a time: standard disclaimers, approved slogans. Each has an owner, a reason and an end. */
export function SuppressionsScreen() {
  const { t } = useTranslation('suppressions');
  const mayEdit = useCan()('lexicons:publish');
  const [ended, setEnded] = useState(false);
  const [adding, setAdding] = useState(false);
  const [current, setCurrent] = useState<Suppression['id'] | null>(null);
  const [now] = useState(() => Date.now());
  const suppressions = useProcedure('lexicons.suppressions', { ended });
  const end = useMutate('lexicons.endSuppression');
  const columns = useColumns(ended);
  useShortcuts([{ keys: 'a', label: t('add'), run: () => setAdding(true), disabled: !mayEdit }]);

  const rows = (suppressions.data ?? []).filter((row) => hasEnded(row, now) === ended);
  const index = rows.findIndex(({ id }) => id === current);
  const chosen = rows[index];
  const add = mayEdit && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <Page
      fill
      title={t('title')}
      description={t('description')}
      actions={
        <>
          <Link to="/lexicons">{t('toLexicons')}</Link>
          {add}
        </>
      }
    >
      <div className={`${styles['bar']} ${styles['pageBar']}`}>
        <Radio.Group
          aria-label={t('show')}
          optionType="button"
          value={ended}
          onChange={(event) => setEnded(event.target.value === true)}
          options={[
            { value: false, label: t('active') },
            { value: true, label: t('ended') },
          ]}
        />
        {mayEdit && !ended && (
          <span className={styles['barActions']}>
            <Confirm
              title={t('endQuestion')}
              description={t('endHint')}
              okText={t('end')}
              disabled={!chosen}
              styles={{ root: { maxWidth: 360 } }}
              onConfirm={() => chosen && end.mutate({ id: chosen.id })}
            >
              <Button disabled={!chosen} loading={end.isPending}>
                {t('end')}
              </Button>
            </Confirm>
          </span>
        )}
      </div>
      {suppressions.isError ? (
        <ErrorState error={suppressions.error} onRetry={() => void suppressions.refetch()} />
      ) : !suppressions.data ? (
        <Loading />
      ) : rows.length === 0 ? (
        <EmptyState
          title={t(ended ? 'noneEnded' : 'none')}
          description={t(ended ? 'noneEndedHint' : mayEdit ? 'noneHint' : 'noneHintRead')}
          action={ended ? undefined : add}
        />
      ) : (
        <VirtualTable<Suppression>
          label={t('title')}
          columns={columns}
          rowCount={rows.length}
          getRow={(at) => rows[at]}
          selectedIndex={index < 0 ? null : index}
          onSelect={(at) => setCurrent(rows[at]?.id ?? null)}
        />
      )}
      {adding && <SuppressionDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}

function hasEnded(row: Suppression, now: number): boolean {
  return row.endedAt !== null || row.expiresAt <= now;
}

/** A cell that may be cut: its whole is in the title. */
function Whole({ words }: { readonly words: string }) {
  return <span title={words}>{words}</span>;
}

function useColumns(ended: boolean): readonly VirtualColumn<Suppression>[] {
  const { t } = useTranslation('suppressions');
  const format = useFormat();
  return useMemo(() => {
    const separator = t('common:listSeparator');
    return [
      {
        id: 'phrase',
        header: t('phrase'),
        width: 200,
        grow: true,
        render: (row) => (
          <span title={row.phrase}>
            <OutsideText text={row.phrase} />
          </span>
        ),
      },
      {
        id: 'terms',
        header: t('terms'),
        width: 130,
        render: (row) => <Whole words={row.terms.length === 0 ? t('allTerms') : row.terms.join(separator)} />,
      },
      {
        id: 'scope',
        header: t('scope'),
        width: 120,
        render: (row) => <Whole words={scopeWords(t, row.scope) || t('everywhere')} />,
      },
      {
        id: 'reason',
        header: t('reason'),
        width: 180,
        render: (row) => <Whole words={row.reason} />,
      },
      {
        id: 'owner',
        header: t('owner'),
        width: 96,
        render: (row) => <Whole words={row.owner} />,
      },
      { id: 'createdAt', header: t('since'), width: 100, render: (row) => format.date(row.createdAt) },
      ended
        ? {
            id: 'endedAt',
            header: t('endedAt'),
            width: 170,
            render: (row: Suppression) =>
              row.endedAt === null
                ? t('expired', { date: format.date(row.expiresAt) })
                : t('endedBy', { date: format.date(row.endedAt), name: row.endedBy ?? '–' }),
          }
        : {
            id: 'expiresAt',
            header: t('expiresAt'),
            width: 100,
            render: (row: Suppression) => format.date(row.expiresAt),
          },
    ];
  }, [t, format, ended]);
}
