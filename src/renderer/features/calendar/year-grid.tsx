import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { CalendarDay } from '../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { isWorkingDay } from '../../../core/features/calendar/model.ts';
import styles from './calendar.module.css';
import { dayAfterKey, weeksOf } from './year-of.ts';

export type SpecialDay = ProcedureOutput<'calendar.get'>['years'][number]['days'][number];

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const weekdays = [0, 1, 2, 3, 4, 5, 6];

/** A year as twelve months. One day has the focus; arrows, Home, End, Page Up and Page Down lead on, Space says whether it is worked. */
export function YearGrid({
  year,
  days,
  selected,
  editable,
  onSelect,
  onToggle,
}: {
  readonly year: number;
  readonly days: ReadonlyMap<string, SpecialDay>;
  readonly selected: CalendarDay;
  readonly editable: boolean;
  readonly onSelect: (day: CalendarDay) => void;
  readonly onToggle: (day: CalendarDay) => void;
}) {
  const { t } = useTranslation('calendar');
  const root = useRef<HTMLDivElement>(null);
  // Set by a key: the focus follows the day, which may stand in another month.
  const follow = useRef(false);
  useEffect(() => {
    if (!follow.current) return;
    follow.current = false;
    root.current?.querySelector<HTMLElement>(`[data-day="${selected}"]`)?.focus();
  }, [selected]);
  const kinds = new Map([...days].map(([day, { kind }]) => [day, kind] as const));

  function handleKey(event: KeyboardEvent<HTMLDivElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = dayAfterKey(event.key, selected);
    if (next !== null) {
      event.preventDefault();
      follow.current = true;
      onSelect(next);
    } else if (event.key === ' ' && editable) {
      event.preventDefault();
      onToggle(selected);
    }
  }

  return (
    // The days have the focus, one at a time; their keys are handled in one place.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={root} className={styles['year']} onKeyDown={handleKey}>
      {months.map((month) => (
        <table
          key={month}
          // One day of it has the focus: what ARIA calls a grid is made of a table's elements.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
          role="grid"
          className={styles['month']}
          aria-label={t('monthOf', { year, month: t(`month.${month}`) })}
        >
          <caption>{t(`month.${month}`)}</caption>
          <thead>
            <tr>
              {weekdays.map((weekday) => (
                <th key={weekday} scope="col" abbr={t(`weekday.${weekday}`)}>
                  {t(`weekdayShort.${weekday}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(year, month).map((week) => (
              <tr key={week.find((day) => day !== null) ?? month}>
                {week.map((day, weekday) =>
                  day === null ? (
                    // Beside the month there is nothing to name.
                    // oxlint-disable-next-line react/no-array-index-key, jsx-a11y/control-has-associated-label
                    <td key={weekday} />
                  ) : (
                    // The grid handles the keys; a day is a cell, reached by arrows.
                    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
                    <td
                      key={day}
                      data-day={day}
                      data-kind={days.get(day)?.kind}
                      data-mark={markOf(day)}
                      data-free={!isWorkingDay(day, { days: kinds }) || undefined}
                      tabIndex={day === selected ? 0 : -1}
                      aria-selected={day === selected}
                      aria-label={dayLabel(day, weekday)}
                      title={days.get(day)?.name ?? ''}
                      onClick={() => onSelect(day)}
                      onDoubleClick={() => {
                        if (editable) onToggle(day);
                      }}
                    >
                      {Number(day.slice(8))}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );

  function markOf(day: CalendarDay): string | undefined {
    const kind = days.get(day)?.kind;
    return kind === undefined ? undefined : t(kind === 'workday' ? 'workMark' : 'freeMark');
  }

  function dayLabel(day: CalendarDay, weekday: number): string {
    const special = days.get(day);
    const kind =
      special === undefined
        ? t(isWorkingDay(day, { days: kinds }) ? 'kind.plainWorkday' : 'kind.plainWeekend')
        : t(`kind.${special.kind}`);
    const date = t('date', { month: t(`month.${Number(day.slice(5, 7))}`), day: Number(day.slice(8)) });
    return [date, t(`weekday.${weekday}`), kind, special?.name ?? ''].filter(Boolean).join(' ');
  }
}
