import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Page } from '../../components/Page.tsx';
import { VirtualTable, type VirtualColumn } from '../../components/VirtualTable.tsx';
import type { AuditEventView } from '../../../core/features/audit/contract.ts';
import { useFormat } from '../../use-format.ts';
import { actionName, recordKindName } from './action-name.ts';
import styles from './audit.module.css';
import { AuditFilters } from './audit-filters.tsx';
import { EventDrawer } from './event-drawer.tsx';
import { useRecordNames } from './record-names.ts';
import { noFilter, useAuditEvents, type AuditFilterInput } from './use-audit-events.ts';
import { VerifyButton, VerifyResult, useVerify } from './verify.tsx';

/** Who did what, when, to which record; and the proof that nothing was altered since. */
export function AuditScreen() {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const [filter, setFilter] = useState<AuditFilterInput>(noFilter);
  const [selected, setSelected] = useState<number | null>(null);
  const [open, setOpen] = useState(false);
  const events = useAuditEvents(filter);
  const verify = useVerify();
  const nameOf = useRecordNames();

  const columns: readonly VirtualColumn<AuditEventView>[] = [
    { id: 'sequence', header: t('sequence'), width: 84, align: 'end', render: (event) => event.sequence },
    { id: 'at', header: t('at'), width: 176, render: (event) => format.dateTime(event.at) },
    { id: 'user', header: t('user'), width: 150, render: (event) => event.userDisplayName },
    {
      id: 'action',
      header: t('action'),
      width: 190,
      grow: true,
      render: (event) => actionName(t, event.action),
    },
    {
      id: 'record',
      header: t('record'),
      width: 220,
      grow: true,
      render: (event) => (
        <span title={event.recordId}>{`${recordKindName(t, event.recordKind)} ${nameOf(event)}`}</span>
      ),
    },
    { id: 'host', header: t('host'), width: 96, render: (event) => t(`hostName.${event.host}`) },
  ];
  const event = selected === null ? undefined : events.get(selected);

  return (
    <Page
      fill
      title={t('title')}
      description={
        events.total === null ? t('description') : t('total', { number: format.number(events.total) })
      }
      actions={<VerifyButton verify={verify} />}
    >
      <div className={styles['content']}>
        <VerifyResult verify={verify} />
        <AuditFilters
          filter={filter}
          onChange={(next) => {
            setFilter(next);
            setSelected(null);
          }}
          onRefresh={events.refresh}
          news={events.news}
        />
        {events.error ? (
          <ErrorState error={events.error} onRetry={events.refresh} />
        ) : (
          <VirtualTable
            label={t('title')}
            columns={columns}
            rowCount={events.rowCount}
            getRow={events.get}
            onVisibleRange={events.show}
            selectedIndex={selected}
            onSelect={setSelected}
            onActivate={(index) => {
              setSelected(index);
              setOpen(true);
            }}
            empty={events.loading ? null : <EmptyState title={t('none')} description={t('noneHint')} />}
          />
        )}
        <p className={styles['hint']}>{t('openHint')}</p>
      </div>
      {open && event && (
        <EventDrawer
          event={event}
          recordName={nameOf(event)}
          onClose={() => setOpen(false)}
          onOnlyRecord={() => {
            setFilter({ ...noFilter, recordKind: event.recordKind, recordId: event.recordId });
            setSelected(null);
            setOpen(false);
          }}
        />
      )}
    </Page>
  );
}
