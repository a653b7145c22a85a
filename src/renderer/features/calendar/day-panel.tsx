import { Input, Radio } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { CalendarDay } from '../../../core/contract/ids.ts';
import { isWorkingDay } from '../../../core/features/calendar/model.ts';
import styles from './calendar.module.css';
import type { SpecialDay } from './year-grid.tsx';
import { weekdayOf } from './year-of.ts';

/** What the chosen day is: like its weekday, a holiday, or worked in place of one. */
export function DayPanel({
  day,
  special,
  editable,
  onChange,
}: {
  readonly day: CalendarDay;
  readonly special: SpecialDay | null;
  readonly editable: boolean;
  readonly onChange: (special: SpecialDay | null) => void;
}) {
  const { t } = useTranslation('calendar');
  const id = useId();
  const plain = t(isWorkingDay(day, { days: new Map() }) ? 'kind.plainWorkday' : 'kind.plainWeekend');
  const name = special?.name ?? '';
  return (
    <fieldset className={styles['day']}>
      <legend>
        {day} {t(`weekday.${weekdayOf(day)}`)}
      </legend>
      <Radio.Group
        aria-label={t('kindOf', { day })}
        disabled={!editable}
        value={special?.kind ?? 'plain'}
        options={[
          { value: 'plain', label: plain },
          { value: 'holiday', label: t('kind.holiday') },
          { value: 'workday', label: t('kind.workday') },
        ]}
        onChange={(event) => {
          const { value } = event.target;
          onChange(value === 'holiday' || value === 'workday' ? { day, kind: value, name } : null);
        }}
      />
      {special !== null && (
        <label htmlFor={id} className={styles['name']}>
          {t('name')}
          <Input
            id={id}
            value={name}
            maxLength={100}
            disabled={!editable}
            onChange={(event) => onChange({ ...special, name: event.target.value })}
          />
        </label>
      )}
    </fieldset>
  );
}
