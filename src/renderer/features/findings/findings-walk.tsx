import { App, type InputRef } from 'antd';
import { useEffect, useEffectEvent, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { ReasonCode } from '../../../core/features/supervision/model.ts';
import { invoke } from '../../api/client.ts';
import { useAppEvents, useCan } from '../../api/hooks.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { useErrorToast } from '../../components/use-error-toast.ts';
import { VirtualTable, type VirtualColumn } from '../../components/VirtualTable.tsx';
import { useFormat } from '../../use-format.ts';
import { personName } from '../archive/people.ts';
import { createRows } from '../hits/hit-rows.ts';
import { ReasonPicker } from '../hits/reason-picker.tsx';
import { DecisionBar, FindingDetail, verdicts } from './finding-detail.tsx';
import styles from './findings.module.css';
import { type FindingId, type FindingRow, type Verdict, useFindingDecisions } from './use-findings.ts';

/** The findings of a list, of which only the visible ones are loaded, beside the current one with its decisions. */
export function FindingsWalk({ ids }: { readonly ids: readonly FindingId[] }) {
  const { t } = useTranslation('findings');
  const navigate = useNavigate();
  const { message } = App.useApp();
  const showError = useErrorToast();
  const may = useCan()('hits:decide');
  const [rows] = useState(() =>
    createRows<FindingRow>((wanted) => invoke('findings.rows', { ids: wanted }), showError),
  );
  useSyncExternalStore(rows.subscribe, rows.version);
  const { index, id, setIndex, goTo } = useCurrent(ids);
  const [reason, setReason] = useState<ReasonCode | null>(null);
  const [note, setNote] = useState('');
  const [picking, setPicking] = useState(false);
  const noteField = useRef<InputRef>(null);
  const list = useRef<HTMLDivElement>(null);
  const visible = useRef({ first: 0, last: 0 });
  const decisions = useFindingDecisions(rows.put);
  useAppEvents((event) => {
    if (event.type === 'changed' && event.topics.includes('findings')) rows.markStale();
  });
  const load = () => rows.want(ids.slice(Math.max(0, visible.current.first - 30), visible.current.last + 60));
  const reload = useEffectEvent(load);
  useEffect(() => {
    reload();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- other ids are at the visible places now
  }, [ids]);

  const go = (to: number) => {
    setIndex(Math.min(ids.length - 1, Math.max(0, to)));
    setReason(null);
    setNote('');
  };
  const focusList = () => list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  const decide = async (verdict: Verdict) => {
    if (!may || decisions.busy || id === undefined) return;
    const done = await decisions.decide({
      findingIds: [id],
      decision: verdict,
      reasonCode: reason,
      note: note.trim(),
    });
    if (done === null) return;
    void message.success(t('decided', { decision: t(`decision.${verdict}`) }));
    go(index + 1);
  };
  const undo = async () => {
    if (!may || decisions.busy) return;
    if (!decisions.canUndo) {
      void message.info(t('nothingToUndo'));
      return;
    }
    const undone = await decisions.undo();
    const [first] = undone ?? [];
    if (first === undefined) return;
    void message.success(t('undone'));
    goTo(first.id);
  };
  const open = () => {
    const row = id === undefined ? undefined : rows.get(id);
    if (row !== undefined && row.conversationId !== null)
      void navigate(`/archive/${row.conversationId}?message=${row.messageId}`);
  };
  useShortcuts([
    { keys: 'j', label: t('key.next'), run: () => go(index + 1) },
    { keys: 'k', label: t('key.previous'), run: () => go(index - 1) },
    ...verdicts.map(({ verdict, keys }) => ({
      keys,
      label: t(`key.${verdict}`),
      run: () => void decide(verdict),
      disabled: !may,
    })),
    { keys: 'r', label: t('key.reason'), run: () => setPicking(true), disabled: !may },
    { keys: 'n', label: t('key.note'), run: () => noteField.current?.focus(), disabled: !may },
    { keys: 'u', label: t('key.undo'), run: () => void undo(), disabled: !may },
    { keys: 'o', label: t('key.open'), run: open },
  ]);

  return (
    <div className={styles['split']}>
      <div className={styles['list']} ref={list}>
        <VirtualTable<FindingRow>
          label={t('title')}
          columns={useColumns()}
          rowCount={ids.length}
          getRow={(at) => {
            const own = ids[at];
            return own === undefined ? undefined : rows.get(own);
          }}
          onVisibleRange={(first, last) => {
            visible.current = { first, last };
            load();
          }}
          selectedIndex={index}
          onSelect={go}
          onActivate={open}
        />
      </div>
      <div className={styles['detail']}>
        {id !== undefined && <FindingDetail key={id} id={id} onOpen={open} />}
        <DecisionBar
          may={may}
          busy={decisions.busy}
          canUndo={decisions.canUndo}
          reason={reason}
          note={note}
          noteField={noteField}
          onNote={setNote}
          onReason={() => setPicking(true)}
          onDecide={(verdict) => void decide(verdict)}
          onUndo={() => void undo()}
          onLeaveNote={focusList}
        />
      </div>
      {picking && (
        <ReasonPicker
          value={reason}
          onClose={() => setPicking(false)}
          onPick={(picked) => {
            setReason(picked);
            setPicking(false);
          }}
        />
      )}
    </div>
  );
}

/**
 * The current row, held by its finding: rows that come and go move the list, not the reviewer. Where its finding is gone from the
 * list, the row that took its place is current.
 */
function useCurrent(ids: readonly FindingId[]) {
  const [held, setHeld] = useState<{ readonly id: FindingId | undefined; readonly index: number }>({
    id: ids[0],
    index: 0,
  });
  const index = useMemo(() => {
    if (ids[held.index] === held.id) return held.index;
    const moved = held.id === undefined ? -1 : ids.indexOf(held.id);
    return moved >= 0 ? moved : Math.min(held.index, ids.length - 1);
  }, [held, ids]);
  return {
    index,
    id: ids[index],
    setIndex: (to: number) => setHeld({ id: ids[to], index: to }),
    goTo: (id: FindingId) => setHeld({ id, index }),
  };
}

function useColumns(): readonly VirtualColumn<FindingRow>[] {
  const { t } = useTranslation('findings');
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'kind',
        header: t('column.kind'),
        width: 88,
        render: (row) => <span title={t(`kind.${row.kind}`)}>{t(`kind.${row.kind}`)}</span>,
      },
      {
        id: 'excerpt',
        header: t('column.excerpt'),
        width: 96,
        grow: true,
        render: (row) => <OutsideText text={row.excerpt} />,
      },
      {
        id: 'sender',
        header: t('column.sender'),
        width: 72,
        render: (row) => (row.sender ? personName(row.sender) : '–'),
      },
      {
        id: 'sentAt',
        header: t('column.sentAt'),
        width: 104,
        render: (row) => <span title={format.dateTime(row.sentAt)}>{format.date(row.sentAt)}</span>,
      },
      {
        id: 'state',
        header: t('column.state'),
        width: 84,
        render: (row) => <StateTag state={row.state} />,
      },
    ],
    [t, format],
  );
}
