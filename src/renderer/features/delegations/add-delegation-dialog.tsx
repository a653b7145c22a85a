import { App, Form, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CalendarDay, UserId } from '../../../core/contract/ids.ts';
import { useCurrentUser, useMutate, useProcedure } from '../../api/hooks.ts';
import { toDay } from '../../components/calendar-day.ts';
import { DayInput } from '../../components/DayInput.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { endOfDay, startOfDay } from '../../format.ts';
import { useFormat, useTimeZone } from '../../use-format.ts';
import styles from './delegations.module.css';

/** Names who decides in one's place, from one day to another. */
export function AddDelegationDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('delegations');
  const { message } = App.useApp();
  const id = useId();
  const me = useCurrentUser();
  const format = useFormat();
  const timeZone = useTimeZone();
  const reviewers = useProcedure('reviews.reviewers', {});
  const add = useMutate('delegations.add', { toast: false });
  const [today] = useState(() => toDay(format.date(Date.now())));
  const [to, setTo] = useState<UserId | null>(null);
  const [from, setFrom] = useState<CalendarDay | null>(today);
  const [until, setUntil] = useState<CalendarDay | null>(null);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const reversed = from !== null && until !== null && until < from;
  const wrong = (problem: string | null) =>
    asked && problem !== null ? { validateStatus: 'error' as const, help: problem } : {};
  const needed = (missing: boolean) => wrong(missing ? t('needed') : null);

  function submit() {
    setAsked(true);
    if (to === null || from === null || until === null || reversed || reason.trim() === '') return;
    add.mutate(
      { to, beginsAt: startOfDay(from, timeZone), endsAt: endOfDay(until, timeZone) + 1, reason },
      {
        onSuccess: () => {
          void message.success(t('saved'));
          onClose();
        },
      },
    );
  }

  return (
    <Dialog
      title={t('add')}
      okText={t('common:save')}
      okButtonProps={{ loading: add.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <p className={styles['hint']}>{t('addHint')}</p>
      <Form layout="vertical" component="div">
        <Form.Item label={t('to')} htmlFor={`${id}-to`} required {...needed(to === null)}>
          <Select<UserId>
            id={`${id}-to`}
            showSearch={{ optionFilterProp: 'label' }}
            loading={reviewers.isPending}
            value={to}
            placeholder={t('choosePerson')}
            options={(reviewers.data ?? [])
              .filter((person) => person.id !== me.id)
              .map((person) => ({
                value: person.id,
                label: person.branch === '' ? person.name : `${person.name} · ${person.branch}`,
              }))}
            onChange={setTo}
          />
        </Form.Item>
        <div className={styles['pair']}>
          <Form.Item label={t('first')} htmlFor={`${id}-from`} required {...needed(from === null)}>
            <DayInput id={`${id}-from`} value={from} editable onChange={setFrom} />
          </Form.Item>
          <Form.Item
            label={t('last')}
            htmlFor={`${id}-until`}
            required
            {...wrong(until === null ? t('needed') : reversed ? t('reversed') : null)}
          >
            <DayInput id={`${id}-until`} value={until} editable onChange={setUntil} />
          </Form.Item>
        </div>
        <Form.Item label={t('reason')} htmlFor={`${id}-reason`} required {...needed(reason.trim() === '')}>
          <Input
            id={`${id}-reason`}
            value={reason}
            maxLength={4000}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
        <ErrorAlert error={add.error} />
      </Form>
    </Dialog>
  );
}
