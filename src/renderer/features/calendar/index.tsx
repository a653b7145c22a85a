import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Alert, App, Button, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CalendarDay } from '../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { isWorkingDay } from '../../../core/features/calendar/model.ts';
import { useCan, useMutate, useProcedure } from '../../api/hooks.ts';
import { toDay } from '../../components/calendar-day.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { LeaveGuard } from '../../components/LeaveGuard.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Overtaken } from '../../components/Overtaken.tsx';
import { Page } from '../../components/Page.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './calendar.module.css';
import { DayPanel } from './day-panel.tsx';
import { OfficeHoursFields, inOrder } from './office-hours.tsx';
import { type SpecialDay, YearGrid } from './year-grid.tsx';

type Calendar = ProcedureOutput<'calendar.get'>;

/** What was changed and not saved, and the state that the first change was made to. */
interface Edited {
  readonly officeHours: Calendar['officeHours'];
  readonly years: ReadonlyMap<number, readonly SpecialDay[]>;
  readonly base: Calendar['updatedAt'];
}

/** The calendar by which deadlines are counted: office hours, holidays and make-up workdays of each year. */
export function CalendarScreen() {
  const { t } = useTranslation('calendar');
  const calendar = useProcedure('calendar.get', {});
  return calendar.data ? (
    <Loaded calendar={calendar.data} onRefetch={() => void calendar.refetch()} />
  ) : (
    <Page title={t('title')}>
      {calendar.isError ? (
        <ErrorState error={calendar.error} onRetry={() => void calendar.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function Loaded({ calendar, onRefetch }: { readonly calendar: Calendar; readonly onRefetch: () => void }) {
  const { t } = useTranslation('calendar');
  const { message } = App.useApp();
  const format = useFormat();
  const editable = useCan()('settings:manage');
  const [today] = useState(() => toDay(format.date(Date.now())));
  const [selected, setSelected] = useState<CalendarDay | null>(today);
  const [edited, setEdited] = useState<Edited | null>(null);
  const save = useMutate('calendar.save', { toast: false });
  const importYear = useMutate('calendar.importYear');
  const fallback = calendar.years[0];
  const year = Number((selected ?? `${fallback?.year ?? 0}`).slice(0, 4));
  const stored = calendar.years.find((each) => each.year === year);
  const officeHours = edited?.officeHours ?? calendar.officeHours;
  const listed = edited?.years.get(year) ?? stored?.days ?? [];
  const days = new Map(listed.map((each) => [each.day as string, each] as const));
  const hoursWrong = !inOrder(officeHours);
  const overtaken = edited !== null && save.error?.code === 'conflict';
  const years = calendar.years.map((each) => each.year);
  const discard = () => {
    save.reset();
    setEdited(null);
  };

  function change(next: Partial<Pick<Edited, 'officeHours' | 'years'>>) {
    setEdited({
      officeHours,
      years: edited?.years ?? new Map(),
      base: edited === null ? calendar.updatedAt : edited.base,
      ...next,
    });
  }
  function setDay(day: CalendarDay, special: SpecialDay | null) {
    const others = listed.filter((each) => each.day !== day);
    const next = (special === null ? others : [...others, special]).toSorted((a, b) =>
      a.day.localeCompare(b.day),
    );
    change({ years: new Map([...(edited?.years ?? []), [year, next]]) });
  }
  function toggle(day: CalendarDay) {
    if (days.has(day)) return setDay(day, null);
    // Not worked where it would be, and worked where it would not.
    return setDay(day, {
      day,
      kind: isWorkingDay(day, { days: new Map() }) ? 'holiday' : 'workday',
      name: '',
    });
  }
  function goTo(next: number) {
    setSelected(today?.startsWith(`${next}-`) ? today : toDay(`${next}-01-01`));
  }
  function submit(expectedUpdatedAt: Calendar['updatedAt']) {
    if (edited === null || hoursWrong) return;
    save.mutate(
      {
        officeHours: [...edited.officeHours],
        years: [...edited.years].map(([each, list]) => ({ year: each, days: [...list] })),
        expectedUpdatedAt,
      },
      {
        onSuccess: () => {
          setEdited(null);
          void message.success(t('saved'));
        },
        // Who was faster has changed what is shown below, too.
        onError: onRefetch,
      },
    );
  }

  return (
    <Page
      title={t('title')}
      description={t('description', { timeZone: calendar.timeZone })}
      actions={
        editable && (
          <>
            {edited !== null && <Button onClick={discard}>{t('discard')}</Button>}
            <Button
              type="primary"
              disabled={edited === null || hoursWrong}
              loading={save.isPending}
              onClick={() => submit(edited?.base ?? null)}
            >
              {t('common:save')}
            </Button>
          </>
        )
      }
    >
      <LeaveGuard when={edited !== null} />
      <div className={styles['screen']}>
        {overtaken ? (
          <Overtaken
            what={t('title')}
            at={calendar.updatedAt}
            pending={save.isPending}
            onOverwrite={() => submit(calendar.updatedAt)}
            onTake={discard}
          />
        ) : (
          <ErrorAlert error={save.error} />
        )}
        <div className={styles['bar']}>
          <Button
            icon={<LeftOutlined />}
            aria-label={t('yearBefore')}
            disabled={!years.includes(year - 1)}
            onClick={() => goTo(year - 1)}
          />
          <Select<number>
            aria-label={t('year')}
            value={year}
            options={years.map((each) => ({ value: each, label: t('yearName', { year: each }) }))}
            onChange={goTo}
          />
          <Button
            icon={<RightOutlined />}
            aria-label={t('yearAfter')}
            disabled={!years.includes(year + 1)}
            onClick={() => goTo(year + 1)}
          />
          <span className={styles['secondary']}>{t(`source.${stored?.source ?? 'unknown'}`)}</span>
          {editable && stored?.importable === true && (
            <Popconfirm
              title={t('importQuestion', { year })}
              description={t('importHint')}
              okText={t('importOk')}
              styles={{ root: { maxWidth: 360 } }}
              onConfirm={() =>
                importYear.mutate(
                  { year },
                  { onSuccess: () => void message.success(t('imported', { year })) },
                )
              }
            >
              <Button
                loading={importYear.isPending}
                disabled={edited !== null}
                title={edited === null ? '' : t('importAfterSave')}
              >
                {t('import', { year })}
              </Button>
            </Popconfirm>
          )}
        </div>
        {stored?.source === 'unknown' && listed.length === 0 && (
          <Alert
            type="warning"
            showIcon
            title={t('unknownYear', { year })}
            description={t('unknownYearHint')}
          />
        )}
        {selected !== null && (
          <div className={styles['columns']}>
            <div>
              <p className={styles['legend']}>
                <span data-kind="holiday">{t('kind.holiday')}</span>
                <span data-kind="workday">{t('kind.workday')}</span>
                <span>{t(editable ? 'keysEdit' : 'keys')}</span>
              </p>
              <YearGrid
                year={year}
                days={days}
                selected={selected}
                editable={editable}
                onSelect={setSelected}
                onToggle={toggle}
              />
            </div>
            <div className={styles['side']}>
              <DayPanel
                key={selected}
                day={selected}
                special={days.get(selected) ?? null}
                editable={editable}
                onChange={(special) => setDay(selected, special)}
              />
              <OfficeHoursFields
                hours={officeHours}
                editable={editable}
                problem={hoursWrong ? t('hoursWrong') : null}
                onChange={(hours) => change({ officeHours: [...hours] })}
              />
              <SpecialDays year={year} days={listed} onSelect={setSelected} />
            </div>
          </div>
        )}
      </div>
    </Page>
  );
}

function SpecialDays({
  year,
  days,
  onSelect,
}: {
  readonly year: number;
  readonly days: readonly SpecialDay[];
  readonly onSelect: (day: CalendarDay) => void;
}) {
  const { t } = useTranslation('calendar');
  return (
    <section aria-labelledby="special-days" className={styles['special']}>
      <h2 id="special-days">{t('specialDays', { year, count: days.length })}</h2>
      {days.length === 0 && <p className={styles['secondary']}>{t('specialDaysNone')}</p>}
      <ul>
        {days.map(({ day, kind, name }) => (
          <li key={day}>
            <button type="button" onClick={() => onSelect(day)}>
              <span className={styles['date']}>{day}</span> {t(`kind.${kind}`)} {name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
