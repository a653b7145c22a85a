import { Button, Descriptions, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

import type { AuditEventView } from '../../../core/features/audit/contract.ts';
import { useFormat } from '../../use-format.ts';
import { SideDialog } from '../../components/Dialog.tsx';
import { actionName, recordKindName } from './action-name.ts';
import styles from './audit.module.css';

export interface EventDrawerProps {
  readonly event: AuditEventView;
  /** What people call the record, as far as that is known. */
  readonly recordName: string;
  readonly onClose: () => void;
  /** Lists only what happened to this record. */
  readonly onOnlyRecord: () => void;
}

export function EventDrawer({ event, recordName, onClose, onOnlyRecord }: EventDrawerProps) {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const facts = Object.entries(event.details);
  return (
    <SideDialog title={t('eventTitle', { sequence: event.sequence })} size={560} onClose={onClose}>
      <Descriptions
        column={1}
        size="small"
        bordered
        styles={{ label: { width: 112, whiteSpace: 'nowrap' } }}
        items={[
          { key: 'at', label: t('at'), children: format.dateTime(event.at) },
          {
            key: 'user',
            label: t('user'),
            children:
              event.userId === null ? event.userDisplayName : `${event.userDisplayName} (${event.userName})`,
          },
          { key: 'host', label: t('host'), children: t(`hostName.${event.host}`) },
          { key: 'action', label: t('action'), children: `${actionName(t, event.action)} (${event.action})` },
          {
            key: 'kind',
            label: t('recordKind'),
            children: `${recordKindName(t, event.recordKind)} ${recordName}`,
          },
          { key: 'record', label: t('recordId'), children: <Hash value={event.recordId} /> },
          ...facts.map(([name, value]) => ({
            key: `detail-${name}`,
            label: t(`detail.${name}`, { defaultValue: name }),
            children:
              typeof value === 'boolean'
                ? t(value ? 'common:yes' : 'common:no')
                : String(value ?? t('common:none')),
          })),
          { key: 'before', label: t('beforeHash'), children: <Hash value={event.beforeHash} /> },
          { key: 'after', label: t('afterHash'), children: <Hash value={event.afterHash} /> },
          { key: 'leaf', label: t('leafHash'), children: <Hash value={event.leafHash} /> },
        ]}
      />
      <p className={styles['hint']}>{t('hashHint')}</p>
      <Button onClick={onOnlyRecord}>{t('onlyRecord')}</Button>
    </SideDialog>
  );
}

function Hash({ value }: { readonly value: string | null }) {
  const { t } = useTranslation('audit');
  if (value === null) return <span className={styles['secondary']}>{t('common:none')}</span>;
  return (
    <Typography.Text
      className={styles['hash'] ?? ''}
      copyable={{ text: value, tooltips: [t('common:copy'), t('common:copied')] }}
    >
      {value}
    </Typography.Text>
  );
}
