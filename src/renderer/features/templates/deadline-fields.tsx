import { Form, InputNumber } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useProcedure } from '../../api/hooks.ts';
import { useSettled } from '../../components/use-settled.ts';
import { useFormat } from '../../use-format.ts';
import type { Stage } from './edit-template.ts';
import styles from './templates.module.css';

/** Bounds of the contract (templates/contract.ts); half an hour is as fine as anybody plans. */
const least = 0.5;
const most = 2_000;

/** Deadline and reminder in working hours, and what they would mean for a stage that opens now. */
export function DeadlineFields({
  stage,
  onChange,
}: {
  readonly stage: Stage;
  readonly onChange: (change: Partial<Stage>) => void;
}) {
  const { t } = useTranslation('templates');
  const id = useId();
  return (
    <div>
      <div className={styles['pair']}>
        <Form.Item label={t('stage.deadline')} htmlFor={`${id}-deadline`}>
          <InputNumber<number>
            id={`${id}-deadline`}
            min={least}
            max={most}
            step={1}
            value={stage.deadlineHours}
            placeholder={t('stage.noDeadline')}
            suffix={t('hoursUnit')}
            style={{ width: '100%' }}
            onChange={(deadlineHours) => onChange({ deadlineHours })}
          />
        </Form.Item>
        <Form.Item label={t('stage.remind')} htmlFor={`${id}-remind`}>
          <InputNumber<number>
            id={`${id}-remind`}
            min={least}
            max={most}
            step={1}
            value={stage.remindHours}
            placeholder={t('common:none')}
            suffix={t('hoursBeforeUnit')}
            style={{ width: '100%' }}
            onChange={(remindHours) => onChange({ remindHours })}
          />
        </Form.Item>
      </div>
      {stage.deadlineHours !== null && <Meaning deadline={stage.deadlineHours} remind={stage.remindHours} />}
    </div>
  );
}

function Meaning({ deadline, remind }: { readonly deadline: number; readonly remind: number | null }) {
  const { t } = useTranslation('templates');
  const format = useFormat();
  const [at] = useState(() => Date.now());
  const hours = useSettled(deadline);
  const before = useSettled(remind);
  const due = useProcedure('calendar.addHours', { at, hours }, { keepPrevious: true });
  const reminded = before !== null && before < hours;
  const reminder = useProcedure(
    'calendar.addHours',
    { at, hours: reminded ? hours - before : 0 },
    { enabled: reminded, keepPrevious: true },
  );
  if (!due.data) return null;
  const { assumedYears } = due.data;
  return (
    <p className={styles['meaning']} aria-live="polite">
      {t('meaning', { due: format.dateTime(due.data.at).slice(0, 16) })}
      {reminded &&
        reminder.data &&
        ` ${t('meaningReminder', { time: format.dateTime(reminder.data.at).slice(0, 16) })}`}
      {assumedYears.length > 0 && ` ${t('meaningAssumed', { years: assumedYears.join(', ') })}`}
    </p>
  );
}
