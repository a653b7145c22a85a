import { Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { invoke } from '../../../api/client.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loading } from '../../../components/Loading.tsx';
import { useShortcuts } from '../../../components/shortcuts.ts';
import { useErrorToast } from '../../../components/use-error-toast.ts';
import { useSettled } from '../../../components/use-settled.ts';
import { VirtualTable } from '../../../components/VirtualTable.tsx';
import { useFormat } from '../../../use-format.ts';
import { type RowFilter, type SheetPlace, rowFilters, sheetAddress } from '../paths.ts';
import { useWords } from '../use-words.ts';
import { AssignDialog } from './assign-dialog.tsx';
import { ExplainDialog } from './explain-dialog.tsx';
import { RowDrawer } from './row-drawer.tsx';
import { rowFilterInput } from './row-filter.ts';
import styles from './sheet.module.css';
import { useRowColumns } from './use-row-columns.tsx';
import { type SheetRow, useRows } from './use-rows.ts';

type Asked = {
  readonly kind: 'explain' | 'assign';
  readonly items: readonly string[];
  readonly text: string;
};

/** The list behind a number of the sheet, and what can be done with its rows. */
export function RowList({
  handover,
  sheet,
  place,
}: {
  readonly handover: ProcedureOutput<'handovers.get'>;
  readonly sheet: ProcedureOutput<'handovers.sheet'>;
  readonly place: SheetPlace;
}) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const format = useFormat();
  const navigate = useNavigate();
  const showError = useErrorToast();
  const heading = useId();
  const mayWrite = handover.mayChange;
  // Whatever else passes on is for WeCom's own records to say.
  const mayAssign = mayWrite && (place.class === 'materials' || place.class === 'cases');
  const [typed, setTyped] = useState('');
  const [current, setCurrent] = useState<number | null>(null);
  const [opened, setOpened] = useState(false);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Asked | null>(null);
  const filter = rowFilterInput(place, useSettled(typed.trim()));
  const target = { handoverId: handover.id };
  const { first, ...pages } = useRows(target, filter);
  const total = first?.total ?? 0;
  const row = current === null ? undefined : pages.getRow(current);

  const toggle = (index: number, range: boolean) => {
    const from = range && current !== null ? current : index;
    const own = pages.getRow(index);
    if (own === undefined) return;
    const on = !ticked.has(own.id);
    const next = new Set(ticked);
    for (let at = Math.min(from, index); at <= Math.max(from, index); at += 1) {
      const each = pages.getRow(at);
      if (each === undefined) continue;
      if (on) next.add(each.id);
      else next.delete(each.id);
    }
    setTicked(next);
    setCurrent(index);
  };
  const columns = useRowColumns(sheet.names, mayWrite ? { selected: ticked, toggle } : null);
  const step = (by: number) => {
    if (total > 0) setCurrent(Math.min(total - 1, Math.max(0, (current ?? -1) + by)));
  };
  const tickAll = () => {
    invoke('handovers.rowIds', { target, filter }).then((ids) => setTicked(new Set(ids)), showError);
  };
  const ask = (kind: Asked['kind']) => {
    if (ticked.size > 0) setAsked({ kind, items: [...ticked], text: '' });
    else if (row !== undefined) setAsked({ kind, items: [row.id], text: row.explanation?.text ?? '' });
  };
  const show = (rows: RowFilter) =>
    void navigate(sheetAddress(handover.id, { class: place.class, rows }), { replace: true });
  const rowsName = (rows: RowFilter) =>
    rows === 'unwritten' ? t('sheet.column.unwritten') : words.figure[rows];
  const nothing = ticked.size === 0 && row === undefined;
  useShortcuts([
    { keys: 'j', label: t('rows.key.next'), run: () => step(1) },
    { keys: 'k', label: t('rows.key.previous'), run: () => step(-1) },
    {
      keys: 'x',
      label: t('rows.key.tick'),
      disabled: !mayWrite || current === null,
      run: () => current !== null && toggle(current, false),
    },
    { keys: 'w', label: t('rows.explain'), disabled: !mayWrite || nothing, run: () => ask('explain') },
    { keys: 'a', label: t('rows.assign'), disabled: !mayAssign || nothing, run: () => ask('assign') },
    {
      keys: 'o',
      label: t('rows.key.open'),
      disabled: current === null,
      run: () => setOpened(true),
    },
  ]);

  return (
    <section className={styles['list']} aria-labelledby={heading}>
      <div className={styles['filters']} role="search">
        <h2 id={heading} className={styles['listTitle']}>
          {t('rows.heading', { class: words.class[place.class], rows: rowsName(place.rows) })}
        </h2>
        <Select<RowFilter>
          aria-label={t('rows.show')}
          value={place.rows}
          options={rowFilters.map((each) => ({ value: each, label: rowsName(each) }))}
          onChange={show}
        />
        <Input
          type="search"
          aria-label={t('rows.find')}
          placeholder={t('rows.find')}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setCurrent(null);
          }}
        />
        <span className={styles['quiet']} role="status">
          {first !== undefined && t('rows.total', { count: total, number: format.number(total) })}
          {ticked.size > 0 &&
            ` · ${t('rows.ticked', { count: ticked.size, number: format.number(ticked.size) })}`}
        </span>
        <span className={styles['spacer']} />
        {mayWrite && (
          <>
            {ticked.size > 0 ? (
              <Button size="small" type="text" onClick={() => setTicked(new Set())}>
                {t('rows.untick')}
              </Button>
            ) : (
              total > 1 && (
                <Button size="small" type="text" onClick={tickAll}>
                  {t('rows.tickAll', { count: total, number: format.number(total) })}
                </Button>
              )
            )}
            <Button size="small" disabled={nothing} onClick={() => ask('explain')}>
              {t('rows.explain')}
            </Button>
            {mayAssign && (
              <Button size="small" disabled={nothing} onClick={() => ask('assign')}>
                {t('rows.assign')}
              </Button>
            )}
          </>
        )}
      </div>
      {pages.error ? (
        <ErrorState error={pages.error} onRetry={pages.retry} />
      ) : first === undefined ? (
        <Loading />
      ) : total === 0 ? (
        <EmptyState
          title={t('rows.none')}
          description={t(filter.query === '' ? 'rows.noneHint' : 'rows.noneFoundHint')}
        />
      ) : (
        <VirtualTable<SheetRow>
          label={t('rows.heading', { class: words.class[place.class], rows: rowsName(place.rows) })}
          columns={columns}
          rowCount={total}
          getRow={pages.getRow}
          onVisibleRange={pages.onVisibleRange}
          selectedIndex={current}
          onSelect={setCurrent}
          onActivate={(index) => {
            setCurrent(index);
            setOpened(true);
          }}
        />
      )}
      {opened && current !== null && (
        <RowDrawer
          class={place.class}
          row={row}
          names={sheet.names}
          handoverId={handover.id}
          position={current}
          total={total}
          onStep={step}
          onClose={() => setOpened(false)}
          {...(mayWrite && row !== undefined
            ? {
                onExplain: () =>
                  setAsked({ kind: 'explain', items: [row.id], text: row.explanation?.text ?? '' }),
              }
            : {})}
          {...(mayAssign && row !== undefined
            ? { onAssign: () => setAsked({ kind: 'assign', items: [row.id], text: '' }) }
            : {})}
        />
      )}
      {asked?.kind === 'explain' && (
        <ExplainDialog
          handoverId={handover.id}
          class={place.class}
          items={asked.items}
          text={asked.text}
          onClose={() => setAsked(null)}
          onDone={() => setTicked(new Set())}
        />
      )}
      {asked?.kind === 'assign' && (
        <AssignDialog
          handover={handover}
          class={place.class}
          items={asked.items}
          onClose={() => setAsked(null)}
          onDone={() => setTicked(new Set())}
        />
      )}
    </section>
  );
}
