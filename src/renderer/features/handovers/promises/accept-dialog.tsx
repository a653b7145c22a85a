import { App, Form, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CalendarDay } from '../../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { useMutate } from '../../../api/hooks.ts';
import { DayInput } from '../../../components/DayInput.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { ErrorAlert } from '../../../components/ErrorAlert.tsx';
import { GrowingText } from '../../../components/GrowingText.tsx';
import { OutsideText } from '../../../components/OutsideText.tsx';
import { employeeWithBranch } from '../names.ts';
import { useWords } from '../use-words.ts';
import styles from './promises.module.css';
import type { Promised } from './promises-tab.tsx';

const longestTitle = 500;

/** Makes a promise a task of a taker: what is to be done, by whom, until when. */
export function AcceptDialog({
  handover,
  promise,
  onClose,
}: {
  readonly handover: ProcedureOutput<'handovers.get'>;
  readonly promise: Promised;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const { message } = App.useApp();
  const id = useId();
  const decide = useMutate('handovers.decidePromise', { toast: false });
  const [title, setTitle] = useState(promise.excerpt.slice(0, longestTitle));
  const [taker, setTaker] = useState<string | null>(handover.takers[0]?.employee.userid ?? null);
  const [dueDay, setDueDay] = useState<CalendarDay | null>(promise.due?.to ?? null);
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  const needed = (missing: boolean) =>
    asked && missing ? { validateStatus: 'error' as const, help: t('needed') } : {};
  return (
    <Dialog
      title={t('promises.acceptTitle')}
      okText={t('promises.accept')}
      confirmLoading={decide.isPending}
      onCancel={onClose}
      onOk={() => {
        setAsked(true);
        if (title.trim() === '' || taker === null) return;
        decide.mutate(
          {
            id: handover.id,
            key: promise.key,
            decision: 'accepted',
            title: title.trim(),
            dueDay,
            taker,
            note: note.trim(),
          },
          {
            onSuccess: () => {
              void message.success(t('promises.accepted'));
              onClose();
            },
          },
        );
      }}
    >
      <p className={styles['excerpt']}>
        <OutsideText text={promise.excerpt} />
      </p>
      <Form layout="vertical" component="div">
        <Form.Item
          label={t('promises.task')}
          htmlFor={`${id}-title`}
          required
          {...needed(title.trim() === '')}
        >
          <GrowingText
            id={`${id}-title`}
            value={title}
            maxLength={longestTitle}
            onChange={(event) => setTitle(event.target.value)}
          />
        </Form.Item>
        <div className={styles['pair']}>
          <Form.Item
            label={words.role.taker}
            htmlFor={`${id}-taker`}
            required
            {...needed(taker === null)}
            {...(handover.takers.length === 0 ? { extra: t('promises.noTaker') } : {})}
          >
            <Select<string>
              id={`${id}-taker`}
              value={taker}
              options={handover.takers.map(({ employee }) => ({
                value: employee.userid,
                label: employeeWithBranch(employee),
              }))}
              onChange={setTaker}
            />
          </Form.Item>
          <Form.Item label={t('promises.dueDay')} htmlFor={`${id}-due`}>
            <DayInput id={`${id}-due`} value={dueDay} editable onChange={setDueDay} />
          </Form.Item>
        </div>
        <Form.Item label={t('note')} htmlFor={`${id}-note`}>
          <Input
            id={`${id}-note`}
            value={note}
            maxLength={2_000}
            onChange={(event) => setNote(event.target.value)}
          />
        </Form.Item>
        <ErrorAlert error={decide.error} />
      </Form>
    </Dialog>
  );
}
