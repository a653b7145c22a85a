import { App, Button, Form, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import type { HandoverClass } from '../../../../core/features/handovers/model.ts';
import { useMutate } from '../../../api/hooks.ts';
import { Dialog } from '../../../components/Dialog.tsx';
import { ErrorAlert } from '../../../components/ErrorAlert.tsx';
import { useFormat } from '../../../use-format.ts';
import { EmployeeSelect } from '../employee-select.tsx';
import { employeeWithBranch } from '../names.ts';
import { useWords } from '../use-words.ts';
import styles from './sheet.module.css';

/** Gives materials or cases of this app to a taker. */
export function AssignDialog({
  handover,
  class: itemClass,
  items,
  onClose,
  onDone,
}: {
  readonly handover: ProcedureOutput<'handovers.get'>;
  readonly class: HandoverClass;
  readonly items: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const { message } = App.useApp();
  const format = useFormat();
  const id = useId();
  const assign = useMutate('handovers.assign', { toast: false });
  const [first] = handover.takers;
  const [taker, setTaker] = useState<string | null>(first?.employee.userid ?? null);
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  const send = (to: string | null) =>
    assign.mutate(
      { handoverId: handover.id, class: itemClass, items: [...items], taker: to, note: note.trim() },
      {
        onSuccess: ({ changed }) => {
          void message.success(
            t(to === null ? 'assign.removed' : 'assign.done', {
              count: changed,
              number: format.number(changed),
            }),
          );
          onDone();
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={t('assign.title', { count: items.length, number: format.number(items.length) })}
      onCancel={onClose}
      footer={
        <div className={styles['foot']}>
          <Button loading={assign.isPending} onClick={() => send(null)}>
            {t('assign.remove')}
          </Button>
          <span className={styles['spacer']} />
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            loading={assign.isPending}
            onClick={() => {
              setAsked(true);
              if (taker !== null) send(taker);
            }}
          >
            {t('assign.ok')}
          </Button>
        </div>
      }
    >
      <p className={styles['quiet']}>{t('assign.hint')}</p>
      <Form layout="vertical" component="div">
        <Form.Item
          label={words.role.taker}
          htmlFor={`${id}-taker`}
          required
          {...(asked && taker === null ? { validateStatus: 'error' as const, help: t('needed') } : {})}
        >
          <EmployeeSelect
            id={`${id}-taker`}
            value={taker}
            without={handover.leaver.userid}
            {...(first === undefined ? {} : { knownAs: employeeWithBranch(first.employee) })}
            onChange={setTaker}
          />
        </Form.Item>
        <Form.Item label={t('note')} htmlFor={`${id}-note`}>
          <Input
            id={`${id}-note`}
            value={note}
            maxLength={2_000}
            onChange={(event) => setNote(event.target.value)}
          />
        </Form.Item>
      </Form>
      <ErrorAlert error={assign.error} />
    </Dialog>
  );
}
