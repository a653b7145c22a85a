import { App, Form, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CalendarDay } from '../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { type Channel, channels } from '../../../core/features/reviews/material/model.ts';
import { useMutate } from '../../api/hooks.ts';
import { DayInput } from '../../components/DayInput.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { startOfDay } from '../../format.ts';
import { useFormat, useTimeZone } from '../../use-format.ts';
import { toDay } from '../../components/calendar-day.ts';

/** Records where the approved copy is used, and since when. */
export function RecordUseDialog({
  approval,
  onClose,
}: {
  readonly approval: ProcedureOutput<'approvals.get'>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('approvals');
  const { message } = App.useApp();
  const id = useId();
  const format = useFormat();
  const timeZone = useTimeZone();
  const [openedAt] = useState(() => Date.now());
  const [channel, setChannel] = useState<Channel | null>(null);
  const [place, setPlace] = useState('');
  const [day, setDay] = useState<CalendarDay | null>(() => toDay(format.date(openedAt)));
  const [asked, setAsked] = useState(false);
  const record = useMutate('approvals.recordUse', { toast: false });
  const needed = (missing: boolean) =>
    asked && missing ? { validateStatus: 'error' as const, help: t('needed') } : {};

  function submit() {
    setAsked(true);
    if (channel === null || place.trim() === '' || day === null) return;
    // Of today the moment itself; of the day on which it was approved none before that.
    const usedAt =
      day === format.date(openedAt)
        ? openedAt
        : day === format.date(approval.approvedAt)
          ? approval.approvedAt
          : startOfDay(day, timeZone);
    record.mutate(
      { id: approval.id, channel, place, usedAt },
      {
        onSuccess: () => {
          void message.success(t('use.saved'));
          onClose();
        },
      },
    );
  }

  return (
    <Dialog
      title={t('use.add')}
      okText={t('use.ok')}
      okButtonProps={{ loading: record.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <Form layout="vertical" component="div">
        <Form.Item label={t('use.channel')} htmlFor={`${id}-channel`} required {...needed(channel === null)}>
          <Select<Channel>
            id={`${id}-channel`}
            value={channel}
            placeholder={t('materials:field.choose')}
            options={channels.map((each) => ({ value: each, label: t(`materials:channel.${each}`) }))}
            onChange={setChannel}
          />
        </Form.Item>
        <Form.Item
          label={t('use.place')}
          htmlFor={`${id}-place`}
          extra={t('use.placeHint')}
          required
          {...needed(place.trim() === '')}
        >
          <Input
            id={`${id}-place`}
            value={place}
            maxLength={300}
            onChange={(event) => setPlace(event.target.value)}
          />
        </Form.Item>
        <Form.Item label={t('use.day')} htmlFor={`${id}-day`} required {...needed(day === null)}>
          <DayInput id={`${id}-day`} value={day} editable onChange={setDay} />
        </Form.Item>
        <ErrorAlert error={record.error} />
      </Form>
    </Dialog>
  );
}
