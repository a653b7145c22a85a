import 'dayjs/locale/zh-cn';

import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';
import { useEffect } from 'react';

import { endOfDay, startOfDay } from '../format.ts';
import { useFormat, useTimeZone } from '../use-format.ts';

// antd's calendar asks for "today" in the default zone of these plugins, when dayjs has them.
dayjs.extend(utc);
dayjs.extend(timezone);

/** From the first millisecond of a day to the last of another, both in the workspace's time zone; null is open. */
export interface Days {
  readonly from: number | null;
  readonly to: number | null;
}

export interface DayRangeProps {
  readonly value: Days;
  readonly onChange: (days: Days) => void;
  readonly fromLabel: string;
  readonly toLabel: string;
  readonly className?: string | undefined;
}

/** Two calendar days, typed or picked, in the app's own language: a browser's date field speaks the browser's. */
export function DayRange({ value, onChange, fromLabel, toLabel, className }: DayRangeProps) {
  const format = useFormat();
  const timeZone = useTimeZone();
  useEffect(() => dayjs.tz.setDefault(timeZone), [timeZone]);
  const day = (at: number | null) => (at === null ? null : dayjs(format.date(at)));
  return (
    <DatePicker.RangePicker
      {...(className === undefined ? {} : { className })}
      // The placeholders name the two fields: one aria-label would name both alike.
      placeholder={[fromLabel, toLabel]}
      format="YYYY-MM-DD"
      allowEmpty={[true, true]}
      value={[day(value.from), day(value.to)]}
      onChange={(_days, texts) => {
        const [from, to] = texts ?? ['', ''];
        onChange({
          from: from ? startOfDay(from, timeZone) : null,
          to: to ? endOfDay(to, timeZone) : null,
        });
      }}
    />
  );
}
