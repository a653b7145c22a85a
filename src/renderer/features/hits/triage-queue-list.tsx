import { memo, useCallback, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

import type { HitState } from '../../../core/features/supervision/model.ts';
import { withVisibleMarks } from '../../components/invisible.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import { SeverityTag } from '../../components/SeverityTag.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useFormat } from '../../use-format.ts';
import { personName } from '../archive/people.ts';
import { VirtualList } from '../archive/virtual-list.tsx';
import { HitExcerpt } from './hit-excerpt.tsx';
import type { HitRow, HitRows } from './hit-rows.ts';
import styles from './triage.module.css';
import type { StateChanges } from './triage-queue.ts';

interface QueueListProps {
  readonly ids: readonly HitRow['id'][];
  readonly rows: HitRows;
  readonly changes: StateChanges;
  readonly index: number;
  readonly onGo: (index: number) => void;
}

/** The hits in their order, the current one marked. Only rows that change are drawn again. */
export const QueueList = memo(function QueueList({ ids, rows, changes, index, onGo }: QueueListProps) {
  const { t } = useTranslation('hits');
  useSyncExternalStore(rows.subscribe, rows.version);
  const onRange = useCallback(
    (first: number, last: number) => rows.want(ids.slice(Math.max(0, first - 20), last + 40)),
    [ids, rows],
  );
  return (
    <VirtualList
      label={t('triage.queue')}
      count={ids.length}
      rowHeight={62}
      activeIndex={index}
      onActive={onGo}
      onRange={onRange}
      keyboard={false}
      renderRow={(at) => {
        const id = ids[at];
        const row = id === undefined ? undefined : rows.get(id);
        if (id === undefined || !row) return <div className={styles['waiting']} />;
        return <QueueRow row={row} state={changes.get(id) ?? row.state} />;
      }}
    />
  );
});

const QueueRow = memo(function QueueRow({ row, state }: { readonly row: HitRow; readonly state: HitState }) {
  const format = useFormat();
  return (
    <div className={styles['queueRow']} data-state={state}>
      <div className={styles['queueLine']}>
        <SeverityTag severity={row.severity} />
        <span className={styles['queueTerm']} title={withVisibleMarks(row.term)}>
          <OutsideText text={row.term} />
        </span>
        {state === 'open' ? <time>{format.date(row.sentAt)}</time> : <StateTag state={state} />}
      </div>
      <div className={styles['queueExcerpt']}>
        {row.sender && <span className={styles['queueSender']}>{personName(row.sender)}</span>}
        <HitExcerpt row={row} />
      </div>
    </div>
  );
});
