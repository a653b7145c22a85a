import { Button } from 'antd';
import { useEffect, useEffectEvent, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

import { invoke } from '../../api/client.ts';
import { useAppEvents, useCan } from '../../api/hooks.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import { SeverityTag } from '../../components/SeverityTag.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { useErrorToast } from '../../components/use-error-toast.ts';
import { VirtualTable, type VirtualColumn } from '../../components/VirtualTable.tsx';
import { useFormat } from '../../use-format.ts';
import { personName, personWithBranch } from '../archive/people.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { HitExcerpt } from './hit-excerpt.tsx';
import type { SortInput } from './hit-filter.ts';
import { type HitRow, createRows } from './hit-rows.ts';
import styles from './hits.module.css';
import { mostDecided, useTableDecisions } from './use-table-decisions.ts';

type HitId = HitRow['id'];
type SortKey = NonNullable<SortInput['by']>;

interface HitsTableProps {
  readonly ids: readonly HitId[];
  readonly sort: { readonly by: SortKey; readonly descending: boolean };
  readonly onSort: (sort: SortInput) => void;
  readonly onOpen: (id: HitId) => void;
}

const sortable: readonly SortKey[] = [
  'severity',
  'sentAt',
  'term',
  'category',
  'sender',
  'state',
  'decidedAt',
];

/** All hits of a query, of which only the visible rows are loaded and drawn. */
export function HitsTable({ ids, sort, onSort, onOpen }: HitsTableProps) {
  const { t } = useTranslation('hits');
  const showError = useErrorToast();
  const may = useCan()('hits:decide');
  const [rows] = useState(() =>
    createRows<HitRow>((wanted) => invoke('supervision.hitRows', { ids: wanted }), showError),
  );
  useSyncExternalStore(rows.subscribe, rows.version);
  const { current, setCurrent, goTo } = useCurrentRow(ids);
  const [ticked, setTicked] = useState<ReadonlySet<HitId>>(new Set());
  const visible = useRef({ first: 0, last: 0 });
  useAppEvents((event) => {
    if (event.type === 'changed' && event.topics.includes('hits')) rows.markStale();
  });

  const load = () => rows.want(ids.slice(Math.max(0, visible.current.first - 30), visible.current.last + 60));
  const reload = useEffectEvent(load);
  useEffect(() => {
    reload();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- other ids are at the visible places now
  }, [ids]);
  // What a filter took out of sight is not decided by accident.
  const known = useMemo(() => new Set(ids), [ids]);
  const selected = useMemo(() => new Set([...ticked].filter((id) => known.has(id))), [ticked, known]);

  const lastToggled = useRef<number | null>(null);
  const toggle = (index: number, range: boolean) => {
    const from = range && lastToggled.current !== null ? lastToggled.current : index;
    lastToggled.current = index;
    const between = ids.slice(Math.min(from, index), Math.max(from, index) + 1);
    const id = ids[index];
    setTicked((before) => {
      const next = new Set(before);
      const on = id !== undefined && !before.has(id);
      for (const each of between) {
        if (on) next.add(each);
        else next.delete(each);
      }
      return next;
    });
  };
  const columns = useColumns(may ? { selected, toggle } : null);
  const currentId = current === null ? undefined : ids[current];
  const { decide, undo, busy, canUndo, asked, answer } = useTableDecisions(rows, {
    decided: (hitIds) => {
      const gone = new Set(hitIds);
      setTicked((before) => new Set([...before].filter((id) => !gone.has(id))));
    },
    undone: ([first]) => first !== undefined && goTo(first),
  });
  const targets = selected.size > 0 ? [...selected] : currentId === undefined ? [] : [currentId];
  const step = (by: number) => {
    if (ids.length > 0) setCurrent(Math.min(ids.length - 1, Math.max(0, (current ?? -1) + by)));
  };

  useShortcuts([
    { keys: 'j', label: t('table.key.next'), run: () => step(1) },
    { keys: 'k', label: t('table.key.previous'), run: () => step(-1) },
    {
      keys: 'x',
      label: t('table.key.select'),
      run: () => current !== null && toggle(current, false),
      disabled: !may,
    },
    { keys: '1', label: t('triage.key.confirmed'), run: () => decide(targets, 'confirmed'), disabled: !may },
    { keys: '2', label: t('triage.key.dismissed'), run: () => decide(targets, 'dismissed'), disabled: !may },
    { keys: '3', label: t('triage.key.escalated'), run: () => decide(targets, 'escalated'), disabled: !may },
    { keys: 'u', label: t('triage.key.undo'), run: undo, disabled: !may },
    {
      keys: 't',
      label: t('table.key.triage'),
      run: () => {
        const id = currentId ?? ids[0];
        if (id !== undefined) onOpen(id);
      },
    },
  ]);

  return (
    <>
      {may && (
        <div className={styles['selection']} role="toolbar" aria-label={t('table.decide')}>
          <span role="status">
            {selected.size > 0 ? t('table.selected', { count: selected.size }) : t('table.selectHint')}
          </span>
          {selected.size > 0 && (
            <>
              <Button size="small" disabled={busy} onClick={() => decide(targets, 'confirmed')}>
                {t('triage.action.confirmed')}
              </Button>
              <Button size="small" disabled={busy} onClick={() => decide(targets, 'dismissed')}>
                {t('triage.action.dismissed')}
              </Button>
              <Button size="small" disabled={busy} onClick={() => decide(targets, 'escalated')}>
                {t('triage.action.escalated')}
              </Button>
              <Button size="small" type="text" onClick={() => setTicked(new Set())}>
                {t('table.clearSelection')}
              </Button>
            </>
          )}
          {selected.size === 0 && ids.length > 0 && (
            <Button size="small" type="text" onClick={() => setTicked(new Set(ids.slice(0, mostDecided)))}>
              {ids.length > mostDecided
                ? t('table.selectFirst', { count: mostDecided })
                : t('table.selectAll', { count: ids.length })}
            </Button>
          )}
          {canUndo && (
            <Button size="small" type="text" disabled={busy} onClick={undo}>
              {t('triage.action.undo')}
            </Button>
          )}
        </div>
      )}
      {asked && <BulkDialog asked={asked} onAnswer={answer} />}
      <VirtualTable<HitRow>
        label={t('title')}
        columns={columns}
        rowCount={ids.length}
        getRow={(index) => {
          const id = ids[index];
          return id === undefined ? undefined : rows.get(id);
        }}
        onVisibleRange={(first, last) => {
          visible.current = { first, last };
          load();
        }}
        selectedIndex={current}
        onSelect={setCurrent}
        onActivate={(index) => {
          const id = ids[index];
          if (id !== undefined) onOpen(id);
        }}
        sort={sort}
        onSort={(next) => {
          const by = sortable.find((key) => key === next.by);
          if (by) onSort({ by, descending: next.descending });
        }}
      />
    </>
  );
}

/**
 * The current row, held by its hit: rows that others decide meanwhile move the list, not the reviewer. Where its hit is
 * gone from the list, the row that took its place is current.
 */
function useCurrentRow(ids: readonly HitId[]) {
  const [held, setHeld] = useState<{ readonly id: HitId | undefined; readonly index: number } | null>(null);
  const index = useMemo(() => {
    if (held === null || ids.length === 0) return null;
    // Where it was, nearly always; looking through 100,000 ids is for when the list has moved.
    if (ids[held.index] === held.id) return held.index;
    const moved = held.id === undefined ? -1 : ids.indexOf(held.id);
    return moved >= 0 ? moved : Math.min(held.index, ids.length - 1);
  }, [held, ids]);
  return {
    current: index,
    setCurrent: (to: number) => setHeld({ id: ids[to], index: to }),
    goTo: (id: HitId) => setHeld({ id, index: index ?? 0 }),
  };
}

function useColumns(
  selection: { selected: ReadonlySet<HitId>; toggle: (index: number, range: boolean) => void } | null,
): readonly VirtualColumn<HitRow>[] {
  const { t } = useTranslation('hits');
  const format = useFormat();
  const latest = useRef(selection);
  useEffect(() => {
    latest.current = selection;
  });
  const selected = selection?.selected ?? null;
  return useMemo(
    () => [
      ...(selected === null
        ? []
        : [
            {
              id: 'select',
              header: t('table.selectColumn'),
              width: 46,
              render: (row: HitRow, index: number) => (
                <input
                  type="checkbox"
                  // Rows are reached by the arrow keys and chosen by `x`: 30 more stops for Tab would be in the way.
                  tabIndex={-1}
                  aria-label={t('table.selectRow', { term: row.term })}
                  checked={selected.has(row.id)}
                  onClick={(event) => {
                    event.stopPropagation();
                    latest.current?.toggle(index, event.shiftKey);
                  }}
                  readOnly
                />
              ),
            },
          ]),
      {
        id: 'severity',
        header: t('field.severity'),
        width: 92,
        sortable: true,
        render: (row) => <SeverityTag severity={row.severity} />,
      },
      {
        id: 'term',
        header: t('field.term'),
        width: 112,
        sortable: true,
        render: (row) => (
          <span title={row.term}>
            <OutsideText text={row.term} />
          </span>
        ),
      },
      {
        id: 'excerpt',
        header: t('field.excerpt'),
        width: 232,
        grow: true,
        render: (row) => <HitExcerpt row={row} />,
      },
      {
        id: 'category',
        header: t('field.category'),
        width: 96,
        sortable: true,
        render: (row) => row.category,
      },
      {
        id: 'sender',
        header: t('field.sender'),
        width: 104,
        sortable: true,
        render: (row) =>
          row.sender ? <span title={personWithBranch(row.sender)}>{personName(row.sender)}</span> : '–',
      },
      {
        id: 'sentAt',
        header: t('field.sentAt'),
        width: 170,
        sortable: true,
        render: (row) => format.dateTime(row.sentAt),
      },
      {
        id: 'state',
        header: t('field.state'),
        width: 84,
        sortable: true,
        render: (row) => <StateTag state={row.state} />,
      },
      {
        id: 'decidedAt',
        header: t('field.decided'),
        width: 104,
        sortable: true,
        render: (row) =>
          row.decidedAt === null ? '–' : decidedWords(row.decidedBy, format.date(row.decidedAt)),
      },
    ],
    [t, format, selected],
  );
}

/** The day stands first: in a narrow column the name may be cut, its whole is in the title. */
function decidedWords(by: string | null, day: string) {
  const words = [day, by].filter(Boolean).join(' ');
  return <span title={words}>{words}</span>;
}
