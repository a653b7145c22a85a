import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

import type { OfficeHours } from '../../../core/features/calendar/model.ts';
import styles from './calendar.module.css';

/** Bounds of the contract (calendar/contract.ts). */
const mostStretches = 6;
const midnight = 1440;

/** When people work on a working day: stretches in order, without overlap. */
export function OfficeHoursFields({
  hours,
  editable,
  problem,
  onChange,
}: {
  readonly hours: readonly OfficeHours[];
  readonly editable: boolean;
  readonly problem: string | null;
  readonly onChange: (hours: readonly OfficeHours[]) => void;
}) {
  const { t } = useTranslation('calendar');
  const set = (index: number, change: Partial<OfficeHours>) =>
    onChange(hours.map((each, at) => (at === index ? { ...each, ...change } : each)));
  const last = hours.at(-1)?.to ?? 0;
  return (
    <fieldset className={styles['hours']}>
      <legend>{t('hours')}</legend>
      {hours.map(({ from, to }, index) => (
        // Stretches have no name of their own, and are only added at the end and removed.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles['stretch']}>
          <TimeInput
            label={t('hoursFrom', { number: index + 1 })}
            minute={from}
            editable={editable}
            onChange={(minute) => set(index, { from: minute })}
          />
          <span aria-hidden="true">–</span>
          <TimeInput
            label={t('hoursTo', { number: index + 1 })}
            minute={to}
            editable={editable}
            // Midnight ends a day; it can't begin what ends there.
            onChange={(minute) => set(index, { to: minute === 0 ? midnight : minute })}
          />
          {editable && hours.length > 1 && (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('hoursRemove', { number: index + 1 })}
              onClick={() => onChange(hours.filter((_each, at) => at !== index))}
            />
          )}
        </div>
      ))}
      {problem !== null && (
        <p role="alert" className={styles['problem']}>
          {problem}
        </p>
      )}
      {editable && hours.length < mostStretches && last < midnight && (
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => onChange([...hours, { from: last, to: Math.min(midnight, last + 60) }])}
        >
          {t('hoursAdd')}
        </Button>
      )}
    </fieldset>
  );
}

/** A time of the day, typed or picked; the day's end is 00:00, as a clock shows it. */
function TimeInput({
  label,
  minute,
  editable,
  onChange,
}: {
  readonly label: string;
  readonly minute: number;
  readonly editable: boolean;
  readonly onChange: (minute: number) => void;
}) {
  return (
    <TimePicker
      aria-label={label}
      format="HH:mm"
      allowClear={false}
      needConfirm={false}
      suffixIcon={null}
      disabled={!editable}
      value={dayjs()
        .startOf('day')
        .minute(minute % midnight)}
      onChange={(time) => {
        // antd's type leaves out that a cleared field answers null.
        if (time) onChange(time.hour() * 60 + time.minute());
      }}
    />
  );
}

/** Whether the stretches are in order and don't overlap. */
export function inOrder(hours: readonly OfficeHours[]): boolean {
  return hours.every(({ from, to }, index) => from < to && from >= (hours[index - 1]?.to ?? 0));
}
