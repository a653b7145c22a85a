import { Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type ReasonCode, reasonCodes } from '../../../core/features/supervision/model.ts';
import { useFormat } from '../../use-format.ts';
import { Dialog } from '../../components/Dialog.tsx';
import type { AskedDecision } from './use-table-decisions.ts';

/** Asks before one key decides many hits, and takes the reason and the note for all of them. */
export function BulkDialog({
  asked,
  onAnswer,
}: {
  readonly asked: AskedDecision;
  readonly onAnswer: (extra: { reasonCode: ReasonCode | null; note: string } | null) => void;
}) {
  const { t } = useTranslation('hits');
  const format = useFormat();
  const [reasonCode, setReasonCode] = useState<ReasonCode | null>(null);
  const [note, setNote] = useState('');
  const action = t(`triage.action.${asked.verdict}`);
  const count = asked.hitIds.length;
  return (
    <Dialog
      title={t('bulk.title', { count, number: format.number(count), action })}
      okText={t('bulk.ok', { count, number: format.number(count), action })}
      okButtonProps={{ 'data-first-focus': 'true' }}
      onOk={() => onAnswer({ reasonCode, note: note.trim() })}
      onCancel={() => onAnswer(null)}
    >
      <p>{t('bulk.hint')}</p>
      <Form layout="vertical">
        <Form.Item label={t('triage.action.reason')} htmlFor="bulk-reason">
          <Select<ReasonCode | null>
            id="bulk-reason"
            allowClear
            aria-label={t('triage.action.reason')}
            placeholder={t('triage.noReason')}
            value={reasonCode}
            onChange={(value: ReasonCode | null | undefined) => setReasonCode(value ?? null)}
            options={reasonCodes.map((reason) => ({ value: reason, label: t(`reason.${reason}`) }))}
          />
        </Form.Item>
        <Form.Item label={t('triage.action.note')} htmlFor="bulk-note">
          <Input.TextArea
            id="bulk-note"
            rows={2}
            maxLength={4000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Dialog>
  );
}
