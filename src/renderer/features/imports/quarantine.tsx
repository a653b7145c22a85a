import { useInfiniteQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { type ApiError, invoke } from '../../api/client.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { VirtualTable, type VirtualColumn } from '../../components/VirtualTable.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './imports.module.css';
import { bytesOf, hexOf, textOf } from './raw-bytes.ts';

type Page = ProcedureOutput<'archive.quarantine'>;
type Entry = Page['entries'][number];

/** Grey rows below the last one that is loaded, so that one can scroll on while the next page comes. */
const ahead = 20;

/** Each entry that could not be read: where it stands, why, and its bytes. */
export function QuarantineList({ importId }: { readonly importId: Entry['importId'] }) {
  const { t } = useTranslation('imports');
  const [current, setCurrent] = useState<number | null>(null);
  const pages = useInfiniteQuery<
    Page,
    ApiError,
    { entries: Entry[]; total: number },
    readonly unknown[],
    Entry['id'] | null
  >({
    queryKey: ['imports', 'quarantine-list', importId],
    initialPageParam: null,
    queryFn: ({ pageParam }) => invoke('archive.quarantine', { importId, after: pageParam, limit: 100 }),
    getNextPageParam: (page) => (page.more ? page.entries.at(-1)?.id : undefined),
    select: (data) => ({
      entries: data.pages.flatMap((page) => page.entries),
      total: data.pages[0]?.total ?? 0,
    }),
  });
  const columns = useColumns();
  if (pages.isError) return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />;
  if (!pages.data) return <Loading />;
  const { entries, total } = pages.data;
  if (total === 0) return <EmptyState title={t('quarantine.none')} description={t('quarantine.noneHint')} />;
  const chosen = current === null ? undefined : entries[current];
  return (
    <div className={styles['quarantine']}>
      <VirtualTable<Entry>
        label={t('quarantine.title')}
        columns={columns}
        // A little beyond what is loaded: rows come page by page, however far one jumps.
        rowCount={pages.hasNextPage ? Math.min(total, entries.length + ahead) : entries.length}
        getRow={(index) => entries[index]}
        onVisibleRange={(_first, last) => {
          if (last >= entries.length - ahead && pages.hasNextPage && !pages.isFetchingNextPage)
            void pages.fetchNextPage();
        }}
        selectedIndex={current}
        onSelect={setCurrent}
      />
      {chosen ? (
        <RawEntry key={chosen.id} entry={chosen} />
      ) : (
        <p className={styles['quiet']}>{t('quarantine.choose')}</p>
      )}
    </div>
  );
}

function useColumns(): readonly VirtualColumn<Entry>[] {
  const { t } = useTranslation('imports');
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'line',
        header: t('quarantine.line'),
        width: 90,
        align: 'end',
        render: (entry) => format.number(entry.line),
      },
      {
        id: 'reason',
        header: t('quarantine.reason'),
        width: 170,
        render: (entry) => t(`reason.${entry.reason}`, { defaultValue: entry.reason }),
      },
      {
        id: 'detail',
        header: t('quarantine.detail'),
        width: 150,
        grow: true,
        render: (entry) => (
          <span lang="en" className={styles['quiet']}>
            <OutsideText text={entry.detail} />
          </span>
        ),
      },
      {
        id: 'file',
        header: t('file.name'),
        width: 170,
        render: (entry) => <OutsideText text={entry.fileName} />,
      },
      {
        id: 'size',
        header: t('file.size'),
        width: 100,
        align: 'end',
        render: (entry) => format.bytes(entry.size),
      },
    ],
    [t, format],
  );
}

function RawEntry({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const [view, setView] = useState<'text' | 'hex'>(entry.reason === 'invalid-utf8' ? 'hex' : 'text');
  const bytes = useMemo(() => bytesOf(entry.raw), [entry.raw]);
  return (
    <section className={styles['raw']} aria-label={t('raw.title')}>
      <div className={styles['line']}>
        <strong>{t('raw.heading', { file: entry.fileName, line: format.number(entry.line) })}</strong>
        <Segmented
          aria-label={t('raw.view')}
          value={view}
          onChange={setView}
          options={[
            { value: 'text' as const, label: t('raw.text') },
            { value: 'hex' as const, label: t('raw.hex') },
          ]}
        />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <pre tabIndex={0} data-view={view}>
        {view === 'text' ? <OutsideText text={textOf(bytes)} /> : hexOf(bytes)}
      </pre>
      {entry.size > bytes.length && (
        <p className={styles['quiet']}>
          {t('raw.cut', { shown: format.bytes(bytes.length), size: format.bytes(entry.size) })}
        </p>
      )}
    </section>
  );
}
