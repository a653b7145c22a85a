import { DatePicker } from 'antd';
import dayjs from 'dayjs';

import type { CalendarDay } from '../../core/contract/ids.ts';
import { toDay } from './calendar-day.ts';

/** One calendar day, typed or picked. */
export function DayInput({
  id,
  value,
  editable,
  label,
  onChange,
}: {
  readonly id?: string;
  readonly value: CalendarDay | null;
  readonly editable: boolean;
  readonly label?: string;
  readonly onChange: (day: CalendarDay | null) => void;
}) {
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      style={{ width: '100%' }}
      format="YYYY-MM-DD"
      value={value === null ? null : dayjs(value)}
      disabled={!editable}
      onChange={(_day, text) => onChange(typeof text === 'string' ? toDay(text) : null)}
    />
  );
}
